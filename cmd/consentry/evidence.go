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
	"consentry/internal/registry"
)

func (c *cli) evidenceCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "evidence", Short: "Files that show who agreed or withdrew, sealed in the vault: add, list, get"}
	var of, consent, keep string
	add := &cobra.Command{
		Use: "add SUBJECT FILE", Short: "Seal a file", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				if !slices.Contains([]string{authz.OfGrant, authz.OfRefusal, authz.OfWithdrawal, authz.OfGuardian, authz.OfLicence, authz.OfNotice, authz.OfSource}, of) {
					return usage("--of: %q is none of grant, refusal, withdrawal, guardian, licence, notice, source", of)
				}
				until, err := day(keep, time.Time{})
				if err != nil {
					return err
				}
				f, done, err := registry.OpenFile(args[1])
				if err != nil {
					return err
				}
				defer done()
				e, err := a.KeepEvidence(cmd.Context(), *f,
					authz.Evidence{Of: of, Subject: id, Consent: authz.ConsentID(consent), Retention: until})
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(c.out, e.SHA256)
				return err
			})
		},
	}
	add.Flags().StringVar(&of, "of", authz.OfGrant, "what it shows: grant, refusal, withdrawal, guardian, licence, notice, source")
	add.Flags().StringVar(&consent, "consent", "", "the record that it is about")
	add.Flags().StringVar(&keep, "keep-until", "", "`day` after which it is to be deleted (default: with its record)")
	list := &cobra.Command{
		Use: "list [SUBJECT]", Short: "List sealed files", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				all, err := a.Vault.AllEvidence(ctx)
				if len(args) == 1 {
					id, nerr := c.subjectNamed(ctx, a.Vault, args[0])
					if nerr != nil {
						return nerr
					}
					all, err = a.Vault.Evidence(ctx, id)
				}
				if err != nil {
					return err
				}
				rows := [][]string{{"SHA-256", "OF", "SUBJECT", "CONSENT", "SIZE", "TYPE", "FILED", "BY", "KEPT UNTIL", "NAME"}}
				for _, e := range all {
					rows = append(rows, []string{e.SHA256, e.Of, string(e.Subject), string(e.Consent), fmt.Sprint(e.Size), e.Media, dayOf(e.At), e.By, dayOf(e.Retention), e.Name})
				}
				return c.table(rows...)
			})
		},
	}
	var out string
	get := &cobra.Command{
		Use: "get SHA-256 -o FILE", Short: "Write a sealed file out", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage("-o is needed")
			}
			return c.withApp(func(a app) error {
				return writeNew(out, func(f *os.File) error { return a.GetEvidence(cmd.Context(), strings.ToLower(args[0]), f) })
			})
		},
	}
	get.Flags().StringVarP(&out, "out", "o", "", "the `file` to write")
	cmd.AddCommand(add, list, get)
	return cmd
}
