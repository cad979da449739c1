package office

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"consentry/redact/splice"
)

// Names of parts and of relationships are texts too: what is not named as every
// such file names it is named anew.

// folders, stems and fileExtensions are the words that names of parts are made of.
var (
	folders        = words("word ppt xl theme charts diagrams drawings media embeddings glossary slides slideLayouts slideMasters notesSlides notesMasters handoutMasters tags worksheets chartsheets dialogsheets tables pivotTables pivotCache ctrlProps slicers slicerCaches timelines timelineCaches queryTables comments threadedComments persons richData model")
	stems          = words("document settings webSettings styles numbering fontTable theme themeOverride footnotes endnotes header footer comments chart chartEx colors style data layout quickStyle drawing vmlDrawing userShapes presentation presProps viewProps tableStyles slide slideLayout slideMaster notesSlide notesMaster handoutMaster tag workbook sheet sharedStrings table pivotTable pivotCacheDefinition pivotCacheRecords ctrlProp slicer slicerCache timeline timelineCache person threadedComment metadata")
	fileExtensions = words("xml vml bin png jpg jpeg jpe gif tif tiff bmp webp svg heic heif docx docm xlsx xlsm pptx pptm odt ods odp pdf txt htm html mht eml csv")
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[strings.ToLower(w)] = true
	}
	return m
}

// plainFolder gives a part's folder if every such file may have it, else other.
func plainFolder(name, other string) string {
	dir := path.Dir(name)
	for _, f := range strings.Split(strings.ToLower(dir), "/") {
		if !folders[f] {
			return other
		}
	}
	return dir
}

// plainExt gives a name's extension, small; none where it could say something.
func plainExt(name string) string {
	x := strings.ToLower(path.Ext(name))
	if !fileExtensions[strings.TrimPrefix(x, ".")] {
		return ""
	}
	return x
}

// plainName reports whether every such file may have a part of that name.
func plainName(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return plainFolder(name, "") != "" && stems[strings.TrimRight(strings.ToLower(stem), "0123456789")] && plainExt(name) != ""
}

// rename gives pictures, files inside and parts of unusual names a name that says
// nothing.
func (w *writing) rename() {
	taken := map[string]bool{}
	for _, p := range w.parts {
		if (p.how == readable || p.how == copied) && plainName(p.name) {
			w.names[p] = p.name
			taken[strings.ToLower(p.name)] = true
		}
	}
	home := plainFolder(w.main.name, w.kind.folder)
	n := 0
	for _, p := range w.parts {
		if w.names[p] != "" {
			continue
		}
		x := plainExt(p.name)
		if p.how == picture && p.inner < 0 {
			x = ".png"
		}
		for w.names[p] == "" {
			n++
			name := path.Join(plainFolder(p.name, home), fmt.Sprintf("file%d%s", n, x))
			if !taken[strings.ToLower(name)] {
				w.names[p] = name
			}
		}
	}
}

// plainID is what programs name relationships.
var plainID = regexp.MustCompile(`^[A-Za-z]{0,4}[0-9a-fA-F]{1,40}$`)

// renumber names a part's relationships anew where their names could say something.
func (p *part) renumber() {
	p.ids = map[string]string{}
	for i, r := range p.rels {
		if !plainID.MatchString(r.id) {
			p.ids[r.id] = fmt.Sprintf("rIdx%d", i)
		}
	}
	if p.how != readable {
		return
	}
	for _, ref := range p.xml.References {
		if id := p.ids[ref.Value]; id != "" {
			p.always = append(p.always, splice.Change{File: p.index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte(id)})
		}
	}
}

// local reports whether an address names a place on the author's machine or network,
// by the way to it too: ..\..\home\olga\plan.xlsx.
func local(address string) bool {
	a := strings.ToLower(address)
	return strings.HasPrefix(a, "file:") || strings.HasPrefix(a, `\\`) || strings.HasPrefix(a, "//") || drive.MatchString(a) ||
		!strings.Contains(a, ":") && (strings.Contains(a, `\`) || strings.HasPrefix(a, "../"))
}

var drive = regexp.MustCompile(`^/?[a-z]:[\\/]`)
