package wiring

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"
	"time"

	"consentry/assets"
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/faces"
)

// ErrEnrol is wrapped where a face cannot be enrolled; the text says why and
// what to do, without a name.
var ErrEnrol = errors.New("not enrolled")

// EnrolWhy is why a photo, or any, does not enrol somebody, for whoever words it; it is an
// ErrEnrol.
type EnrolWhy string

// The reasons.
const (
	ManyFaces EnrolWhy = "many"     // it shows several faces, and nobody said which
	NoFace    EnrolWhy = "none"     // no clear face is seen in it, or none in that place
	SmallFace EnrolWhy = "small"    // the face is too small
	BlurFace  EnrolWhy = "blur"     // it is blurred or turned away
	OtherFace EnrolWhy = "stranger" // it does not seem to be the person of the other photos
	NoPhoto   EnrolWhy = "other"    // it is no photo
	MinorFace EnrolWhy = "minor"    // whose face it is is a minor, or nobody knows
	Unmatched EnrolWhy = "consent"  // no consent to face matching is in force
)

// Error implements error.
func (EnrolWhy) Error() string { return ErrEnrol.Error() }

// Is reports that it is an ErrEnrol.
func (EnrolWhy) Is(target error) bool { return target == ErrEnrol }

// A Portrait is one photo that a person gave to be enrolled with.
type Portrait struct {
	Name string // for messages
	Body io.ReaderAt
	Size int64
	// Face is which of the photo's faces is the person's, from 1, left to right;
	// 0 where it shows one only. Box, if set, says it by place instead.
	Face int
	Box  image.Rectangle // pixels of the upright photo
}

// An Enrolment is a kept template, without its numbers.
type Enrolment struct {
	Subject authz.SubjectID `json:"subject"`
	Consent authz.ConsentID `json:"consent"`
	At      time.Time       `json:"at"`
	By      string          `json:"by"`
	Photos  int             `json:"photos"`
	// Unused is the reason code for which no face is compared with it; empty
	// while it is used.
	Unused string `json:"unused,omitempty"`
	// Alike are other enrolled people whose faces are so near that a person will
	// be asked to tell them apart.
	Alike []authz.SubjectID `json:"alike,omitempty"`
}

// maxPortraits bounds the photos of a template.
const maxPortraits = 12

// Enrol keeps a template of a person's face, made from photos, in the place of an
// earlier one. It refuses, with ErrEnrol, without that person's own valid and
// separate consent to face matching, and photos that do not each show one clear
// face of one and the same person. The photos are not kept.
func (a *App) Enrol(ctx context.Context, id authz.SubjectID, by string, photos []Portrait) (Enrolment, error) {
	if err := a.Allow(ctx, authz.ActPrepare); err != nil {
		return Enrolment{}, err
	}
	if strings.TrimSpace(by) == "" {
		return Enrolment{}, fmt.Errorf("%w: who enrols has to be named", ErrEnrol)
	}
	if n := len(photos); n == 0 || n > maxPortraits {
		return Enrolment{}, fmt.Errorf("%w: it takes 1 to %d photos", ErrEnrol, maxPortraits)
	}
	consent, err := a.mayEnrol(ctx, a.Vault, id) // before anything is computed of the face
	if err != nil {
		return Enrolment{}, err
	}
	m, err := a.load(ctx)
	if err != nil {
		return Enrolment{}, err
	}
	t := casework.Template{Subject: id, Consent: consent, Model: m.matcher.ID(), At: time.Now().UTC(), By: by}
	var prints []faces.Print
	var names []string
	for _, ph := range photos {
		p, sum, err := a.portrait(ctx, m, ph)
		if err != nil {
			return Enrolment{}, fmt.Errorf("photo %s: %w", ph.Name, err)
		}
		if slices.Contains(t.Photos, sum) {
			continue
		}
		prints, names = append(prints, p), append(names, ph.Name)
		t.Photos = append(t.Photos, sum)
		t.Prints = append(t.Prints, printNumbers(p))
	}
	if i := stranger(prints); i >= 0 {
		return Enrolment{}, fmt.Errorf("%w: photo %s does not seem to show the person of the other photos; leave it out", OtherFace, names[i])
	}
	b, err := json.Marshal(t)
	if err != nil {
		return Enrolment{}, err
	}
	e := registry.Entry{Action: "face.enrol", Subject: id, Consents: []authz.ConsentID{consent}, Count: len(t.Prints)}
	err = a.Record(ctx, e, func(tx *store.Tx) error {
		// The consent may have ended while the photos were looked at.
		if _, err := a.mayEnrol(ctx, tx, id); err != nil {
			return err
		}
		return tx.PutDoc(ctx, casework.TemplateBucket, string(id), b)
	})
	if err != nil {
		return Enrolment{}, err
	}
	en := Enrolment{Subject: id, Consent: consent, At: t.At, By: by, Photos: len(t.Prints)}
	en.Alike, err = a.alike(ctx, t)
	return en, err
}

