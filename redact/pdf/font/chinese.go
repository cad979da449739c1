package font

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/cmap"
	"consentry/redact/pdf/object"
)

// chineseNames are how, in GBK, the names of the fonts begin that Chinese Windows
// had (Songti, Kaiti, Heiti, Fangsong, Xinsong).
var chineseNames = []string{"\xcb\xce\xcc\xe5", "\xbf\xac\xcc\xe5", "\xba\xda\xcc\xe5", "\xb7\xc2\xcb\xce", "\xd0\xc2\xcb\xce"}

// chinese reports whether a simple TrueType font is one of those of old Chinese
// writers, which show GBK text with it though the standard has codes of one byte:
// it has such a name and is not embedded. PDFium and Acrobat show them so.
func chinese(f *object.File, d types.Dict) bool {
	if f.Name(d["Subtype"]) != "TrueType" || programKey(f, f.Dict(d["FontDescriptor"])) != "" {
		return false
	}
	name := f.Name(d["BaseFont"])
	for _, n := range chineseNames {
		if strings.HasPrefix(name, n) {
			return true
		}
	}
	return false
}

// loadChinese reads such a font: GBK, in which ASCII is half as wide as the rest.
func (t *Font) loadChinese(f *object.File, d types.Dict) {
	c := &composite{cmap: cmap.Predefined("GBK-EUC-H"), collection: cmap.Collection("GB1"), dw: 1}
	t.composite, t.pages = c, map[uint64]*[256]Code{}
	for code := uint32(' '); code <= '~'; code++ {
		cid, _ := c.cmap.CID(code, 1)
		c.width = append(c.width, span{lo: cid, hi: cid, v: [3]float64{.5}})
	}
	slices.SortFunc(c.width, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	c.unicode = t.toUnicode(f, d)
	t.hasText = true
	t.doubts("the codes of a font that is not embedded are taken for GBK by its name")
	t.extent(f, f.Dict(d["FontDescriptor"]), 0, 0)
}
