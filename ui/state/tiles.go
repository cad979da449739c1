package state

import (
	"container/list"
	"encoding/binary"
	"hash/fnv"
	"image"

	"consentry/internal/casework"
	"consentry/redact"
)

// PageAt names a page of the body of a file.
type PageAt struct{ Asset, Page int }

// Looks digests what is hidden on every page, and how: a picture that was drawn
// under another digest may show somebody who is hidden by now. Pages on which
// nothing is hidden are left out.
func Looks(p *casework.Plan) map[PageAt]uint64 {
	looks := map[PageAt]uint64{}
	h := fnv.New64a()
	for i := range p.Items {
		it := &p.Items[i]
		r := it.Finding.Region
		if !it.Hidden() || r.Part != redact.PartBody {
			continue
		}
		at := PageAt{it.Asset, r.Page}
		h.Reset()
		var b [8]byte
		put := func(v uint64) {
			binary.LittleEndian.PutUint64(b[:], v)
			h.Write(b[:])
		}
		put(looks[at])
		for _, v := range []int{r.Start, r.End, r.Box.Min.X, r.Box.Min.Y, r.Box.Max.X, r.Box.Max.Y, int(p.MethodOf(it))} {
			put(uint64(v))
		}
		if p.Case.CoversPerson(it) {
			put(1)
		}
		h.Write([]byte(it.ID + it.Label))
		looks[at] = h.Sum64()
	}
	return looks
}

// A Tile names a small picture: of a page, or of a part of it.
type Tile struct {
	PageAt
	Large bool            // for a sheet of twenty, not for a row
	Part  image.Rectangle // page units; empty: the whole page
	// Item is shown hidden in this form, to choose by; empty: as it is decided.
	Item  string
	Form  casework.Form
	Cover casework.Cover
}

// How large small pictures are at most, in pixels: enough for text at 200 %, and for a
// sheet of three in a large window.
const (
	tileSide  = 180
	largeSide = 600
)

// Order is the tile as the desk is asked for it. Of a part of a page the original
// is wanted beside it, for Space.
func (t Tile) Order() casework.Tile {
	side := tileSide
	if t.Large {
		side = largeSide
	}
	return casework.Tile{Part: t.Part, Side: side, Source: !t.Part.Empty() && t.Item == "", Item: t.Item, Form: t.Form, Cover: t.Cover}
}

// A Drawn is a small picture as the public will see it and, of a part of a page,
// as it is.
type Drawn = casework.Drawn

func size(d Drawn) (n int) {
	for _, m := range []image.Image{d.Result, d.Source} {
		if m != nil {
			n += 4 * m.Bounds().Dx() * m.Bounds().Dy()
		}
	}
	return n
}

// Tiles keeps the small pictures that were looked at last, and knows which are
// wanted next. It gives none that was drawn before something else was hidden.
// It is used on one goroutine.
type Tiles struct {
	most  int // bytes
	bytes int
	looks map[PageAt]uint64
	ready bool
	kept  map[Tile]*list.Element // of kept
	order *list.List             // the last used in front
	wants []Tile                 // the last wanted at the end
	gone  map[Tile]uint64        // could not be drawn, under that look
}

type kept struct {
	tile Tile
	look uint64
	Drawn
}

// NewTiles keeps at most so many bytes of pictures.
func NewTiles(most int) *Tiles {
	return &Tiles{most: most, kept: map[Tile]*list.Element{}, order: list.New(), gone: map[Tile]uint64{}}
}

// SetLooks says what is hidden now. Before it is called nothing is given.
func (t *Tiles) SetLooks(looks map[PageAt]uint64) { t.looks, t.ready, t.wants = looks, true, nil }

// Forget gives nothing any more until SetLooks is called again.
func (t *Tiles) Forget() {
	*t = *NewTiles(t.most)
}

// Look is the digest of what is hidden on a page.
func (t *Tiles) Look(at PageAt) uint64 { return t.looks[at] }

// mostWanted bounds what waits to be drawn: rows that were scrolled past ask
// again when they come back.
const mostWanted = 80

// Get gives a picture, or wants it; false where there is none yet, or none at all.
func (t *Tiles) Get(k Tile) (Drawn, bool) {
	if !t.ready {
		return Drawn{}, false
	}
	look := t.looks[k.PageAt]
	if e, ok := t.kept[k]; ok {
		if d := e.Value.(kept); d.look == look {
			t.order.MoveToFront(e)
			return d.Drawn, true
		}
		t.drop(e)
	}
	if was, ok := t.gone[k]; ok && was == look {
		return Drawn{}, false
	}
	for i, w := range t.wants {
		if w == k {
			t.wants = append(append(t.wants[:i:i], t.wants[i+1:]...), k)
			return Drawn{}, false
		}
	}
	t.wants = append(t.wants, k)
	if over := len(t.wants) - mostWanted; over > 0 {
		t.wants = t.wants[over:]
	}
	return Drawn{}, false
}

// Next takes what is to be drawn next: of the page that was wanted last, all that
// is wanted of it. Nil where nothing is.
func (t *Tiles) Next() (ks []Tile) {
	if len(t.wants) == 0 {
		return nil
	}
	at := t.wants[len(t.wants)-1].PageAt
	rest := t.wants[:0:0]
	for _, w := range t.wants {
		if w.PageAt == at {
			ks = append(ks, w)
		} else {
			rest = append(rest, w)
		}
	}
	t.wants = rest
	return ks
}

// Put keeps a picture that was drawn under a look.
func (t *Tiles) Put(k Tile, look uint64, d Drawn) {
	if e, ok := t.kept[k]; ok {
		t.drop(e)
	}
	delete(t.gone, k)
	t.kept[k] = t.order.PushFront(kept{k, look, d})
	t.bytes += size(d)
	for t.bytes > t.most && t.order.Len() > 1 {
		t.drop(t.order.Back())
	}
}

// Fail notes that a picture cannot be drawn under a look: it is not asked for
// again before something else is hidden.
func (t *Tiles) Fail(k Tile, look uint64) { t.gone[k] = look }

// Failed reports whether a picture could not be drawn.
func (t *Tiles) Failed(k Tile) bool {
	look, ok := t.gone[k]
	return ok && look == t.looks[k.PageAt]
}

// Bytes is how much is kept.
func (t *Tiles) Bytes() int { return t.bytes }

func (t *Tiles) drop(e *list.Element) {
	d := t.order.Remove(e).(kept)
	t.bytes -= size(d.Drawn)
	delete(t.kept, d.tile)
}
