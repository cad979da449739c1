package main

import (
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/redact"
)

// reviewFlags say which finding is meant, and what a reviewer answers.
type reviewFlags struct {
	item, text, group         string
	draw, box, kind           string
	page                      int
	identify, move, cover     string
	with                      string
	hide, clear, remove, undo bool
	reason                    string

	file string          // of draw, without the box
	at   image.Rectangle // of move and draw
}

func (c *cli) caseReviewCmd() *cobra.Command {
	var r reviewFlags
	cmd := &cobra.Command{
		Use:   "review CASE",
		Short: "List the open questions, or answer one",
		Long: `Without an answer, lists what a person has to decide. A reviewer says who it is
(--identify), hides (--hide), clears what names or shows nobody (--clear; a box the
detector was sure of needs a --reason), marks a region (--draw), moves a box (--move)
or takes one away (--delete), and says what stands instead of a subject in the whole
case (--with). Nothing shows anybody but a consent: where a moved box
was found stays hidden until that place is cleared too.

Boxes are X,Y,W,H in pixels of the upright picture, from the top left.`,
		Example: `  consentry case review C-0a1b2c3d4e
  consentry case review C-0a1b2c3d4e --item 5f0c1d2e3a --identify s_7Q...
  consentry case review C-0a1b2c3d4e --text "Wang Min" --hide
  consentry case review C-0a1b2c3d4e --item 5f0c1d2e3a --with 某大型制造企业
  consentry case review C-0a1b2c3d4e --group g5f0c1d2e --identify 林知遥
  consentry case review C-0a1b2c3d4e --draw photos/1.jpg --box 120,80,60,60 --kind face
  consentry case review C-0a1b2c3d4e --item 5f0c1d2e3a --move 118,84,64,70
  consentry case review C-0a1b2c3d4e --item 5f0c1d2e3a --delete --reason "a face on a poster of ours"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := r.check(cmd); err != nil {
				return err
			}
			return c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error {
				if r.undo {
					_, err := d.Undo(cmd.Context(), p)
					return err
				}
				ans := casework.Answer{Item: r.item, Text: r.text, By: c.who(), Reason: r.reason}
				if r.identify != "" {
					id, err := c.subjectNamed(cmd.Context(), d.Registry, r.identify)
					if err != nil {
						return err
					}
					ans.Action, ans.Subject = casework.Identify, id
				}
				if err := r.fill(p, &ans); err != nil {
					return err
				}
				switch {
				case ans.Action == "":
					return c.questions(p)
				case r.group != "":
					return d.AnswerGroup(cmd.Context(), p, r.group, ans)
				}
				if err := d.Answer(cmd.Context(), p, ans); err != nil || ans.Action != casework.Draw {
					return err
				}
				_, err := fmt.Fprintln(c.out, ans.DrawnID()) // to move it, or say who it is
				return err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.item, "item", "", "the finding's `id`, as listed")
	f.StringVar(&r.text, "text", "", "every finding of this `text` in the case")
	f.StringVar(&r.group, "group", "", "every face of this `group` of unknown ones, as listed by case show")
	f.StringVar(&r.identify, "identify", "", "it is this `subject`: an id of the registry, or a name that only one bears")
	f.BoolVar(&r.hide, "hide", false, "hide it whatever the registry says")
	f.BoolVar(&r.clear, "clear", false, "it names or shows nobody")
	f.BoolVar(&r.remove, "delete", false, "take a drawn box back, clear a found one")
	f.StringVar(&r.move, "move", "", "the box stands at `X,Y,W,H`")
	f.StringVar(&r.cover, "cover", "", "how much is hidden with this face: face or person")
	f.StringVar(&r.draw, "draw", "", "hide a region of this `file` too: with --box, or FILE:X,Y,W,H")
	f.StringVar(&r.box, "box", "", "the drawn box: `X,Y,W,H`")
	f.IntVar(&r.page, "page", 0, "the drawn box's page or frame, from 0")
	f.StringVar(&r.kind, "kind", "", "what the drawn box holds: face (default), logo, qr-code, text, other")
	f.StringVar(&r.with, "with", "", "these `words` stand instead of the subject, in the whole case")
	f.BoolVar(&r.undo, "undo", false, "take the last answer back")
	c.byFlag(f)
	f.StringVar(&r.reason, "reason", "", "why")
	cmd.MarkFlagsMutuallyExclusive("identify", "hide", "clear", "delete", "move", "cover", "draw", "with", "undo")
	cmd.MarkFlagsMutuallyExclusive("item", "text", "group", "draw")
	return cmd
}

// check finds what is wrong with the call before anything is opened.
func (r *reviewFlags) check(cmd *cobra.Command) error {
	for _, name := range []string{"box", "page", "kind"} {
		if cmd.Flags().Changed(name) && r.draw == "" {
			return usage("--%s goes with --draw", name)
		}
	}
	var err error
	switch {
	case r.move != "":
		r.at, err = parseBox("--move", r.move)
	case r.draw != "":
		box := r.box
		r.file = r.draw
		if i := strings.LastIndex(r.draw, ":"); box == "" && i >= 0 {
			r.file, box = r.draw[:i], r.draw[i+1:]
		}
		if box == "" {
			return usage("--draw wants a --box X,Y,W,H")
		}
		r.at, err = parseBox("--box", box)
	}
	if err != nil {
		return err
	}
	answers := r.identify != "" || r.hide || r.clear || r.remove || r.move != "" || r.cover != "" || r.with != ""
	switch {
	case !answers:
	case r.item == "" && r.text == "" && r.group == "":
		return usage("name the finding with --item, a text with --text, or a group with --group")
	case r.item == "" && (r.remove || r.move != "" || r.cover != "" || r.with != ""):
		return usage("--delete, --move, --cover and --with go with --item")
	}
	return nil
}

// fill puts the answer that the flags give into ans; none leaves it as it is.
func (r *reviewFlags) fill(p *casework.Plan, ans *casework.Answer) error {
	switch {
	case r.hide:
		ans.Action = casework.HideIt
	case r.clear:
		ans.Action = casework.Clear
	case r.remove:
		ans.Action = casework.Delete
	case r.cover != "":
		ans.Action, ans.Cover = casework.CoverIt, casework.Cover(r.cover)
	case r.with != "":
		ans.Action, ans.With = casework.Phrase, r.with
	case r.move != "":
		ans.Action, ans.Region.Box = casework.Move, r.at
	case r.draw != "":
		ans.Action, ans.Kind = casework.Draw, redact.Kind(r.kind)
		if r.kind == "text" {
			ans.Kind = redact.Other
		}
		for _, a := range p.Case.Assets {
			if a.Name == filepath.ToSlash(r.file) {
				ans.Asset = a.Digest
			}
		}
		if ans.Asset == (redact.Digest{}) {
			return usage("--draw: the case has no file of that name")
		}
		ans.Region.Page, ans.Region.Box = r.page, r.at
	}
	return nil
}

// parseBox reads X,Y,W,H.
func parseBox(flag, s string) (image.Rectangle, error) {
	var x, y, w, h int
	var rest string
	if n, _ := fmt.Sscanf(s, "%d,%d,%d,%d%s", &x, &y, &w, &h, &rest); n != 4 || w <= 0 || h <= 0 {
		return image.Rectangle{}, usage("%s wants X,Y,W,H in pixels, the size above zero", flag)
	}
	return image.Rect(x, y, x+w, y+h), nil
}

func (c *cli) questions(p *casework.Plan) error {
	rows := [][]string{{"ITEM", "ASSET", "KIND", "TEXT", "REASON", "CANDIDATES"}}
	for _, q := range p.Questions() {
		var who []string
		for _, m := range q.Candidates {
			who = append(who, string(m.Subject)+likeness(q, m.Subject))
		}
		rows = append(rows, []string{q.ID, p.Case.Assets[q.Asset].Name, string(q.Finding.Kind), q.Finding.Text, q.Decision.Reason, strings.Join(who, " ")})
	}
	return c.table(rows...)
}
