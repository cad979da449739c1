// Package faces finds faces in pictures with two networks that err differently:
// CenterFace, and YuNet, which is a hundred times smaller and sees small faces
// that the other misses.
//
// A picture is looked at several times: small, so that a face filling the frame
// is seen whole; at its own size and larger, in tiles where it is large, so that
// a face in the last row is seen at all; and turned, small, since a picture may
// lie on its side. What the looks find is fused: opinions about one place are
// one face, the two networks confirm each other, and the face has the hull of
// its boxes. Two looks seldom agree where a face ends, and what is hidden should
// hold both opinions.
package faces

import (
	"context"
	"fmt"
	"image"

	"consentry/internal/infer"
	"consentry/redact"
)

// version changes with everything that changes results and is not in the ID
// otherwise: passes, resizing, merging.
const version = "2"

// Mode is how closely a Detector looks. More looks cost more time.
type Mode int

// The modes, from the default on.
const (
	Normal      Mode = iota
	Fast             // previews: fewer looks, no tiles, nothing turned
	Thorough         // with CenterFace also twice as large, and a closer look for turned faces
	MissNothing      // also thrice as large, and reports what other modes doubt too much
)

var modes = [...]string{"normal", "fast", "thorough", "miss-nothing"}

// String is the mode's name, as ParseMode takes it.
func (m Mode) String() string { return modes[m] }

// ParseMode reads normal, fast, thorough or miss-nothing.
func ParseMode(s string) (Mode, error) {
	for i, name := range modes {
		if s == name {
			return Mode(i), nil
		}
	}
	return 0, fmt.Errorf("no such way to look for faces: %q, want one of %q", s, modes)
}

// Options tune a Detector or a YuNet.
type Options struct {
	Threads int  // for one run of the network; 0 means one per processor
	Mode    Mode // of a Detector
}

// A Detector is a redact.Detector. It is safe for concurrent use, and runs each
// network once at a time, since a run needs up to 300 MB of working memory and
// uses several threads itself.
type Detector struct {
	id    string
	model string   // the networks' part of id
	face  network  // CenterFace
	small *network // YuNet, borrowed
	mode  Mode
}

// New makes a detector from the bytes of centerface.onnx, whose height and width
// must be symbolic, their SHA-256 in hex, and a YuNet, whose model it shares:
// it must stay open as long as the detector is used.
func New(rt *infer.Runtime, centerface []byte, digest string, second *YuNet, o Options) (*Detector, error) {
	if digest == "" {
		return nil, fmt.Errorf("open face detector: no digest of the model")
	}
	if o.Mode < Normal || o.Mode > MissNothing {
		return nil, fmt.Errorf("open face detector: no such mode: %d", o.Mode)
	}
	d := Detector{
		model: fmt.Sprintf("centerface=%.12s yunet=%.12s", digest, second.digest),
		face:  network{decode: decodeCenterface},
		small: &second.net,
	}
	if err := d.face.open(rt, centerface, "input.1", centerfaceOut, o.Threads); err != nil {
		return nil, fmt.Errorf("open face detector: %w", err)
	}
	return d.In(o.Mode), nil
}

// In is the detector in another mode. It shares the networks, which are open
// until the one that New made is closed.
func (d Detector) In(m Mode) *Detector {
	at := thresholds[m]
	d.id, d.mode = fmt.Sprintf("faces/%s %s %s sure=%.2f review=%.2f", version, d.model, m, at.sure, at.review), m
	return &d
}

// ID names version, mode, thresholds and the models' digests.
func (d *Detector) ID() string { return d.id }

// Close frees CenterFace. The YuNet stays open.
func (d *Detector) Close() error { return d.face.session.Close() }

// Find finds the faces in one picture, in its own pixels and in reading order.
// The same picture always gives the same findings. Transparency is ignored.
func (d *Detector) Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	fs, _, err := d.FindCounted(ctx, img)
	return fs, err
}

// FindOnce looks with CenterFace alone, once and at the picture's own size, for
// pictures that the caller has brought to a fitting size already. It reports
// what CenterFace scores at least OnceScore.
func (d *Detector) FindOnce(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	if err := ctx.Err(); err != nil || img.Rect.Empty() {
		return nil, err
	}
	once := pass{from: img.Rect, w: img.Rect.Dx(), h: img.Rect.Dy(), least: OnceScore / 2}
	fs, err := d.face.run(ctx, img, once)
	if err != nil {
		return nil, err
	}
	return findings(fuse(fs, OnceScore), scores{review: OnceScore, sure: thresholds[Normal].sure}, img.Rect, d.id), nil
}

// Detect finds the faces in all pictures of the page. Boxes and landmarks are in
// page units and end with the face itself; whoever hides them adds a margin.
func (d *Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	fs, err := p.FindIn(ctx, d.ID(), d.Find)
	if err != nil {
		return nil, fmt.Errorf("find faces: %w", err)
	}
	return fs, nil
}
