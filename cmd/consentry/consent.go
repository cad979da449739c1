package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

type app = *wiring.App

// withApp opens the vault for one short command.
func (c *cli) withApp(do func(app) error) error {
	a, err := c.app(false)
	if err != nil {
		return err
	}
	defer a.Close()
	return do(a)
}

func (c *cli) consentCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "consent", Short: "Who agreed to what: grant, confirm, refuse, withdraw, explain, receipt, list"}
	cmd.AddCommand(c.consentGrantCmd(), c.consentConfirmCmd(), c.consentNoCmd("withdraw"), c.consentNoCmd("refuse"), c.consentExplainCmd(), c.consentReceiptCmd(), c.consentListCmd())
	return cmd
}

// A scope is what a consent covers, as flags say it.
type scope struct {
	purposes, channels, territories, shows, forms []string
	from, until                                   string
}

func (s *scope) flags(f *pflag.FlagSet) {
	f.StringSliceVar(&s.purposes, "for", nil, "`purposes`")
	f.StringSliceVar(&s.channels, "channel", nil, "`channels`")
	f.StringSliceVar(&s.territories, "territory", []string{"CN"}, "`territories`")
	f.StringSliceVar(&s.shows, "shows", []string{"name"}, "what may be shown: name, portrait, post, company, quote, logo, …")
	f.StringSliceVar(&s.forms, "forms", nil, "companies: full, short, general")
	f.StringVar(&s.from, "from", "", "first `day` (default: now)")
	f.StringVar(&s.until, "until", "", "last `day`")
}

// put fills a consent's scope in, in the rule pack's words.
func (s *scope) put(k *authz.Consent, v authz.Vocabulary, now time.Time) (err error) {
	for _, w := range []struct {
		flag  string
		given []string
		terms authz.Terms
		add   func(string)
	}{
		{"for", s.purposes, v.Purposes, func(t string) { k.Purposes = append(k.Purposes, authz.Purpose(t)) }},
		{"channel", s.channels, v.Channels, func(t string) { k.Channels = append(k.Channels, authz.Channel(t)) }},
		{"territory", s.territories, v.Territories, func(t string) { k.Territories = append(k.Territories, authz.Territory(t)) }},
		{"shows", s.shows, v.Shows, func(t string) { k.Shows = append(k.Shows, authz.Shows(t)) }},
		{"forms", s.forms, v.Forms, func(t string) { k.AllowedForms = append(k.AllowedForms, t) }},
	} {
		for _, g := range w.given {
			t, ok := w.terms.Parse(g)
			if !ok {
				return usage("--%s: %q is not in the rule pack", w.flag, g)
			}
			w.add(t.ID)
		}
	}
	if k.From, err = day(s.from, now); err != nil {
		return err
	}
	if k.Until, err = day(s.until, time.Time{}); err != nil {
		return err
	}
	if !k.Until.IsZero() {
		k.Until = k.Until.AddDate(0, 0, 1)
	}
	return nil
}

