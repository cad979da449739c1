package content

import (
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Where all text that clips goes, what was drawn through its letters does not come
// out: but for more text, which nobody would see.
func TestTextThatClips(t *testing.T) {
	const empty = "0 0 0 0 re W n"
	for name, c := range map[string]struct {
		src  string
		want bool
	}{
		"a fill through it":        {"q 7 Tr BT /F1 10 Tf 50 60 Td (NAME) Tj ET 0 0 600 600 re f Q BT /F1 10 Tf 9 9 Td (x) Tj ET", true},
		"a picture through it":     {"q 7 Tr BT /F1 10 Tf 50 60 Td (NAME) Tj ET /P Do Q", true},
		"filled too, twice":        {"5 Tr BT /F1 10 Tf 50 60 Td (NA) Tj (ME) ' ET 0 0 600 600 re f", true},
		"some of it stays":         {"q 7 Tr BT /F1 10 Tf 50 60 Td (NAME x) Tj ET 0 0 600 600 re f Q", false},
		"some that does not clip":  {"q BT /F1 10 Tf 50 60 Td (x) Tj 7 Tr (NAME) Tj ET 0 0 600 600 re f Q", true},
		"text through it":          {"q 7 Tr BT /F1 10 Tf 50 60 Td (NAME) Tj ET 0 Tr BT 50 60 Td (x) Tj ET Q", false},
		"a form through it":        {"q 7 Tr BT /F1 10 Tf 50 60 Td (NAME) Tj ET /X Do Q", false},
		"text that does not clip":  {"q 3 Tr BT /F1 10 Tf 50 60 Td (NAME) Tj ET 0 0 600 600 re f Q", false},
		"other text that does":     {"q 7 Tr BT /F1 10 Tf 50 60 Td (y) Tj ET 0 Tr BT (NAME) Tj ET 0 0 600 600 re f Q", false},
		"nothing is drawn with it": {"q 7 Tr BT /F1 10 Tf 50 60 Td (NAME) Tj ET Q 0 0 600 600 re f", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSheet(t)
			x := s.form(types.Dict{}, "0 0 600 600 re f")
			p := s.page(s.with(types.Dict{"XObject": types.Dict{"P": s.photo(), "X": x}}), c.src)
			var drop []int
			for k, g := range s.read(p).Glyphs {
				if strings.Contains("NAME", g.Text) {
					drop = append(drop, k)
				}
			}
			s.rewrite(p, Edit{Drop: drop})
			if got := strings.Count(s.source(p), empty); got > 1 || got == 1 != c.want {
				t.Errorf("%d empty clips: %s", got, s.source(p))
			}
		})
	}
}