// mayEnrol is the consent that permits a template, or says what is missing.
func (a *App) mayEnrol(ctx context.Context, r authz.Registry, id authz.SubjectID) (authz.ConsentID, error) {
	c, s, code, err := a.mayMatch(ctx, r, id)
	switch {
	case err != nil:
		return "", err
	case code == "":
		return c, nil
	case s.Kind != authz.Person:
		return "", fmt.Errorf("%w: only people have a face", ErrEnrol)
	case s.Age != "" && s.Age != "adult":
		return "", fmt.Errorf("%w: no template is made of a minor's face, or of one whose age is unclear", MinorFace)
	}
	have := "none on record is valid"
	switch code {
	case "face-match-bundled":
		have = "the one on record is tied to another agreement"
	case "face-match-ended":
		have = "the one on record has ended"
	}
	return "", fmt.Errorf("%w: it takes the person's own, separate consent to face matching, voluntary, with notice, evidence and a last day (consentry consent grant --kind face-match); %s", Unmatched, have)
}

// mayMatch asks the policy about now.
func (a *App) mayMatch(ctx context.Context, r authz.Registry, id authz.SubjectID) (authz.ConsentID, authz.Subject, string, error) {
	f := casework.FactsNow(time.Now())
	s, err := r.Subject(ctx, id)
	if err != nil {
		return "", s, "", err
	}
	if err := casework.Gather(ctx, r, &f, id); err != nil {
		return "", s, "", err
	}
	c, code := a.Pack.MayMatchFace(f, id)
	return c, s, code, nil
}

// portrait describes the person's face in one photo.
func (a *App) portrait(ctx context.Context, m *models, ph Portrait) (p faces.Print, sum redact.Digest, err error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(ph.Body, 0, ph.Size)); err != nil {
		return p, sum, fmt.Errorf("read: %w", err)
	}
	sum = redact.Digest(h.Sum(nil))
	head := make([]byte, min(ph.Size, 64<<10))
	if _, err := ph.Body.ReadAt(head, 0); err != nil && err != io.EOF {
		return p, sum, fmt.Errorf("read: %w", err)
	}
	typ, err := Sniff(ph.Name, head)
	if err != nil {
		return p, sum, err
	}
	doc, err := a.written(a.Writing)[typ].Open(ctx, redact.Asset{Digest: sum, Name: ph.Name, Type: typ, Size: ph.Size}, ph.Body)
	if err != nil {
		return p, sum, err
	}
	for page, err := range doc.Pages(ctx) {
		if err != nil {
			return p, sum, err
		}
		if len(page.Pictures) == 0 {
			continue
		}
		page.Pictures = page.Pictures[:1]
		var fs []redact.Finding
		for _, d := range m.detectors {
			found, err := d.Detect(ctx, page)
			if err != nil {
				return p, sum, err
			}
			for _, f := range found {
				if f.Kind == redact.Face && f.Tier == redact.Sure {
					fs = append(fs, f)
				}
			}
		}
		f, err := choose(fs, ph)
		if err != nil {
			return p, sum, err
		}
		p, q, err := m.matcher.Print(ctx, page, f)
		if err == nil {
			err = clearEnough(q)
		}
		return p, sum, err // the first picture counts
	}
	return p, sum, fmt.Errorf("%w: it is no photo", NoPhoto)
}

