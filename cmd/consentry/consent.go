package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
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
	cmd := &cobra.Command{Use: "consent", Short: "Who agreed to what: grant, withdraw, list"}
	cmd.AddCommand(c.consentGrantCmd(), c.consentWithdrawCmd(), c.consentListCmd())
	return cmd
}

func (c *cli) consentGrantCmd() *cobra.Command {
	var purposes, channels, territories, shows, forms []string
	var kind, from, until, notice, evidence, givenBy, by string
	var noticeComplete, written, separate, voluntary, authority bool
	cmd := &cobra.Command{
		Use:   "grant SUBJECT --for P --channel C --shows S --until DATE --notice FILE --evidence FILE",
		Short: "Record a consent with the notice that was read and the signed form",
		Long: `Records a consent. Notice and evidence are files; their digests are kept. A consent
without them, without a purpose or without an end covers nothing. SUBJECT is an id,
or a name that only one bears. --kind face-match records the separate consent that
subject enrol needs; it needs no purpose.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				id, err := c.subjectNamed(ctx, a.Vault, args[0])
				if err != nil {
					return err
				}
				s, err := a.Vault.Subject(ctx, id)
				if err != nil {
					return err
				}
				now := time.Now().UTC()
				k := authz.Consent{
					ID: authz.ConsentID(store.NewID("c_")), Subject: id, Kind: "publish", GivenBy: givenBy, CollectedBy: "us",
					Events:    []authz.Event{{State: authz.Given, At: now, By: by}},
					Voluntary: voluntary, Separate: separate, Written: written, Authority: authority, AllowedForms: forms,
				}
				if s.Kind == authz.Organisation && !cmd.Flags().Changed("given-by") {
					k.GivenBy = "company"
				}
				if kind != "publish" && kind != "contact" && kind != "face-match" {
					return usage("--kind: %q is none of publish, contact, face-match", kind)
				}
				if k.Kind = kind; kind != "publish" && !cmd.Flags().Changed("shows") {
					shows = nil
				}
				v := a.Pack.Vocabulary
				for _, w := range []struct {
					flag  string
					given []string
					terms authz.Terms
					add   func(string)
				}{
					{"for", purposes, v.Purposes, func(t string) { k.Purposes = append(k.Purposes, authz.Purpose(t)) }},
					{"channel", channels, v.Channels, func(t string) { k.Channels = append(k.Channels, authz.Channel(t)) }},
					{"territory", territories, v.Territories, func(t string) { k.Territories = append(k.Territories, authz.Territory(t)) }},
					{"shows", shows, v.Shows, func(t string) { k.Shows = append(k.Shows, authz.Shows(t)) }},
				} {
					for _, g := range w.given {
						t, ok := w.terms.Parse(g)
						if !ok {
							return usage("--%s: %q is not in the rule pack", w.flag, g)
						}
						w.add(t.ID)
					}
				}
				if k.From, err = day(from, now); err != nil {
					return err
				}
				if k.Until, err = day(until, time.Time{}); err != nil {
					return err
				}
				if !k.Until.IsZero() {
					k.Until = k.Until.AddDate(0, 0, 1)
				}
				if evidence != "" {
					if k.Evidence, _, err = digestFile(evidence); err != nil {
						return fmt.Errorf("read the evidence: %w", err)
					}
				}
				n, err := noticeOf(notice, noticeComplete, now)
				if err != nil {
					return err
				}
				if n != nil {
					k.Notice, k.NoticeSHA256 = n.SHA256, n.SHA256
				}
				if err := a.Grant(ctx, k, n); err != nil {
					return err
				}
				_, err = fmt.Fprintln(c.out, k.ID)
				return err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", "publish", "what was agreed to: publish, contact, face-match")
	f.StringSliceVar(&purposes, "for", nil, "`purposes`")
	f.StringSliceVar(&channels, "channel", nil, "`channels`")
	f.StringSliceVar(&territories, "territory", []string{"CN"}, "`territories`")
	f.StringSliceVar(&shows, "shows", []string{"name"}, "what may be shown: name, portrait, post, company, quote, logo, …")
	f.StringSliceVar(&forms, "forms", nil, "companies: full, short, logo")
	f.StringVar(&from, "from", "", "first `day` (default: now)")
	f.StringVar(&until, "until", "", "last `day`")
	f.StringVar(&notice, "notice", "", "`file` of the notice that was read")
	f.BoolVar(&noticeComplete, "notice-complete", false, "the notice names handler, purpose, method, kinds, retention and rights")
	f.StringVar(&evidence, "evidence", "", "`file` of the signed form, mail or recording")
	f.StringVar(&givenBy, "given-by", "self", "self, guardian, company")
	f.BoolVar(&written, "written", false, "it was given in writing")
	f.BoolVar(&separate, "separate", false, "it was a separate consent to publication")
	f.BoolVar(&voluntary, "voluntary", false, "refusing would have had no consequence")
	f.BoolVar(&authority, "authority", false, "companies: the signer may sign")
	f.StringVar(&by, "by", preparer(), "who records it")
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

func noticeOf(file string, complete bool, now time.Time) (*authz.Notice, error) {
	if file == "" {
		return nil, nil
	}
	sum, text, err := digestFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the notice: %w", err)
	}
	n := &authz.Notice{SHA256: sum, GivenAt: now, Text: string(text)}
	if complete {
		n.Items = []string{"handler", "purpose", "method", "kinds", "retention", "rights"}
	}
	return n, nil
}

func (c *cli) consentWithdrawCmd() *cobra.Command {
	var intake, reason, by, only string
	cmd := &cobra.Command{
		Use: "withdraw SUBJECT", Short: "Record a withdrawal: the gate closes at once", Args: cobra.ExactArgs(1),
		Example: `  consentry consent withdraw 林知遥 --intake call`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				id, err := c.subjectNamed(cmd.Context(), a.Vault, args[0])
				if err != nil {
					return err
				}
				n, err := a.Withdraw(cmd.Context(), id, authz.ConsentID(only), authz.Event{State: authz.Withdrawn, At: time.Now().UTC(), By: by, Intake: intake, Reason: reason})
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.out, "%s: %d consent(s) withdrawn\n", id, n)
				return err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&intake, "intake", "", "how it reached us: call, e-mail, letter, …")
	f.StringVar(&reason, "reason", "", "what was said")
	f.StringVar(&by, "by", preparer(), "who records it")
	f.StringVar(&only, "consent", "", "only this record (default: everything)")
	return cmd
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
