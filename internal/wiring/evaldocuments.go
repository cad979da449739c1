package wiring

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/mail"
	"consentry/redact/office"
	"consentry/redact/office/audit"
	"consentry/redact/pdf"
	"consentry/redact/photo"
	"consentry/redact/web"
)

// DocumentTrials are those of a folder's documents.
type DocumentTrials Trials

// EvalDocuments tries every document under a folder but PDF files and photos: three
// of its words, picked by digest, are removed wherever they stand, and looked for
// again, by our reader and by the attacks. What is written goes to the folder out, if
// that is named, with the words beside it. each hears of every trial as it ends.
func (a *App) EvalDocuments(ctx context.Context, dir, out string, each func(Trial)) (DocumentTrials, error) {
	ts, err := trier{
		takes: func(path string, b []byte) (string, redact.Format, error) {
			mediaType, err := Sniff(path, b)
			switch {
			case err != nil && (office.Named(path) || marked[strings.ToLower(filepath.Ext(path))]):
				return "", nil, err
			case err != nil, mediaType == pdf.Type, photo.Sniff(b) != "":
				return "", nil, nil
			}
			return mediaType, a.written(a.Writing)[mediaType], nil
		},
		attacks: []redact.Attack{attack.Text{Formats: a.written(a.Writing)}, attack.Bytes{}, attack.Opened{}, audit.Attack{}},
		out:     out,
		empty:   true,
		needs:   needs,
		judge: func(t *Trial, w rewriting) {
			switch {
			case !sameAround(w.before, w.after, w.rs):
				t.Outcome, t.Cause = "changed", "a text that was to stay is another"
			case t.Outcome == "":
				t.Outcome = "written"
			}
		},
	}.all(ctx, dir, each)
	return DocumentTrials(ts), err
}

// needs tells the words that web pages, drawings and mail are written with: names of
// elements, attributes, properties of style sheets, header fields and their values.
// A person whose name is one (Mark, in a page with marked words) is found again by the
// attacks, which cannot know better, and nothing is exported.
func needs(mediaType, word string) bool {
	word = strings.ToLower(word)
	switch mediaType {
	case mail.Type: // its parts may be pages
		return mailWords[word] || pageWords[word] || atom.Lookup([]byte(word)) != 0
	case web.HTML, web.XHTML, web.SVG:
		return pageWords[word] || atom.Lookup([]byte(word)) != 0
	}
	return false
}

var (
	mailWords = wordSet(`content type transfer encoding disposition description location base mime version multipart mixed alternative related report digest signed text plain html
		message delivery status application octet stream image ascii charset boundary name filename format flowed delsp start attachment inline from subject date sender reply resent
		received delivered return path references quoted printable base64 part parts none unknown external body access`)
	pageWords = wordSet(`http https mailto file javascript doctype xhtml html text plain http charset equiv content type css http public transitional strict
		style none block inline auto bold normal italic solid dotted dashed hidden visible left right center middle bottom color background border margin padding width height weight
		family size float clear both fixed absolute relative repeat white black blue green grey gray silver serif sans arial helvetica verdana georgia times roman courier monospace
		underline decoration line align vertical spacing transform uppercase lowercase position display overflow cursor pointer collapse bottom screen print media import
		true false null unset initial inherit important xmlns svg path rect group defs symbol polygon circle ellipse text tspan gradient linear radial stop transform matrix translate rotate scale stroke fill
		opacity viewbox space preserve middle anchor start`)
)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// sameAround reports whether the texts of body pages for which there are no orders
// are as they were.
func sameAround(before, after []redact.Page, rs []redact.Redaction) bool {
	type place struct{ page, span int }
	touched := map[place]bool{}
	for _, r := range rs {
		if r.Region.Part == redact.PartBody {
			touched[place{r.Region.Page, r.Region.Span}] = true
		}
	}
	now := map[int]redact.Page{}
	for _, p := range after {
		if p.Part == redact.PartBody {
			now[p.Index] = p
		}
	}
	for _, p := range before {
		if p.Part != redact.PartBody {
			continue
		}
		if len(now[p.Index].Spans) != len(p.Spans) {
			return false
		}
		for i, s := range p.Spans {
			if !touched[place{p.Index, s.ID}] && now[p.Index].Spans[i].Text != s.Text {
				return false
			}
		}
	}
	return true
}

// Write prints a table of outcomes by the files' endings, then the causes.
func (ts DocumentTrials) Write(w io.Writer) error {
	outcomes := []string{"written", "no-text", "unreadable", "refused", "changed", "leak"}
	count, causes := map[string]map[string]int{}, map[string]int{}
	var took time.Duration
	removed := 0
	for _, t := range ts {
		x := strings.ToLower(filepath.Ext(t.File))
		if count[x] == nil {
			count[x] = map[string]int{}
		}
		count[x][t.Outcome]++
		if t.Cause != "" {
			causes[t.Outcome+": "+t.Cause]++
		}
		removed, took = removed+t.Removed, took+t.Took
	}
	fmt.Fprintf(w, "%-8s", "")
	for _, o := range outcomes {
		fmt.Fprintf(w, "%12s", o)
	}
	for _, x := range sortedKeys(count) {
		fmt.Fprintf(w, "\n%-8s", x)
		for _, o := range outcomes {
			fmt.Fprintf(w, "%12d", count[x][o])
		}
	}
	fmt.Fprintln(w)
	for _, c := range sortedKeys(causes) {
		fmt.Fprintf(w, "%5d  %s\n", causes[c], c)
	}
	_, err := fmt.Fprintf(w, "%5d  files; %d places removed in %.1f s\n", len(ts), removed, took.Seconds())
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
