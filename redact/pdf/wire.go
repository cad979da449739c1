package pdf

import (
	"image"

	"consentry/redact"
)

// The parent asks and the child answers, one request after the other: JSON with
// a length before it, and what follows it as it is. Everything in an answer is
// checked as untrusted input is.

// What may be asked.
const (
	askOpen    = "open"    // follows: the file. Answers opened
	askPage    = "page"    // answers pageAnswer
	askParts   = "parts"   // answers partsAnswer
	askFile    = "file"    // an attached file. Answers its bytes
	askShot    = "shot"    // a picture. Answers its pixels
	askFont    = "font"    // follows: the label font, once before anything is written. Answers {}
	askView    = "view"    // a page drawn: as it is, or written without Rs. Answers its pixels
	askRewrite = "rewrite" // answers rewritten, then the file
	askTry     = "try"     // follows: the written file. Answers []leaked
)

// writes reports whether labels may be written to answer.
func (q request) writes() bool { return q.Op == askRewrite || q.Op == askView && len(q.Rs) > 0 }

type request struct {
	Op        string             `json:"op"`
	Passwords []string           `json:"passwords,omitempty"`
	Page      int                `json:"page,omitempty"`
	Shot      int                `json:"shot,omitempty"`
	Scale     float64            `json:"scale,omitempty"` // pixels a point
	Rs        []redact.Redaction `json:"rs,omitempty"`
	Search    bool               `json:"search,omitempty"` // a page made a picture keeps its text to be searched
	Snap      bool               `json:"snap,omitempty"`   // gaps in steps, instead of lines set anew
	Try       *tried             `json:"try,omitempty"`
}

// tried is what the attack may know.
type tried struct {
	Removed []redact.Finding `json:"removed,omitempty"`
	Kept    []redact.Finding `json:"kept,omitempty"`
	AsIs    bool             `json:"asIs,omitempty"` // the file is nobody's output: everything that is not plainly seen counts
}

// opened describes a file that could be opened.
type opened struct {
	Pages int           `json:"pages"`
	Notes []redact.Note `json:"notes,omitempty"`
}

// pageAnswer is a page without its pixels.
type pageAnswer struct {
	Width  int    `json:"width"` // points, rounded up
	Height int    `json:"height"`
	Spans  []span `json:"spans,omitempty"`
	Shots  []shot `json:"shots,omitempty"`
}

type span struct {
	Text   string  `json:"text"`
	Offset int     `json:"offset"`
	Block  int     `json:"block,omitempty"`
	Boxes  []int16 `json:"boxes,omitempty"` // four a rune: left, top, width, height in points
}

type shot struct {
	Box image.Rectangle `json:"box"`
}

// partsAnswer is what stands outside the pages.
type partsAnswer struct {
	Parts    []part     `json:"parts,omitempty"`
	Attached []attached `json:"attached,omitempty"`
}

type part struct {
	Part  string   `json:"part"`
	Index int      `json:"index"`
	Texts []string `json:"texts"`
}

type attached struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

// leaked is a redact.Leak with all that it holds.
type leaked struct {
	Where   string        `json:"where"`
	Kind    redact.Kind   `json:"kind"`
	Removed int           `json:"removed"`
	Region  redact.Region `json:"region,omitzero"`
}

// rewritten describes what was written.
type rewritten struct {
	Notes []redact.Note `json:"notes,omitempty"`
}
