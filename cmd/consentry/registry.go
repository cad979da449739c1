package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/registry"
)

func (c *cli) subjectCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "subject", Short: "People and companies of the registry: add, change, show, list, import, merge, copy, erase"}
	cmd.AddCommand(c.subjectAddCmd(), c.subjectChangeCmd(), c.subjectShowCmd(), c.subjectListCmd(), c.subjectImportCmd(), c.exportRegistryCmd(),
		c.subjectDuplicatesCmd(), c.subjectMergeCmd(), c.subjectUnmergeCmd(), c.subjectCopyCmd(), c.subjectEraseCmd(),
		c.subjectEnrolCmd(), c.subjectUnenrolCmd(), c.subjectEnrolledCmd(), c.logoCmd())
	return cmd
}

func (c *cli) subjectAddCmd() *cobra.Command {
	var f facts
	var kind string
	var names []string
	cmd := &cobra.Command{
		Use:     "add --kind person|organisation --name NAME [--alias NAME]...",
		Short:   "Register a person or company; being registered shows nobody",
		Example: `  consentry subject add --kind person --name 林知遥 --alias "Lin Zhiyao" --company 云岚科技`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(names) == 0 {
				return usage("--name is needed")
			}
			if kind != string(authz.Person) && kind != string(authz.Organisation) {
				return usage("--kind: %q is neither person nor organisation", kind)
			}
			for _, n := range names {
				if strings.TrimSpace(n) == "" {
					return usage("a name is empty")
				}
			}
			return c.withApp(func(a app) error {
				s := newSubject(kind, names)
				if err := f.put(cmd, a, &s); err != nil {
					return err
				}
				if err := c.tellForm(cmd, a, s); err != nil {
					return err
				}
				if err := a.AddSubject(cmd.Context(), s); err != nil {
					return err
				}
				_, err := fmt.Fprintln(c.out, s.ID)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "person or organisation")
	cmd.Flags().StringArrayVar(&names, "name", nil, "the `name`")
	f.flags(cmd)
	return cmd
}

func (c *cli) subjectImportCmd() *cobra.Command {
	var dry bool
	var mapping, save string
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Import subjects and consents: CSV, Excel, vCard, consent records in JSON-LD", Args: cobra.ExactArgs(1),
		Long: `Reads a table (CSV in UTF-8, UTF-16 or GB18030; .xlsx), cards (vCard 2.1 to 4.0) or consent records
(ISO/IEC TS 27560 in JSON-LD). Columns are ours (docs/exchange.md), or those of a CRM or address book, by
a mapping that is guessed, saved with --save-mapping and used again with --mapping NAME. A grant
without notice, purpose or evidence comes in as ConsentUnknown. Where you may not confirm grants,
those of the file wait (consent confirm).`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				f, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("open the file: %w", err)
				}
				defer f.Close()
				fi, err := f.Stat()
				if err != nil {
					return err
				}
				name := filepath.Base(args[0])
				m, err := c.mapping(ctx, a, mapping, save, name, f, fi.Size())
				if err != nil {
					return err
				}
				b, err := a.Sheet().ImportFile(name, f, fi.Size(), m)
				if err != nil {
					return err
				}
				for _, p := range b.Problems {
					fmt.Fprintln(c.err, "consentry:", p.Text(string(c.language())))
				}
				preview, err := exchange.Compare(ctx, b, a.Vault)
				if err != nil {
					return err
				}
				if !dry {
					if err := a.Import(ctx, b); err != nil {
						return err
					}
				}
				if _, err := fmt.Fprintf(c.out, "%d subjects, %d consents, %d problems\n%s\n", len(b.Subjects), len(b.Consents), len(b.Problems), preview); err != nil {
					return err
				}
				if len(b.Problems) > 0 {
					return errPartly
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVarP(&dry, "dry-run", "n", false, "say what would be imported, and import nothing")
	cmd.Flags().StringVar(&mapping, "mapping", "", "`name` of a saved mapping of columns")
	cmd.Flags().StringVar(&save, "save-mapping", "", "save the mapping that was guessed under this `name`")
	return cmd
}

// mapping is the saved one of a name, or the guessed one saved under a name; nil
// where neither is asked for.
func (c *cli) mapping(ctx context.Context, a app, use, save, name string, f *os.File, size int64) (*exchange.Mapping, error) {
	switch {
	case use != "":
		return a.Mapping(ctx, use)
	case save != "":
		_, header, err := exchange.Header(name, f, size)
		if err != nil {
			return nil, err
		}
		m := exchange.Guess(header)
		return &m, a.SaveMapping(ctx, save, m)
	}
	return nil, nil
}

func (c *cli) exportRegistryCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "export -o FILE.csv|.xlsx|.jsonld|.vcf", Short: "Write the registry out; that is logged", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("-o is needed")
			}
			return c.withApp(func(a app) error {
				return writeNew(out, func(f *os.File) error {
					return a.Export(cmd.Context(), strings.ToLower(filepath.Ext(out)), a.Sheet(), f)
				})
			})
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "the `file` to write: .csv, .xlsx, .jsonld, .vcf")
	return cmd
}

