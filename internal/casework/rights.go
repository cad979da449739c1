package casework

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// rights are what an output may say of the people seen in it: the records that
// their showing leans on, the earliest last day among them, and the channels and
// territories that all of them name. Nothing where no face stays by consent.
func (d *Desk) rights(ctx context.Context, p *Plan, asset int) (redact.Rights, error) {
	var r redact.Rights
	known := map[authz.ConsentID]bool{}
	for _, it := range p.Items {
		if it.Asset != asset || it.Finding.Kind != redact.Face || it.Hidden() || it.Exempt != "" || it.Decision.Subject == "" || len(it.Decision.Consents) == 0 {
			continue
		}
		cs, err := d.Registry.Consents(ctx, it.Decision.Subject)
		if err != nil {
			return redact.Rights{}, fmt.Errorf("consents of %s: %w", it.Decision.Subject, err)
		}
		for _, c := range cs {
			if known[c.ID] || !slices.Contains(it.Decision.Consents, c.ID) {
				continue
			}
			known[c.ID] = true
			first := r.Status == redact.NoRelease
			r.Status = redact.LimitedRelease
			r.Releases = append(r.Releases, string(c.ID))
			if !c.Until.IsZero() {
				if last := c.Until.Add(-time.Nanosecond); r.Until.IsZero() || last.Before(r.Until) {
					r.Until = last // Until itself is the midnight after the last day
				}
			}
			r.Media = agreed(first, r.Media, c.Channels)
			r.Regions = agreed(first, r.Regions, c.Territories)
		}
	}
	return r, nil
}

// worldwide is the territory that holds every other.
const worldwide = "world"

// agreed are the places that both lists name.
func agreed[T ~string](first bool, have []string, list []T) []string {
	var more []string
	for _, v := range list {
		more = append(more, string(v))
	}
	switch {
	case first, slices.Contains(have, worldwide):
		return more
	case slices.Contains(more, worldwide):
		return have
	}
	return slices.DeleteFunc(slices.Clone(have), func(s string) bool { return !slices.Contains(more, s) })
}

// statedRights are those that a file written by this program says of itself.
func statedRights(body io.ReaderAt, size int64) redact.Rights {
	const window, most = 1 << 20, 1 << 16
	begin, end := []byte("<?xpacket begin="), []byte(`<?xpacket end="r"?>`)
	buf := make([]byte, window+most)
	for at := int64(0); at < size; at += window {
		n, err := body.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return redact.Rights{} // whoever attacks the file meets it again
		}
		b := buf[:n]
		for i := bytes.Index(b, begin); i >= 0; {
			if j := bytes.Index(b[i:], end); j >= 0 {
				if r, ok := redact.ParseRights(b[i : i+j+len(end)]); ok {
					return r
				}
			}
			k := bytes.Index(b[i+1:], begin)
			if k < 0 {
				break
			}
			i += 1 + k
		}
	}
	return redact.Rights{}
}

// rewriteDocument writes a document with what it may say of the people seen in
// it, if its format can, and what the format has to say of it.
func rewriteDocument(ctx context.Context, doc redact.Document, w io.Writer, rs []redact.Redaction, r redact.Rights) (mediaType string, notes []redact.Note, err error) {
	switch d := doc.(type) {
	case redact.Noter:
		return d.RewriteNoting(ctx, w, rs)
	case redact.RightsWriter:
		mediaType, err = d.RewriteWith(ctx, w, rs, r)
	default:
		mediaType, err = doc.Rewrite(ctx, w, rs)
	}
	return mediaType, nil, err
}

// endings gives files that are written in another type than they were read in a
// name that says so, each name once.
func (d *Desk) endings(p *Plan, names []string) []string {
	taken := map[string]bool{}
	for _, n := range names {
		taken[n] = true
	}
	out := slices.Clone(names)
	for i, a := range p.Case.Assets {
		c, ok := d.Formats[a.Type].(redact.Converter)
		if !ok {
			continue
		}
		n := c.WrittenName(names[i], a.Type)
		if n == names[i] {
			continue
		}
		x := path.Ext(n)
		stem := strings.TrimSuffix(n, x)
		for j := 2; taken[n]; j++ {
			n = fmt.Sprintf("%s-%d%s", stem, j, x)
		}
		taken[n], out[i] = true, n
	}
	return out
}
