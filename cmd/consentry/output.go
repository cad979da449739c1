package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// json prints one object on one line.
func (c *cli) json(v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// table prints rows under a head.
func (c *cli) table(rows ...[]string) error {
	w := tabwriter.NewWriter(c.out, 0, 4, 2, ' ', 0)
	for _, r := range rows {
		if _, err := fmt.Fprintln(w, strings.Join(r, "\t")); err != nil {
			return err
		}
	}
	return w.Flush()
}

// A listing is a table with a head, or one JSON object for each thing in it.
type listing struct {
	c      *cli
	asJSON bool
	rows   [][]string
}

func (c *cli) listing(asJSON bool, head ...string) *listing {
	return &listing{c, asJSON, [][]string{head}}
}

// add lists a thing that has these rows.
func (l *listing) add(v any, rows ...[]string) error {
	if l.asJSON {
		return l.c.json(v)
	}
	l.rows = append(l.rows, rows...)
	return nil
}

// print prints the table.
func (l *listing) print() error {
	if l.asJSON {
		return nil
	}
	return l.c.table(l.rows...)
}

// row is one finding of scan --json; docs/json.md says what each field means.
type row struct {
	Asset    string             `json:"asset"`
	Item     string             `json:"item"`
	Part     string             `json:"part"`
	Page     int                `json:"page"`
	Kind     redact.Kind        `json:"kind"`
	Text     string             `json:"text"`
	Start    int                `json:"start"`
	End      int                `json:"end"`
	Box      []int              `json:"box"`
	Score    float64            `json:"score"`
	Tier     redact.Tier        `json:"tier"`
	By       string             `json:"by"`
	Why      string             `json:"why"`
	Verdict  authz.Verdict      `json:"verdict"`
	Exempt   string             `json:"exempt,omitempty"`
	Reason   string             `json:"reason"`
	Is       redact.Sensitivity `json:"sensitivity"`
	Subject  authz.SubjectID    `json:"subject"`
	Consents []authz.ConsentID  `json:"consents"`
	Holds    redact.Kind        `json:"holds,omitempty"`
	RestOf   string             `json:"rest_of,omitempty"`
	Matches  []casework.Likely  `json:"matches,omitempty"`
	Group    string             `json:"group,omitempty"`
	Of       string             `json:"mention_of,omitempty"`
	Role     string             `json:"role,omitempty"`
}

type failure struct {
	Asset string `json:"asset"`
	Error string `json:"error"`
}

func rowOf(p *casework.Plan, it *casework.Item) row {
	f := it.Finding
	r := row{
		Asset: p.Case.Assets[it.Asset].Name, Item: it.ID, Part: f.Region.Part, Page: f.Region.Page, Kind: f.Kind, Is: it.Sensitivity, Text: f.Text,
		Start: f.Region.Start, End: f.Region.End, Score: f.Score, Tier: f.Tier, By: f.By, Why: f.Why,
		Verdict: it.Decision.Verdict, Exempt: it.Exempt, Reason: it.Decision.Reason, Subject: it.Decision.Subject, Consents: it.Decision.Consents,
		RestOf: it.RestOf, Matches: it.Likely, Group: it.Group,
	}
	if c := p.ChainOf(it.ID); c != nil {
		r.Of, r.Role = c.Name, c.Role
	}
	if it.IsDrawn() {
		r.Holds = it.Holds()
	}
	if b := f.Region.Box; !b.Empty() {
		r.Box = []int{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}
	}
	return r
}

// rows prints every finding and every asset that could not be read, and says
// whether there was one.
func (c *cli) rows(p *casework.Plan, asJSON bool) (failed bool, err error) {
	c.tellUnused(p)
	for _, r := range p.Case.Refused {
		failed = true
		if err := c.failed(r.Name, r.Reason, asJSON); err != nil {
			return failed, err
		}
	}
	var lines [][]string
	for i, a := range p.Case.Assets {
		if e := p.Assets[i].Err; e != nil {
			failed = true
			if err := c.failed(a.Name, casework.Hint(e), asJSON); err != nil {
				return failed, err
			}
			continue
		}
		for j := range p.Items {
			it := &p.Items[j]
			if it.Asset != i {
				continue
			}
			r := rowOf(p, it)
			if asJSON {
				if err := c.json(r); err != nil {
					return failed, err
				}
				continue
			}
			place := fmt.Sprintf("%d-%d", r.Start, r.End)
			if r.Box != nil {
				place = fmt.Sprintf("%d,%d %dx%d", r.Box[0], r.Box[1], r.Box[2], r.Box[3])
			}
			verdict := r.Verdict.String()
			if it.Exempt != "" {
				verdict = "show"
			}
			lines = append(lines, []string{r.Asset, r.Part, place, string(r.Kind), strings.Join(strings.Fields(r.Text), " "), r.Tier.String(), verdict, r.Reason, it.ID})
		}
	}
	if !asJSON {
		err = c.table(append([][]string{{"ASSET", "PART", "PLACE", "KIND", "TEXT", "TIER", "VERDICT", "REASON", "ITEM"}}, lines...)...)
	}
	return failed, err
}

func (c *cli) failed(asset, why string, asJSON bool) error {
	if asJSON {
		return c.json(failure{asset, why})
	}
	_, err := fmt.Fprintf(c.err, "consentry: %s: %s\n", asset, why)
	return err
}
