package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

// withSubject opens the vault for one short command about somebody.
func (c *cli) withSubject(cmd *cobra.Command, who string, do func(context.Context, app, authz.SubjectID) error) error {
	return c.withApp(func(a app) error {
		id, err := c.subjectNamed(cmd.Context(), a.Vault, who)
		if err != nil {
			return err
		}
		return do(cmd.Context(), a, id)
	})
}

func (c *cli) subjectShowCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show SUBJECT", Short: "Everything the registry holds of somebody", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				d, err := a.Dossier(ctx, id)
				if err != nil {
					return err
				}
				if asJSON {
					return c.json(d)
				}
				s := d.Subject
				rows := [][]string{{"id", string(s.ID)}, {"kind", string(s.Kind)}}
				for _, n := range s.Names {
					rows = append(rows, []string{"name", strings.TrimSpace(n.Text + "  " + n.Use)})
				}
				for _, t := range s.Contacts {
					rows = append(rows, []string{t.Kind, t.Value})
				}
				for _, f := range [][2]string{{"company", s.Company}, {"employer", string(s.Employer)}, {"post", s.Post}, {"since", dayOf(s.Since)},
					{"role", string(s.Role)}, {"age", string(s.Age)}, {"note", s.Note}, {"keep until", dayOf(s.Retention)}} {
					if f[1] != "" {
						rows = append(rows, f[:])
					}
				}
				for _, k := range d.Consents {
					rows = append(rows, []string{"consent", fmt.Sprintf("%s  %s  %s  %s", k.ID, k.StateAt(time.Now()), words(k.Purposes), dayOf(lastDay(k.Until)))})
					for _, e := range k.Events {
						rows = append(rows, []string{"", strings.TrimSpace(fmt.Sprintf("%s  %s  %s  %s", e.At.Local().Format(time.DateTime), e.State, e.By, e.Intake))})
					}
				}
				for _, g := range d.Grounds {
					rows = append(rows, []string{"ground", g.ID + "  " + groundOf(g)})
				}
				for _, e := range d.Evidence {
					rows = append(rows, []string{"evidence", e.SHA256 + "  " + e.Of + "  " + e.Name})
				}
				return c.table(rows...)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.DateOnly)
}

// lastDay is the last day of a period whose end is exclusive.
func lastDay(until time.Time) time.Time {
	if until.IsZero() {
		return until
	}
	return until.Add(-time.Microsecond)
}

func (c *cli) subjectChangeCmd() *cobra.Command {
	var f facts
	var name string
	cmd := &cobra.Command{
		Use: "change SUBJECT", Short: "Put other facts about somebody; names and contacts are added", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				s, err := a.Vault.Subject(ctx, id)
				if err != nil {
					return err
				}
				if name = strings.TrimSpace(name); name != "" && len(s.Names) > 0 && s.Names[0].Text != name {
					s.Names[0].Use = "former"
					s.Names = append([]authz.Name{{Text: name, Use: "legal"}}, s.Names...)
				}
				if err := f.put(cmd, a, &s); err != nil {
					return err
				}
				if err := c.tellForm(cmd, a, s); err != nil {
					return err
				}
				return a.ChangeSubject(ctx, s)
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&name, "name", "", "the name borne now; the one before is kept as a former name")
	return cmd
}

func (c *cli) subjectDuplicatesCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "duplicates", Short: "Records that may be of one and the same", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				all, err := a.Vault.Subjects(cmd.Context())
				if err != nil {
					return err
				}
				list := c.listing(asJSON, "ONE", "OTHER", "WHY", "SCORE")
				for _, p := range exchange.Duplicates(all) {
					if err := list.add(p, []string{string(p.A), string(p.B), words(p.Why), fmt.Sprintf("%.2f", p.Score)}); err != nil {
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

func (c *cli) subjectMergeCmd() *cobra.Command {
	return &cobra.Command{
		Use: "merge KEEP OTHER", Short: "Make one record of two; unmerge undoes it", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				m, err := a.Merge(cmd.Context(), authz.SubjectID(args[0]), authz.SubjectID(args[1]))
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(c.out, m.ID)
				return err
			})
		},
	}
}

func (c *cli) subjectUnmergeCmd() *cobra.Command {
	return &cobra.Command{
		Use: "unmerge MERGE", Short: "Make two records of one again", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				_, err := a.Unmerge(cmd.Context(), args[0])
				return err
			})
		},
	}
}

func (c *cli) subjectCopyCmd() *cobra.Command {
	var out, to string
	cmd := &cobra.Command{
		Use: "copy SUBJECT -o FILE.zip --to NAME", Short: "Write all that is kept of somebody, to be handed to them (PIPL 45)", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" || to == "" {
				return usage("-o and --to are needed")
			}
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				return writeNew(out, func(f *os.File) error { return a.Copy(cmd.Context(), id, to, f) })
			})
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "the zip `file` to write")
	cmd.Flags().StringVar(&to, "to", "", "to whom it is handed; kept as a salted digest")
	return cmd
}

// writeNew writes a file that is not there yet.
func writeNew(name string, write func(*os.File) error) error {
	err := wiring.WriteNew(name, write)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s is there already", name)
	}
	return err
}

func (c *cli) subjectEraseCmd() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use: "erase SUBJECT --yes", Short: "Delete somebody from the registry with all records and evidence (PIPL 47)", Args: cobra.ExactArgs(1),
		Long: `Deletes names, consents, grounds, evidence, face template and logos of a subject. The ledger
keeps its entries, which name nobody and still verify. Whoever is not registered is hidden.
Cases that are kept may still hold the name in their answers; case list shows them.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !sure {
				return usage("it cannot be undone: say --yes")
			}
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				n, err := a.Erase(cmd.Context(), id)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.out, "%s erased, with %d consent(s)\n", id, n)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&sure, "yes", false, "do it")
	return cmd
}

// newSubject is what subject add registers.
func newSubject(kind string, names []string) authz.Subject {
	s := authz.Subject{ID: authz.SubjectID(store.NewID("s_")), Kind: authz.Kind(kind), Age: "adult", Created: time.Now().UTC()}
	for i, n := range names {
		use := "legal"
		if i > 0 {
			use = "alias"
		}
		s.Names = append(s.Names, authz.Name{Text: n, Use: use})
	}
	return s
}
