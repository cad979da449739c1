// Package inside makes a document of one that holds others: the pages of pictures
// and files inside it follow its own, and each order finds the one it is for.
package inside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"sync"

	"consentry/redact"
)

// An Opener opens a file that is inside another by its bytes; its name tells no
// more than which kind of text it is. An error wraps redact.ErrUnreadable where
// the bytes are at fault.
type Opener func(ctx context.Context, name string, b []byte) (redact.Document, error)

// prefix begins the part of whatever is no body page of a file inside; its number
// and its own part follow.
const prefix = "inside/"

// Files are the documents inside one. The zero value has none. Add before use;
// then it is safe for concurrent use.
type Files struct {
	list []redact.Document
	left map[int]bool // of list: in no output

	mu    sync.Mutex
	pages []int // of each in list: body pages, once counted
}

// Add takes a document in and gives its number.
func (f *Files) Add(d redact.Document) int {
	f.list = append(f.list, d)
	return len(f.list) - 1
}

// Leave says that the i-th document is in no output. Its pages are read, as what
// the file says of itself is, and no order for them is carried out. Call it before
// use, as Add.
func (f *Files) Leave(i int) {
	if f.left == nil {
		f.left = map[int]bool{}
	}
	f.left[i] = true
}

// Pages yields the pages of every document inside. Their body pages are body pages
// here, counted on from next; what no output has of them is no part of the output
// here either.
func (f *Files) Pages(ctx context.Context, next int) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		for i, d := range f.list {
			first := next
			for p, err := range d.Pages(ctx) {
				if err != nil {
					yield(redact.Page{}, fmt.Errorf("file %d inside: %w", i+1, err))
					return
				}
				switch {
				case f.left[i]:
					p.Part = fmt.Sprintf("%s%d/left/%s%d", redact.PartAttached, i+1, p.Part, p.Index)
				case p.Part == redact.PartBody:
					p.Index = next
					next++
				default:
					p.Part = outer(i, p.Part)
				}
				if !yield(p, nil) {
					return
				}
			}
			f.count(i, next-first)
		}
	}
}

// outer is the name here of a part of the i-th document.
func outer(i int, part string) string {
	kind := prefix
	if redact.IsDropped(part) {
		kind = redact.PartAttached
	}
	return kind + strconv.Itoa(i+1) + "/" + part
}

func (f *Files) count(i, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pages == nil {
		f.pages = make([]int, len(f.list))
		for k := range f.pages {
			f.pages[k] = -1
		}
	}
	f.pages[i] = n
}

// counted gives the number of body pages of each document.
func (f *Files) counted(ctx context.Context) ([]int, error) {
	for i, d := range f.list {
		f.mu.Lock()
		known := f.pages != nil && f.pages[i] >= 0
		f.mu.Unlock()
		if known {
			continue
		}
		n := 0
		for p, err := range d.Pages(ctx) {
			if err != nil {
				return nil, fmt.Errorf("file %d inside: %w", i+1, err)
			}
			if p.Part == redact.PartBody && !f.left[i] {
				n++
			}
		}
		f.count(i, n)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pages, nil
}

var errNoPage = errors.New("an order for a page that is not there")

// Split gives each document inside the orders that are for it, as it knows them,
// and those that are for the outer one, whose own body pages end before next.
// Orders for what no output has are met by its not being there.
func (f *Files) Split(ctx context.Context, next int, rs []redact.Redaction) (own []redact.Redaction, within [][]redact.Redaction, err error) {
	within = make([][]redact.Redaction, len(f.list))
	var pages []int
	for _, r := range rs {
		part := r.Region.Part
		switch rest, inside := strings.CutPrefix(part, prefix); {
		case strings.HasPrefix(part, redact.PartAttached):
		case inside:
			number, part, _ := strings.Cut(rest, "/")
			i, err := strconv.Atoi(number)
			if err != nil || i < 1 || i > len(f.list) {
				return nil, nil, errNoPage
			}
			r.Region.Part = part
			within[i-1] = append(within[i-1], r)
		case part == redact.PartBody && r.Region.Page >= next:
			if pages == nil {
				if pages, err = f.counted(ctx); err != nil {
					return nil, nil, err
				}
			}
			i, page := 0, r.Region.Page-next
			for ; i < len(pages) && page >= pages[i]; i++ {
				page -= pages[i]
			}
			if i == len(pages) {
				return nil, nil, errNoPage
			}
			r.Region.Page = page
			within[i] = append(within[i], r)
		default:
			own = append(own, r)
		}
	}
	return own, within, nil
}

// Written is what became of a document inside.
type Written struct {
	Type  string // media type
	Body  []byte
	Notes []redact.Note
}

// Rewrite writes the i-th document without the regions, which it knows as its own.
func (f *Files) Rewrite(ctx context.Context, i int, rs []redact.Redaction) (w Written, err error) {
	var out bytes.Buffer
	if n, ok := f.list[i].(redact.Noter); ok {
		w.Type, w.Notes, err = n.RewriteNoting(ctx, &out, rs)
	} else {
		w.Type, err = f.list[i].Rewrite(ctx, io.Writer(&out), rs)
	}
	if err != nil {
		return w, fmt.Errorf("file %d inside: %w", i+1, err)
	}
	w.Body = out.Bytes()
	return w, nil
}