func (c *cli) consentGrantCmd() *cobra.Command {
	var sc scope
	var kind, notice, evidence, givenBy, on string
	var noticeComplete, written, separate, voluntary, authority bool
	cmd := &cobra.Command{
		Use:   "grant SUBJECT --for P --channel C --shows S --until DATE --notice FILE --evidence FILE",
		Short: "Record a consent with the notice that was read and the signed form",
		Long: `Records a consent. The evidence is sealed in the vault, the notice kept by its digest. A
consent without them, without a purpose or without an end covers nothing. SUBJECT is an
id, or a name that only one bears. --kind face-match records the separate consent that
subject enrol needs; it needs no purpose. Where whoever records it may not confirm grants
(vault user), it covers nothing until somebody who may does: consent confirm.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				s, err := a.Vault.Subject(ctx, id)
				if err != nil {
					return err
				}
				now := time.Now().UTC()
				at, err := day(on, now)
				if err != nil {
					return err
				}
				if at.After(now) {
					return usage("--on: that day has not come")
				}
				k := authz.Consent{
					ID: authz.ConsentID(store.NewID("c_")), Subject: id, Kind: kind, GivenBy: givenBy, CollectedBy: "us",
					Events:    []authz.Event{{State: authz.Given, At: at.UTC(), By: a.User()}},
					Voluntary: voluntary, Separate: separate, Written: written, Authority: authority,
				}
				if s.Kind == authz.Organisation && !cmd.Flags().Changed("given-by") {
					k.GivenBy = "company"
				}
				if kind != "publish" && kind != "contact" && kind != "face-match" {
					return usage("--kind: %q is none of publish, contact, face-match", kind)
				}
				if kind != "publish" && !cmd.Flags().Changed("shows") {
					sc.shows = nil
				}
				if err := sc.put(&k, a.Pack.Vocabulary, at); err != nil {
					return err
				}
				g := registry.Grant{Consent: k}
				if evidence != "" {
					f, done, err := evidenceFile(evidence)
					if err != nil {
						return err
					}
					defer done()
					g.Evidence = f
				}
				if g.Notice, err = noticeOf(ctx, a, notice, noticeComplete, at); err != nil {
					return err
				}
				if g.Notice != nil {
					g.Consent.Notice, g.Consent.NoticeSHA256 = g.Notice.SHA256, g.Notice.SHA256
				}
				got, err := a.Grant(ctx, g)
				if err != nil {
					return err
				}
				if !got.StateAt(time.Now()).Valid() {
					fmt.Fprintln(c.err, "consentry: recorded; it covers nothing until somebody who may confirms it (consent confirm)")
				}
				_, err = fmt.Fprintln(c.out, got.ID)
				return err
			})
		},
	}
	f := cmd.Flags()
	sc.flags(f)
	f.StringVar(&kind, "kind", "publish", "what was agreed to: publish, contact, face-match")
	f.StringVar(&on, "on", "", "`day` on which it was given (default: now)")
	f.StringVar(&notice, "notice", "", "`file` of the notice that was read, or the SHA-256 of one that is kept")
	f.BoolVar(&noticeComplete, "notice-complete", false, "the notice names handler, purpose, method, kinds, retention and rights")
	f.StringVar(&evidence, "evidence", "", "`file` of the signed form, mail or recording")
	f.StringVar(&givenBy, "given-by", "self", "self, guardian, company")
	f.BoolVar(&written, "written", false, "it was given in writing")
	f.BoolVar(&separate, "separate", false, "it was a separate consent to publication")
	f.BoolVar(&voluntary, "voluntary", false, "refusing would have had no consequence")
	f.BoolVar(&authority, "authority", false, "companies: the signer may sign")
	c.byFlag(f)
	return cmd
}

// byFlag is the older name of --as.
func (c *cli) byFlag(f *pflag.FlagSet) {
	f.StringVar(&c.as, "by", "", "who records it")
	_ = f.MarkHidden("by")
}

func (c *cli) consentConfirmCmd() *cobra.Command {
	return &cobra.Command{
		Use: "confirm CONSENT...", Short: "Make grants count that somebody recorded who may not confirm them", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				for _, id := range args {
					if err := a.Confirm(cmd.Context(), authz.ConsentID(id)); err != nil {
						return fmt.Errorf("%s: %w", id, err)
					}
				}
				return nil
			})
		},
	}
}

func (c *cli) consentReceiptCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "receipt CONSENT -o FILE.pdf|.json|.md", Short: "Write what was recorded, for the person", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage("-o is needed")
			}
			return c.withApp(func(a app) error {
				return writeNew(out, func(f *os.File) error {
					return a.Receipt(cmd.Context(), authz.ConsentID(args[0]), strings.ToLower(filepath.Ext(out)), string(c.language()), a.Sheet(), a.Press(), f)
				})
			})
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "the `file` to write")
	return cmd
}

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
				use := authz.Use{Form: form, QuoteSHA256: quote, FiguresSHA256: figures}
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
				for _, s := range shows {
					t, ok := v.Shows.Parse(s)
					if !ok {
						return usage("--shows: %q is not in the rule pack", s)
					}
					use.Shows = append(use.Shows, authz.Shows(t.ID))
				}
				at, err := day(on, time.Time{})
				if err != nil {
					return err
				}
				if !at.IsZero() {
					use.At = at.AddDate(0, 0, 1).Add(-time.Microsecond)
				}
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
	f.StringVar(&quote, "quote-sha256", "", "`digest` of the quotation's text")
	f.StringVar(&figures, "figures-sha256", "", "`digest` of the figures' text")
	f.BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

// day reads a date as its first instant here.
func day(s string, otherwise time.Time) (time.Time, error) {
	if s == "" {
		return otherwise, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, time.Local)
	if err != nil {
		return t, usage("%q is not a date like 2026-12-01", s)
	}
	return t, nil
}

func digestFile(name string) (digest string, data []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, 64<<20))
	if err != nil {
		return "", nil, err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), data, nil
}

// noticeOf reads a notice's file, or finds the one that is kept under a digest.
func noticeOf(ctx context.Context, a app, what string, complete bool, at time.Time) (*authz.Notice, error) {
	if what == "" {
		return nil, nil
	}
	if n, err := a.Vault.Notice(ctx, strings.ToLower(what)); err == nil {
		return &n, nil
	}
	sum, text, err := digestFile(what)
	if err != nil {
		return nil, fmt.Errorf("read the notice: %w", err)
	}
	n := &authz.Notice{SHA256: sum, GivenAt: at, Text: string(text)}
	if complete {
		n.Items = []string{"handler", "purpose", "method", "kinds", "retention", "rights"}
	}
	return n, nil
}

// consentNoCmd is withdraw or refuse.
func (c *cli) consentNoCmd(verb string) *cobra.Command {
	var intake, reason, only, evidence, received, table string
	short, example := "Record a withdrawal: the gate closes at once", `  consentry consent withdraw 林知遥 --intake call
  consentry consent withdraw --csv withdrawals.csv`
	if verb == "refuse" {
		short, example = "Record a refusal: of one request, or of everything", `  consentry consent refuse 林知遥 --consent c_… --intake e-mail`
	}
	cmd := &cobra.Command{
		Use: verb + " SUBJECT", Short: short, Args: cobra.MaximumNArgs(1), Example: example,
		Long: short + ".\nAnybody may record it. --csv reads many: a table with a column subject (id, name, phone or\ne-mail) and, where there are, consent, intake, received, reason.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (table != "") {
				return usage("name a subject, or a table with --csv")
			}
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				if table != "" {
					return c.noes(ctx, a, verb, table)
				}
				id, err := c.subjectNamed(ctx, a.Vault, args[0])
				if err != nil {
					return err
				}
				no := registry.No{Only: authz.ConsentID(only), Intake: intake, Reason: reason}
				if no.Received, err = day(received, time.Time{}); err != nil {
					return err
				}
				if evidence != "" {
					f, done, err := evidenceFile(evidence)
					if err != nil {
						return err
					}
					defer done()
					no.Evidence = f
				}
				return c.no(ctx, a, verb, id, no)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&intake, "intake", "", "how it reached us: call, e-mail, letter, …")
	f.StringVar(&received, "received", "", "`day` on which it reached us (default: now)")
	f.StringVar(&reason, "reason", "", "what was said")
	f.StringVar(&only, "consent", "", "only this record (default: everything)")
	f.StringVar(&evidence, "evidence", "", "`file` of the letter, mail or recording")
	f.StringVar(&table, "csv", "", "a `file` with many")
	c.byFlag(f)
	return cmd
}

// no records one no and says which releases lean on what it closed.
func (c *cli) no(ctx context.Context, a app, verb string, id authz.SubjectID, no registry.No) error {
	do, done := a.Withdraw, "withdrawn"
	if verb == "refuse" {
		do, done = a.Refuse, "refused"
	}
	n, err := do(ctx, id, no)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c.out, "%s: %d consent(s) %s\n", id, n, done); err != nil {
		return err
	}
	cs, err := a.Vault.Consents(ctx, id)
	if err != nil {
		return err
	}
	var ids []authz.ConsentID
	for _, k := range cs {
		ids = append(ids, k.ID)
	}
	rs, err := a.Cases().Leaning(ctx, ids)
	if err == nil && len(rs) > 0 {
		fmt.Fprintf(c.err, "consentry: %d release(s) lean on these records; consentry recall lists what to take down\n", len(rs))
	}
	return err
}

// noes records the noes of a table, a line that cannot be read aside.
func (c *cli) noes(ctx context.Context, a app, verb, table string) error {
	f, err := os.Open(table)
	if err != nil {
		return fmt.Errorf("open the table: %w", err)
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	noes, problems, err := a.Sheet().Noes(filepath.Base(table), f, fi.Size())
	if err != nil {
		return err
	}
	bad := len(problems) > 0
	for _, p := range problems {
		fmt.Fprintln(c.err, "consentry:", p)
	}
	for _, n := range noes {
		id, err := c.subjectNamed(ctx, a.Vault, n.Subject)
		if err == nil {
			err = c.no(ctx, a, verb, id, registry.No{Only: n.Consent, Intake: n.Intake, Reason: n.Reason, Received: n.Received})
		}
		if err != nil {
			bad = true
			fmt.Fprintf(c.err, "consentry: line %d: %v\n", n.Line, err)
		}
	}
	if bad {
		return errPartly
	}
	return nil
}

func (c *cli) consentListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list [SUBJECT]", Short: "List consents and their states", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				subjects, err := a.Vault.Subjects(ctx)
				if err != nil {
					return err
				}
				if len(args) == 1 {
					id, err := c.subjectNamed(ctx, a.Vault, args[0])
					if err != nil {
						return err
					}
					s, err := a.Vault.Subject(ctx, id)
					if err != nil {
						return err
					}
					subjects = []authz.Subject{s}
				}
				rows := [][]string{{"CONSENT", "SUBJECT", "STATE", "FOR", "CHANNEL", "SHOWS", "UNTIL"}}
				for _, s := range subjects {
					ks, err := a.Vault.Consents(ctx, s.ID)
					if err != nil {
						return err
					}
					for _, k := range ks {
						if asJSON {
							if err := c.json(k); err != nil {
								return err
							}
							continue
						}
						until := ""
						if !k.Until.IsZero() {
							until = k.Until.Add(-time.Microsecond).Local().Format(time.DateOnly)
						}
						rows = append(rows, []string{string(k.ID), s.Title(), string(k.StateAt(time.Now())), words(k.Purposes), words(k.Channels), words(k.Shows), until})
					}
				}
				if asJSON {
					return nil
				}
				return c.table(rows...)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func words[S ~string](xs []S) string {
	var b []string
	for _, x := range xs {
		b = append(b, string(x))
	}
	return strings.Join(b, ",")
}