// choose picks the person's face.
func choose(fs []redact.Finding, ph Portrait) (redact.Finding, error) {
	slices.SortFunc(fs, func(a, b redact.Finding) int { return a.Region.Box.Min.X - b.Region.Box.Min.X })
	switch n := len(fs); {
	case n == 0:
		return redact.Finding{}, fmt.Errorf("%w: no clear face is seen in it", NoFace)
	case !ph.Box.Empty():
		best, most := -1, 0
		for i, f := range fs {
			in := f.Region.Box.Intersect(ph.Box)
			if area := in.Dx() * in.Dy(); area > most {
				best, most = i, area
			}
		}
		if best < 0 {
			return redact.Finding{}, fmt.Errorf("%w: no face is seen in that place", NoFace)
		}
		return fs[best], nil
	case ph.Face < 0 || ph.Face > n:
		return redact.Finding{}, fmt.Errorf("%w: it shows %d face(s), counted from the left", ManyFaces, n)
	case ph.Face > 0:
		return fs[ph.Face-1], nil
	case n > 1:
		return redact.Finding{}, fmt.Errorf("%w: it shows %d faces; say which is the person's, counted from the left (--face)", ManyFaces, n)
	}
	return fs[0], nil
}

func clearEnough(q faces.Quality) error {
	switch {
	case q.Clear():
		return nil
	case q.Eyes < faces.ClearEyes:
		return fmt.Errorf("%w: the face is too small, %.0f pixels between the eyes; %d are needed", SmallFace, q.Eyes, faces.ClearEyes)
	}
	return fmt.Errorf("%w: the face is blurred or turned away; take a sharp photo from the front", BlurFace)
}

// fits reports whether two enrolment photos may be one person's: both networks
// think so. One in 100 pairs of one person of public sets does not fit.
func fits(a, b faces.Print) bool {
	return a.Distance(b) <= faces.SameDistance && faces.Cosine(a.SFace, b.SFace) >= faces.SameCosine
}

// stranger is the first photo that does not hang together with most of the
// others, each fitting another; -1 where all do.
func stranger(ps []faces.Print) int {
	of := make([]int, len(ps)) // the set that each photo is in, by its first member
	for i := range ps {
		of[i] = i
		for k := range i {
			if from, to := of[i], of[k]; from != to && fits(ps[i], ps[k]) {
				for n := range i + 1 {
					if of[n] == from {
						of[n] = to
					}
				}
			}
		}
	}
	size := make([]int, len(ps))
	largest := 0
	for _, o := range of {
		size[o]++
		if size[o] > size[largest] {
			largest = o
		}
	}
	return slices.IndexFunc(of, func(o int) bool { return o != largest })
}

// alike are the other enrolled people whose templates are so near to t that
// nobody will be shown without a question.
func (a *App) alike(ctx context.Context, t casework.Template) (ids []authz.SubjectID, err error) {
	err = a.templates(ctx, a.Vault, func(o casework.Template) error {
		if o.Subject == t.Subject || o.Model != t.Model {
			return nil
		}
		for _, x := range t.Prints {
			for _, y := range o.Prints {
				p, err := printOf(x)
				if err != nil {
					return err
				}
				q, err := printOf(y)
				if err != nil {
					return err
				}
				if fits(p, q) && !slices.Contains(ids, o.Subject) {
					ids = append(ids, o.Subject)
				}
			}
		}
		return nil
	})
	return ids, err
}

