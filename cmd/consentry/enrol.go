package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/internal/wiring"
)

func (c *cli) subjectEnrolCmd() *cobra.Command {
	var face []int
	cmd := &cobra.Command{
		Use:   "enrol SUBJECT PHOTO...",
		Short: "Let a person be found again by their face, with their own separate consent to that",
		Long: `Makes a face template from photos that the person gave, seals it in the vault and
keeps no photo. Needs the person's own, separate consent to face matching (consentry
consent grant SUBJECT --kind face-match); when that ends, the template is deleted.
Each photo shows one clear face, or --face says which: counted from the left, one
number a photo, 0 for the only one.`,
		Example: `  consentry subject enrol 林知遥 portrait.jpg badge.jpg
  consentry subject enrol 林知遥 team.jpg portrait.jpg --face 3,0`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(face) > 0 && len(face) != len(args)-1 {
				return usage("--face wants one number for each photo, 0 where it shows one face only")
			}
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				id, err := c.subjectNamed(ctx, a.Vault, args[0])
				if err != nil {
					return err
				}
				var photos []wiring.Portrait
				for i, name := range args[1:] {
					f, err := os.Open(name)
					if err != nil {
						return err
					}
					defer f.Close()
					st, err := f.Stat()
					if err != nil {
						return err
					}
					p := wiring.Portrait{Name: filepath.Base(name), Body: f, Size: st.Size()}
					if len(face) > 0 {
						p.Face = face[i]
					}
					photos = append(photos, p)
				}
				e, err := a.Enrol(ctx, id, c.who(), photos)
				if err != nil {
					return err
				}
				if len(e.Alike) > 0 {
					fmt.Fprintf(c.err, "consentry: looks like %s, enrolled too: a person will be asked to tell them apart\n", words(e.Alike))
				}
				_, err = fmt.Fprintf(c.out, "%s enrolled from %d photo(s) under consent %s\n", e.Subject, e.Photos, e.Consent)
				return err
			})
		},
	}
	cmd.Flags().IntSliceVar(&face, "face", nil, "which face of each photo, from the left: `N,…`")
	c.byFlag(cmd.Flags())
	return cmd
}

func (c *cli) subjectUnenrolCmd() *cobra.Command {
	return &cobra.Command{
		Use: "unenrol SUBJECT", Short: "Delete a person's face template; the consent stays as it is", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				id, err := c.subjectNamed(cmd.Context(), a.Vault, args[0])
				if err != nil {
					return err
				}
				if err := a.Unenrol(cmd.Context(), id); err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.out, "%s: face template deleted\n", id)
				return err
			})
		},
	}
}

func (c *cli) subjectEnrolledCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "enrolled", Short: "List who is enrolled with their face; templates whose consent ended are deleted", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				all, err := a.Enrolled(cmd.Context())
				if err != nil {
					return err
				}
				list := c.listing(asJSON, "SUBJECT", "NAME", "CONSENT", "PHOTOS", "ENROLLED", "BY", "STATE")
				for _, e := range all {
					s, err := a.Vault.Subject(cmd.Context(), e.Subject)
					if err != nil {
						return err
					}
					state := "used"
					if e.Unused != "" {
						state = "not used: " + unusedReason(e.Unused)
					}
					if err := list.add(e, []string{string(e.Subject), s.Title(), string(e.Consent), strconv.Itoa(e.Photos), e.At.Local().Format(time.DateOnly), e.By, state}); err != nil {
						return err
					}
				}
				return list.print()
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// unusedReason words why no face is compared with a template.
func unusedReason(code string) string {
	if code == casework.TemplateStale {
		return "made by other models than this program's; enrol the person again"
	}
	return "no valid consent to face matching any more (" + code + ")"
}

// tellUnused names the templates that no face was compared with.
func (c *cli) tellUnused(p *casework.Plan) {
	for _, u := range p.Unused {
		fmt.Fprintf(c.err, "consentry: face template of %s not used: %s\n", u.Subject, unusedReason(u.Reason))
	}
}

func (c *cli) vaultAssessCmd() *cobra.Command {
	var note, by string
	var off bool
	cmd := &cobra.Command{
		Use:   "assess face-grouping --note TEXT --by NAME",
		Short: "Turn on what needs an assessment first: the grouping of unknown faces",
		Long: `Grouping puts the unknown faces of one case that seem to be one person's together, so
that one answer settles all of them. It computes features of people who are not
enrolled and agreed to nothing, in memory only. It is off until the vault's owner
writes down why it is needed and what it does to them (PIPL 55); the note is kept
sealed. --off turns it off and deletes the groups, with all kept scan results.`,
		Example: `  consentry vault assess face-grouping --by "Zhou" --note "Assessment 2026-14: ..."`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] != casework.FaceGrouping {
				return usage("there is nothing to assess called %q: face-grouping", args[0])
			}
			if !off && (strings.TrimSpace(note) == "" || strings.TrimSpace(by) == "") {
				return usage("an assessment needs --note and --by")
			}
			return c.withApp(func(a app) error {
				if off {
					return a.StopGrouping(cmd.Context())
				}
				return a.AssessGrouping(cmd.Context(), note, by)
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "the assessment, or where it lies: `text`")
	cmd.Flags().StringVar(&by, "by", "", "`name` of who made it")
	cmd.Flags().BoolVar(&off, "off", false, "turn it off")
	cmd.MarkFlagsMutuallyExclusive("note", "off")
	return cmd
}

// groups lists the groups of unknown faces of a case.
func (c *cli) groups(p *casework.Plan) error {
	gs := p.Groups()
	if len(gs) == 0 {
		return nil
	}
	rows := [][]string{{"GROUP", "FACES", "FILES"}}
	for _, g := range gs {
		files := map[string]bool{}
		var names []string
		for _, id := range g.Items {
			if it := p.Item(id); it != nil && !files[p.Case.Assets[it.Asset].Name] {
				files[p.Case.Assets[it.Asset].Name] = true
				names = append(names, p.Case.Assets[it.Asset].Name)
			}
		}
		rows = append(rows, []string{g.ID, strconv.Itoa(len(g.Items)), strings.Join(names, " ")})
	}
	if _, err := fmt.Fprintln(c.out); err != nil {
		return err
	}
	return c.table(rows...)
}