func (c *cli) subjectListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list [TEXT]", Short: "List subjects, or those whose names hold TEXT", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			all, err := listed(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			list := c.listing(asJSON, "SUBJECT", "KIND", "NAME", "COMPANY", "ROLE", "OTHER NAMES")
			for _, s := range all {
				var names []string
				for _, n := range s.Names {
					names = append(names, n.Text)
				}
				err := list.add(s, []string{string(s.ID), string(s.Kind), s.Title(), s.Company, string(s.Role), strings.Join(names[min(1, len(names)):], "; ")})
				if err != nil {
					return err
				}
			}
			return list.print()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// listed are all subjects, or those whose names hold a text, who come from the index
// of names: only they are opened.
func listed(ctx context.Context, a app, text []string) ([]authz.Subject, error) {
	if len(text) == 0 {
		return a.Vault.Subjects(ctx)
	}
	names, err := a.Vault.Names(ctx)
	if err != nil {
		return nil, err
	}
	var all []authz.Subject
	for _, h := range names.Search(text[0], 0) {
		s, err := a.Vault.Subject(ctx, authz.SubjectID(h.Subject))
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// subjectNamed finds a subject by id, or by a name, telephone number or e-mail
// address that only one has.
func (c *cli) subjectNamed(ctx context.Context, r authz.Registry, who string) (authz.SubjectID, error) {
	id, err := registry.Named(ctx, r, who)
	if errors.Is(err, registry.ErrNamesakes) {
		return "", usage("%v (consentry subject list)", err)
	}
	return id, err
}

func (c *cli) allowCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "allow", Short: "The allow-list: texts that need no hiding, each with a reason"}
	var reason string
	add := &cobra.Command{
		Use: "add TEXT --reason WHY", Short: "Allow a text: the own company, a product, a place, a public body", Args: cobra.ExactArgs(1),
		Example: `  consentry allow add 苏州 --reason "city, not a person or company"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(reason) == "" || strings.TrimSpace(args[0]) == "" {
				return usage("an allowed text needs a --reason")
			}
			return c.withApp(func(a app) error {
				return a.Permit(cmd.Context(), args[0], reason)
			})
		},
	}
	add.Flags().StringVar(&reason, "reason", "", "`why` it needs no hiding")
	c.byFlag(add.Flags())
	remove := &cobra.Command{
		Use: "remove TEXT", Short: "Take a text off the list", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error { return a.Unpermit(cmd.Context(), args[0]) })
		},
	}
	var asJSON bool
	list := &cobra.Command{
		Use: "list", Short: "List allowed texts", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				all, err := a.Vault.Allowed(cmd.Context())
				if err != nil {
					return err
				}
				list := c.listing(asJSON, "TEXT", "REASON", "BY", "AT")
				for _, e := range all {
					if err := list.add(e, []string{e.Text, e.Reason, e.By, e.At.Local().Format(time.DateOnly)}); err != nil {
						return err
					}
				}
				return list.print()
			})
		},
	}
	list.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.AddCommand(add, remove, list, c.allowProposeCmd())
	return cmd
}

func (c *cli) allowProposeCmd() *cobra.Command {
	var least int
	var asJSON bool
	cmd := &cobra.Command{
		Use: "propose", Short: "Names that recur over the kept cases and may belong on the list; nothing is put there", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if least < 1 {
				return usage("--cases: %d is less than 1", least)
			}
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			d, err := a.Desk(cmd.Context(), c.writing, c.progress())
			if err != nil {
				return err
			}
			all, err := d.Recurring(cmd.Context(), least)
			if err != nil {
				return err
			}
			list := c.listing(asJSON, "CASES", "KIND", "TEXT")
			for _, r := range all {
				if err := list.add(r, []string{fmt.Sprint(r.Cases), string(r.Kind), r.Text}); err != nil {
					return err
				}
			}
			return list.print()
		},
	}
	cmd.Flags().IntVar(&least, "cases", 3, "in at least so many cases")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}
