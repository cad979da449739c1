package opc

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/splice"
)

// Names of parts and of relationships are texts too: what is not named as every
// such file names it is named anew.

// folders and stems are the words that names of parts are made of.
var (
	folders = parts.Words("word ppt xl theme charts diagrams drawings media embeddings glossary slides slideLayouts slideMasters notesSlides notesMasters handoutMasters tags worksheets chartsheets dialogsheets tables pivotTables pivotCache ctrlProps slicers slicerCaches timelines timelineCaches queryTables comments threadedComments persons richData model")
	stems   = parts.Words("document settings webSettings styles numbering fontTable theme themeOverride footnotes endnotes header footer comments chart chartEx colors style data layout quickStyle drawing vmlDrawing userShapes presentation presProps viewProps tableStyles slide slideLayout slideMaster notesSlide notesMaster handoutMaster tag workbook sheet sharedStrings table pivotTable pivotCacheDefinition pivotCacheRecords ctrlProp slicer slicerCache timeline timelineCache person threadedComment metadata")
)

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

// plainName reports whether every such file may have a part of that name.
func plainName(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return plainFolder(name, "") != "" && stems[strings.TrimRight(strings.ToLower(stem), "0123456789")] && parts.PlainExt(name) != ""
}

// Name gives pictures, files inside and parts of unusual names a name that says
// nothing.
func (c *container) Name(w *parts.Writing) {
	taken := map[string]bool{}
	for _, p := range w.Parts {
		if (p.How == parts.Readable || p.How == parts.Copied) && plainName(p.Name) {
			w.Names[p] = p.Name
			taken[strings.ToLower(p.Name)] = true
		}
	}
	home := plainFolder(w.Main.Name, c.kind.Folder)
	n := 0
	for _, p := range w.Parts {
		if w.Names[p] != "" {
			continue
		}
		x := parts.PlainExt(p.Name)
		if p.How == parts.Picture && !p.Opened() {
			x = ".png"
		}
		for w.Names[p] == "" {
			n++
			name := path.Join(plainFolder(p.Name, home), fmt.Sprintf("file%d%s", n, x))
			if !taken[strings.ToLower(name)] {
				w.Names[p] = name
			}
		}
	}
}

// plainID is what programs name relationships.
var plainID = regexp.MustCompile(`^[A-Za-z]{0,4}[0-9a-fA-F]{1,40}$`)

// renumber names a part's relationships anew where their names could say something.
func renumber(p *parts.Part) {
	own := linksOf(p)
	for i, r := range own.rels {
		if !plainID.MatchString(r.ID) {
			own.ids[r.ID] = fmt.Sprintf("rIdx%d", i)
		}
	}
	if p.How != parts.Readable {
		return
	}
	for _, ref := range p.XML.References {
		if id := own.ids[ref.Value]; id != "" {
			p.Always = append(p.Always, splice.Change{File: p.Index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte(id)})
		}
	}
}