// documents is what a vault and a transaction have in common for documents.
type documents interface {
	Doc(ctx context.Context, bucket, id string) ([]byte, error)
	Docs(ctx context.Context, bucket string) ([]string, error)
}

// templates calls each for every kept template.
func (a *App) templates(ctx context.Context, r documents, each func(casework.Template) error) error {
	ids, err := r.Docs(ctx, casework.TemplateBucket)
	if err != nil {
		return err
	}
	for _, id := range ids {
		b, err := r.Doc(ctx, casework.TemplateBucket, id)
		if errors.Is(err, store.ErrNotFound) {
			continue // deleted meanwhile
		}
		if err != nil {
			return err
		}
		var t casework.Template
		if err := json.Unmarshal(b, &t); err != nil {
			return fmt.Errorf("face template of %s: %w", id, err)
		}
		if err := each(t); err != nil {
			return err
		}
	}
	return nil
}

// Enrolled lists the kept templates, with why one is not used. Templates whose
// consent has ended are deleted first.
func (a *App) Enrolled(ctx context.Context) ([]Enrolment, error) {
	if _, err := a.PurgeTemplates(ctx); err != nil {
		return nil, err
	}
	dir, err := assets.Dir()
	if err != nil {
		return nil, err
	}
	set, err := assets.Open(dir)
	if err != nil {
		return nil, err
	}
	today := faces.MatcherID(set.Digest("dlib-resnet.onnx"), set.Digest("sface.onnx"))
	var out []Enrolment
	err = a.templates(ctx, a.Vault, func(t casework.Template) error {
		e := Enrolment{Subject: t.Subject, Consent: t.Consent, At: t.At, By: t.By, Photos: len(t.Prints)}
		if t.Model != today {
			e.Unused = casework.TemplateStale
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// Unenrol deletes a person's template and logs it; the error wraps
// store.ErrNotFound where there is none.
func (a *App) Unenrol(ctx context.Context, id authz.SubjectID) error {
	return a.Record(ctx, registry.Entry{Action: "face.template.delete", Subject: id, Count: 1}, func(tx *store.Tx) error {
		return tx.DeleteDoc(ctx, casework.TemplateBucket, string(id))
	})
}

// PurgeTemplates deletes the templates whose person's consent has ended, each
// with its ledger entry, and says how many.
func (a *App) PurgeTemplates(ctx context.Context) (n int, err error) {
	ids, err := a.Vault.Docs(ctx, casework.TemplateBucket)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	ended := false
	for _, id := range ids {
		_, _, code, err := a.mayMatch(ctx, a.Vault, authz.SubjectID(id))
		if err != nil && !errors.Is(err, authz.ErrUnknown) {
			return 0, err
		}
		ended = ended || err != nil || code != ""
	}
	if !ended {
		return 0, nil
	}
	err = a.Vault.Update(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			gone, err := a.dropTemplate(ctx, tx, authz.SubjectID(id))
			if err != nil {
				return err
			}
			if gone {
				n++
			}
		}
		return nil
	})
	return n, err
}

// dropTemplate deletes a subject's template in a transaction, with its ledger
// entry, if there is one and nothing permits it any more.
func (a *App) dropTemplate(ctx context.Context, tx *store.Tx, id authz.SubjectID) (bool, error) {
	_, err := tx.Doc(ctx, casework.TemplateBucket, string(id))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	// One that cannot be read is deleted as well.
	_, _, code, err := a.mayMatch(ctx, tx, id)
	switch {
	case err != nil && !errors.Is(err, authz.ErrUnknown):
		return false, err
	case err == nil && code == "":
		return false, nil
	}
	if err := tx.DeleteDoc(ctx, casework.TemplateBucket, string(id)); err != nil {
		return false, err
	}
	return true, a.Append(ctx, tx, registry.Entry{Action: "face.template.delete", Subject: id, Count: 1})
}
