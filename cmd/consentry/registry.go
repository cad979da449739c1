package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/store"
)

func (c *cli) subjectCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "subject", Short: "People and companies of the registry: add, import, list"}
	cmd.AddCommand(c.subjectAddCmd(), c.subjectImportCmd(), c.subjectListCmd(), c.subjectEnrolCmd(), c.subjectUnenrolCmd(), c.subjectEnrolledCmd(), c.logoCmd())
	return cmd
}

func (c *cli) subjectAddCmd() *cobra.Command {
	var kind, company, role, age string
	var names, aliases, former []string
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
			for _, n := range slices.Concat(names, aliases, former) {
				if strings.TrimSpace(n) == "" {
					return usage("a name is empty")
				}
			}
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			if v := a.Pack.Vocabulary; !v.Ages.Has(age) || role != "" && role != "customer" && !v.Roles.Has(role) {
				return usage("--age or --role is not in the rule pack")
			}
			s := authz.Subject{ID: authz.SubjectID(store.NewID("s_")), Kind: authz.Kind(kind), Company: company, Role: authz.Role(role), Age: authz.Age(age), Created: time.Now().UTC()}
			for i, n := range names {
				use := "legal"
				if i > 0 {
					use = "alias"
				}
				s.Names = append(s.Names, authz.Name{Text: n, Use: use})
			}
			for _, n := range aliases {
				s.Names = append(s.Names, authz.Name{Text: n, Use: "alias"})
			}
			for _, n := range former {
				s.Names = append(s.Names, authz.Name{Text: n, Use: "former"})
			}
			if err := a.AddSubject(cmd.Context(), s); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.out, s.ID)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", "", "person or organisation")
	f.StringArrayVar(&names, "name", nil, "the `name`")
	f.StringArrayVar(&aliases, "alias", nil, "another `name` of the same subject")
	f.StringArrayVar(&former, "former", nil, "a `name` the subject bore before")
	f.StringVar(&company, "company", "", "where a person works; tells namesakes apart")
	f.StringVar(&role, "role", "", "contact, employee, end-user, speaker, bystander, minor, own-staff, customer")
	f.StringVar(&age, "age", "adult", "adult, under-18, under-14, under-10, unclear")
	return cmd
}

func (c *cli) subjectImportCmd() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use: "import FILE.csv", Short: "Import subjects and consents from a table (its columns: go doc consentry/authz/exchange)", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("open the table: %w", err)
			}
			defer f.Close()
			b, err := a.Sheet().Import(f)
			if err != nil {
				return err
			}
			if !dry {
				if err := a.Import(cmd.Context(), b); err != nil {
					return err
				}
			}
			for _, p := range b.Problems {
				fmt.Fprintln(c.err, "consentry:", p)
			}
			if _, err := fmt.Fprintf(c.out, "%d subjects, %d consents, %d problems\n", len(b.Subjects), len(b.Consents), len(b.Problems)); err != nil {
				return err
			}
			if len(b.Problems) > 0 {
				return errPartly
			}
			return nil
		},
	}
	cmd.Flags().BoolVarP(&dry, "dry-run", "n", false, "say what would be imported, and import nothing")
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
			all, err := a.Vault.Subjects(cmd.Context())
			if err != nil {
				return err
			}
			rows := [][]string{{"SUBJECT", "KIND", "NAME", "COMPANY", "ROLE", "OTHER NAMES"}}
			for _, s := range all {
				var names []string
				hit := len(args) == 0
				for _, n := range s.Names {
					names = append(names, n.Text)
					hit = hit || strings.Contains(authz.FoldName(n.Text), authz.FoldName(args[0]))
				}
				switch {
				case !hit:
				case asJSON:
					if err := c.json(s); err != nil {
						return err
					}
				default:
					rows = append(rows, []string{string(s.ID), string(s.Kind), s.Title(), s.Company, string(s.Role), strings.Join(names[1:], "; ")})
				}
			}
			if asJSON {
				return nil
			}
			return c.table(rows...)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// subjectNamed finds a subject by id, or by a name that only one bears.
func (c *cli) subjectNamed(ctx context.Context, r casework.Registry, who string) (authz.SubjectID, error) {
	if s, err := r.Subject(ctx, authz.SubjectID(who)); err == nil {
		return s.ID, nil
	}
	ms, err := r.Match(ctx, authz.Sighting{Text: who})
	if err != nil {
		return "", err
	}
	switch len(ms) {
	case 0:
		return "", fmt.Errorf("subject: %w", authz.ErrUnknown)
	case 1:
		return ms[0].Subject, nil
	}
	return "", usage("%d subjects bear this name; give the id (consentry subject list)", len(ms))
}

func (c *cli) allowCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "allow", Short: "The allow-list: texts that need no hiding, each with a reason"}
	var reason, by string
	add := &cobra.Command{
		Use: "add TEXT --reason WHY", Short: "Allow a text: the own company, a product, a place, a public body", Args: cobra.ExactArgs(1),
		Example: `  consentry allow add 苏州 --reason "city, not a person or company"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(reason) == "" || strings.TrimSpace(args[0]) == "" {
				return usage("an allowed text needs a --reason")
			}
			return c.withApp(func(a app) error {
				return a.Vault.AddAllow(cmd.Context(), authz.Allowance{Text: args[0], Reason: reason, By: by, At: time.Now().UTC()})
			})
		},
	}
	add.Flags().StringVar(&reason, "reason", "", "`why` it needs no hiding")
	add.Flags().StringVar(&by, "by", preparer(), "who says so")
	remove := &cobra.Command{
		Use: "remove TEXT", Short: "Take a text off the list", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error { return a.Vault.RemoveAllow(cmd.Context(), args[0]) })
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
				rows := [][]string{{"TEXT", "REASON", "BY", "AT"}}
				for _, e := range all {
					if asJSON {
						if err := c.json(e); err != nil {
							return err
						}
						continue
					}
					rows = append(rows, []string{e.Text, e.Reason, e.By, e.At.Local().Format(time.DateOnly)})
				}
				if asJSON {
					return nil
				}
				return c.table(rows...)
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
			d, err := a.Desk(cmd.Context(), c.progress())
			if err != nil {
				return err
			}
			all, err := d.Recurring(cmd.Context(), least)
			if err != nil {
				return err
			}
			rows := [][]string{{"CASES", "KIND", "TEXT"}}
			for _, r := range all {
				if asJSON {
					if err := c.json(r); err != nil {
						return err
					}
					continue
				}
				rows = append(rows, []string{fmt.Sprint(r.Cases), string(r.Kind), r.Text})
			}
			if asJSON {
				return nil
			}
			return c.table(rows...)
		},
	}
	cmd.Flags().IntVar(&least, "cases", 3, "in at least so many cases")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}
