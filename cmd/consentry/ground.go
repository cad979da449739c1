package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/registry"
)

func (c *cli) groundCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "ground", Short: "Bases other than consent, and statutory exceptions: record, approve, revoke, list"}
	var g authz.Ground
	var captured, until, snapshot string
	var purposes []string
	record := &cobra.Command{
		Use: "record SUBJECT --basis 2..7 | --exception public-scene|news --for PURPOSE", Short: "Record one with its evidence", Args: cobra.ExactArgs(1),
		Long: `Bases of PIPL 13(1): 2 contract (--contract-no, --clause), 3 statutory duty (--provision), 4 emergency
(--incident), 5 news (--editorial-note), 6 already public (--source, --captured, --snapshot, --scope-note),
7 other law (--provision). What is recorded shows nobody until somebody else approves it, where the
rules ask for that: of what is already public, for marketing.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				var err error
				g.Subject = id
				if g.Purposes, err = parsed[authz.Purpose]("for", a.Pack.Vocabulary.Purposes, purposes...); err != nil {
					return err
				}
				if g.Claim.CapturedAt, err = day(captured, time.Time{}); err != nil {
					return err
				}
				if g.Until, err = day(until, time.Time{}); err != nil {
					return err
				}
				if !g.Until.IsZero() {
					g.Until = g.Until.AddDate(0, 0, 1)
				}
				file, done, err := registry.OpenFile(snapshot)
				if err != nil {
					return err
				}
				defer done()
				got, err := a.RecordGround(ctx, g, file)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(c.out, got.ID)
				return err
			})
		},
	}
	f := record.Flags()
	f.IntVar(&g.Claim.Basis, "basis", 0, "number of PIPL 13(1)")
	f.StringVar(&g.Claim.Exception, "exception", "", "public-scene (CC 1020), news (CC 999)")
	f.BoolVar(&g.Claim.MainSubject, "main-subject", false, "the person is what the picture is of")
	f.StringSliceVar(&purposes, "for", nil, "`purposes`")
	f.StringVar(&g.Case, "case", "", "only for this case")
	f.StringVar(&g.Claim.ContractNo, "contract-no", "", "number of the contract")
	f.StringVar(&g.Claim.Clause, "clause", "", "its clause")
	f.StringVar(&g.Claim.Provision, "provision", "", "the legal provision")
	f.StringVar(&g.Claim.Incident, "incident", "", "the emergency")
	f.StringVar(&g.Claim.EditorialNote, "editorial-note", "", "what the news is, and why the person is in it")
	f.StringVar(&g.Claim.SourceURL, "source", "", "address of the public source")
	f.StringVar(&captured, "captured", "", "`day` on which it was captured")
	f.StringVar(&snapshot, "snapshot", "", "`file` with the captured page; it is sealed in the vault")
	f.StringVar(&g.Claim.ScopeNote, "scope-note", "", "why the use is within a reasonable scope")
	f.BoolVar(&g.Claim.MajorEffect, "major-effect", false, "it has a major effect on the person")
	f.StringVar(&until, "until", "", "last `day`")
	var reason string
	approve := &cobra.Command{
		Use: "approve GROUND --reason WHY", Short: "Put your name and a reason under one that somebody else recorded", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error { return a.ApproveGround(cmd.Context(), args[0], reason) })
		},
	}
	approve.Flags().StringVar(&reason, "reason", "", "why")
	revoke := &cobra.Command{
		Use: "revoke GROUND", Short: "End one now", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error { return a.RevokeGround(cmd.Context(), args[0]) })
		},
	}
	list := &cobra.Command{
		Use: "list", Short: "List them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				gs, err := a.Vault.AllGrounds(cmd.Context())
				if err != nil {
					return err
				}
				rows := [][]string{{"GROUND", "SUBJECT", "WHAT", "FOR", "CASE", "UNTIL"}}
				for _, g := range gs {
					rows = append(rows, []string{g.ID, string(g.Subject), groundOf(g), words(g.Purposes), g.Case, dayOf(lastDay(g.Until))})
				}
				return c.table(rows...)
			})
		},
	}
	cmd.AddCommand(record, approve, revoke, list)
	return cmd
}

func groundOf(g authz.Ground) string {
	what := fmt.Sprintf("basis %d", g.Claim.Basis)
	if g.Claim.Exception != "" {
		what = g.Claim.Exception
	}
	switch {
	case !g.Revoked.IsZero():
		return what + ", revoked"
	case g.Approval == nil:
		return what + ", not approved"
	}
	return what + ", approved by " + g.Approval.By
}
