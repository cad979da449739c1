package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/wiring"
)

func (c *cli) consentExplainCmd() *cobra.Command {
	var purpose, channel, territory, on, form, quote, figures string
	var shows []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "explain SUBJECT --for PURPOSE --channel CHANNEL",
		Short:   "Ask for a decision alone: may this be shown, why, by which rule",
		Long:    "Asks what a case would decide about a person or company, and says why, with the article and\nwhat would change it. SUBJECT is an id or any name, registered or not.",
		Example: `  consentry consent explain 林知遥 --for case-study --channel website --shows name,post`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				ctx, v := cmd.Context(), a.Pack.Vocabulary
				use := authz.Use{Form: form, QuoteSHA256: wiring.TextDigest(quote), FiguresSHA256: wiring.TextDigest(figures)}
				for _, w := range []struct {
					flag, given string
					terms       authz.Terms
					put         func(string)
				}{
					{"for", purpose, v.Purposes, func(t string) { use.Purpose = authz.Purpose(t) }},
					{"channel", channel, v.Channels, func(t string) { use.Channel = authz.Channel(t) }},
					{"territory", territory, v.Territories, func(t string) { use.Territory = authz.Territory(t) }},
				} {
					t, ok := w.terms.Parse(w.given)
					if !ok && w.given != "" {
						return usage("--%s: %q is not in the rule pack", w.flag, w.given)
					}
					w.put(t.ID)
				}
				var err error
				if use.Shows, err = parsed[authz.Shows]("shows", v.Shows, shows...); err != nil {
					return err
				}
				at, err := day(on, time.Time{})
				if err != nil {
					return err
				}
				use.At = casework.EndOf(at)
				id := authz.SubjectID("")
				if s, err := a.Vault.Subject(ctx, authz.SubjectID(args[0])); err == nil {
					id = s.ID
				}
				ans, err := a.Explain(ctx, id, args[0], use, string(c.language()))
				if err != nil {
					return err
				}
				if asJSON {
					return c.json(ans)
				}
				rows := [][]string{{"verdict", ans.Verdict.String()}, {"reason", ans.Reason + " (" + ans.Rule + ")"}, {"why", ans.Why}, {"law", ans.Law}, {"next", ans.Next}}
				if ans.Subject != "" {
					rows = append(rows, []string{"subject", string(ans.Subject)})
				}
				if len(ans.Others) > 0 {
					rows = append(rows, []string{"borne by", strings.Join(ans.Others, ", ")})
				}
				if len(ans.Consents) > 0 {
					rows = append(rows, []string{"consents", words(ans.Consents)})
				}
				if ans.Ground != "" {
					rows = append(rows, []string{"ground", ans.Ground})
				}
				return c.table(append(rows, []string{"rules", ans.Rules})...)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&purpose, "for", "", "`purpose`")
	f.StringVar(&channel, "channel", "", "`channel`")
	f.StringVar(&territory, "territory", "CN", "`territory`")
	f.StringSliceVar(&shows, "shows", []string{"name"}, "what would be shown")
	f.StringVar(&on, "on", "", "`day` of publication (default: now)")
	f.StringVar(&form, "form", "", "companies: full (default), short, general")
	f.StringVar(&quote, "quote-sha256", "", "the quotation's `text`, or its digest")
	f.StringVar(&figures, "figures-sha256", "", "the figures' `text`, or their digest")
	f.BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}
