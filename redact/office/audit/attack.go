// Package audit tells what can still be got out of an Office document or another
// container of XML files: out of any one, as somebody who received it would try
// it, and out of one that was redacted, knowing what was removed.
//
// It unpacks the bytes by the standard library and shares no reading code with
// what writes them.
package audit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"

	"consentry/redact"
	"consentry/redact/removed"
)

// Attack looks for removed texts in every file of a written container: in texts,
// however they are cut into runs, in attributes, comments, instructions and names,
// in any encoding, in base64 and percent signs, in containers inside, in the
// container's own names, comments, extra fields and between its files. It also
// reports what a redacted document has no need of: authors, revision numbers,
// properties, macros and the like.
//
// Which occurrences are no leak is said in removed.Text; words of the file format
// are none either. Other media types are left to other attacks. It is safe for
// concurrent use.
type Attack struct{}

var _ redact.Attack = Attack{}

// ID names the attack and its version.
func (Attack) ID() string { return "office/1" }

// families are the beginnings of the media types that are looked into.
var families = []string{
	"application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.", "application/vnd.ms-word.", "application/vnd.ms-excel.", "application/vnd.ms-powerpoint.",
}

// Handles reports whether a media type is one that Attack looks into.
func Handles(mediaType string) bool {
	for _, f := range families {
		if strings.HasPrefix(mediaType, f) {
			return true
		}
	}
	return false
}

// maxFile bounds a file that is attacked, in bytes.
const maxFile = 512 << 20

// Try returns a leak for each removed text and each way in which it is found, and
// one for each kind of part that does not belong. A file that cannot be read
// through is an error.
func (a Attack) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if media, _, _ := mime.ParseMediaType(r.Asset.Type); !Handles(media) {
		return nil, nil
	}
	b, err := io.ReadAll(io.NewSectionReader(r.Body, 0, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the output: %w", err)
	case len(b) > maxFile:
		return nil, errors.New("read the output: it is larger than what is looked through")
	case r.Asset.Size > 0 && int64(len(b)) != r.Asset.Size:
		return nil, fmt.Errorf("read the output: %w", io.ErrUnexpectedEOF)
	}
	h := &hunt{ctx: ctx, by: a.ID(), r: r, views: map[string]*view{}, told: map[spot]bool{}}
	if err := h.container(b, "", 0); err != nil {
		return nil, fmt.Errorf("search the output: %w", err)
	}
	return h.leaks, ctx.Err()
}

// A hunt is one search for what was removed.
type hunt struct {
	ctx   context.Context
	by    string
	r     redact.Released
	leaks []redact.Leak
	told  map[spot]bool
	views map[string]*view
	spent int // bytes unpacked
}

// A spot is a removed text and a way in which it was found.
type spot struct {
	index int
	way   string
}

// tell adds a leak, once for each text and way.
func (h *hunt) tell(t *removed.Text, way, where string) {
	if s := (spot{t.Index, way}); !h.told[s] {
		h.told[s] = true
		h.leaks = append(h.leaks, t.Leak(h.by, way+", "+where))
	}
}

// part adds a leak of something that does not belong, once for each kind.
func (h *hunt) part(kind, where string) {
	if s := (spot{-1, kind}); !h.told[s] {
		h.told[s] = true
		h.leaks = append(h.leaks, redact.Leak{By: h.by, Where: kind + ", " + where, Kind: redact.Other, Removed: -1})
	}
}

// A view is one way to look at a file's texts. How often each text was found is
// counted within a view, since one text may be seen in several.
type view struct {
	h *hunt
	// excuse, if set, tells occurrences that are something else.
	excuse func(t *removed.Text, s string, lo, hi int) bool
	way    string
	search *removed.Search
}

// view is the way to look of that name; texts of fewer runes are not looked for.
func (h *hunt) view(way string, least int) *view {
	if v := h.views[way]; v != nil {
		return v
	}
	v := &view{h: h, way: way, search: removed.NewSearch(removed.Texts(h.r))}
	for _, t := range v.search.Texts {
		t.Done = len([]rune(t.Key)) < least
	}
	h.views[way] = v
	return v
}

// text looks for the removed texts in s.
func (v *view) text(s, where string) {
	v.search.Each(s, func(t *removed.Text, lo, hi int) {
		if (v.excuse == nil || !v.excuse(t, s, lo, hi)) && t.TooOften() {
			v.h.tell(t, v.way, where)
		}
	})
}

// raw looks for the removed texts in bytes, in every encoding but those that skip
// names.
func (h *hunt) raw(b []byte, textual bool, where string, skip func(removed.Coding) bool) error {
	_, err := removed.NewBytes(removed.Texts(h.r), textual).In(h.ctx, strings.NewReader(string(b)), func(t *removed.Text, c removed.Coding, _ int64) {
		if !skip(c) {
			h.tell(t, "bytes "+string(c), where)
		}
	})
	return err
}
