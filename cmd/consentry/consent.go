package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"consentry/authz"
	"consentry/authz/exchange"
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
	f.StringVar(&s.until, "until", "", "last `day`")
}

// fromFlag is for what may begin later; an answer counts from its own day.
func (s *scope) fromFlag(f *pflag.FlagSet) {
	f.StringVar(&s.from, "from", "", "first `day` (default: now)")
}

// put fills a consent's scope in, in the rule pack's words.
func (s *scope) put(k *authz.Consent, v authz.Vocabulary, now time.Time) (err error) {
	if k.Purposes, err = parsed[authz.Purpose]("for", v.Purposes, s.purposes...); err != nil {
		return err
	}
	if k.Channels, err = parsed[authz.Channel]("channel", v.Channels, s.channels...); err != nil {
		return err
	}
	if k.Territories, err = parsed[authz.Territory]("territory", v.Territories, s.territories...); err != nil {
		return err
	}
	if k.Shows, err = parsed[authz.Shows]("shows", v.Shows, s.shows...); err != nil {
		return err
	}
	if k.AllowedForms, err = parsed[string]("forms", v.Forms, s.forms...); err != nil {
		return err
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

// parsed are the ids of words of the rule pack that a flag gives.
func parsed[T ~string](flag string, terms authz.Terms, given ...string) ([]T, error) {
	var ids []T
	for _, g := range given {
		t, ok := terms.Parse(g)
		if !ok {
			return nil, usage("--%s: %q is not in the rule pack", flag, g)
		}
		ids = append(ids, T(t.ID))
	}
	return ids, nil
}

func (c *cli) consentGrantCmd() *cobra.Command {
	var sc scope
	var kind, notice, evidence, givenBy, on, collector, licence string
	var onward, noticeComplete, written, separate, voluntary, authority bool
	cmd := &cobra.Command{
		Use:   "grant SUBJECT --for P --channel C --shows S --until DATE --notice FILE --evidence FILE",
		Short: "Record a consent with the notice that was read and the signed form",
		Long: `Records a consent. The evidence is sealed in the vault, the notice kept by its digest. A
consent without them, without a purpose or without an end covers nothing. SUBJECT is an
id, or a name that only one bears. --kind face-match records the separate consent that
subject enrol needs; it needs no purpose. What a partner collected (--collected-by partner) covers
nothing without leave to use it (--onward-use) and the evidence of that (--licence). Where whoever records it may not confirm grants
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
				by, ok := exchange.Collector(collector)
				if !ok {
					return usage("--collected-by: %q is neither us nor partner", collector)
				}
				k := authz.Consent{
					ID: authz.ConsentID(store.NewID("c_")), Subject: id, Kind: kind, GivenBy: givenBy, CollectedBy: by, OnwardUse: onward,
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
				file, done, err := registry.OpenFile(evidence)
				if err != nil {
					return err
				}
				defer done()
				g.Evidence = file
				leave, closeLeave, err := registry.OpenFile(licence)
				if err != nil {
					return err
				}
				defer closeLeave()
				g.Licence = leave
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
	sc.fromFlag(f)
	f.StringVar(&kind, "kind", "publish", "what was agreed to: publish, contact, face-match")
	f.StringVar(&on, "on", "", "`day` on which it was given (default: now)")
	f.StringVar(&notice, "notice", "", "`file` of the notice that was read, or the SHA-256 of one that is kept")
	f.BoolVar(&noticeComplete, "notice-complete", false, "the notice names handler, purpose, method, kinds, retention and rights")
	f.StringVar(&evidence, "evidence", "", "`file` of the signed form, mail or recording")
	f.StringVar(&givenBy, "given-by", "self", "self, guardian, company")
	f.StringVar(&collector, "collected-by", "us", "who collected it: us, partner")
	f.BoolVar(&onward, "onward-use", false, "a partner's: it may be used by others, us among them")
	f.StringVar(&licence, "licence", "", "a partner's: `file` of its leave to use it, or of the contract that has it")
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

// noticeOf reads a notice's file, or finds the one that is kept under a digest.
func noticeOf(ctx context.Context, a app, what string, complete bool, at time.Time) (*authz.Notice, error) {
	if what == "" {
		return nil, nil
	}
	if n, err := a.Vault.Notice(ctx, strings.ToLower(what)); err == nil {
		return &n, nil
	}
	text, err := registry.ReadFile(what, registry.MaxFile)
	if err != nil {
		return nil, fmt.Errorf("read the notice: %w", err)
	}
	n := a.NewNotice(text, at, complete)
	return &n, nil
}

func (c *cli) consentListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list [SUBJECT]", Short: "List consents and their states", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				var ks []authz.Consent
				title := map[authz.SubjectID]string{}
				if len(args) == 1 {
					id, err := c.subjectNamed(ctx, a.Vault, args[0])
					if err != nil {
						return err
					}
					s, err := a.Vault.Subject(ctx, id)
					if err != nil {
						return err
					}
					title[id] = s.Title()
					if ks, err = a.Vault.Consents(ctx, id); err != nil {
						return err
					}
				} else {
					subjects, err := a.Vault.Subjects(ctx)
					if err != nil {
						return err
					}
					at := map[authz.SubjectID]int{}
					for i, s := range subjects {
						title[s.ID], at[s.ID] = s.Title(), i
					}
					if ks, err = a.Vault.AllConsents(ctx); err != nil {
						return err
					}
					slices.SortStableFunc(ks, func(x, y authz.Consent) int { return at[x.Subject] - at[y.Subject] })
				}
				list := c.listing(asJSON, "CONSENT", "SUBJECT", "STATE", "FOR", "CHANNEL", "SHOWS", "UNTIL")
				for _, k := range ks {
					if err := list.add(k, []string{string(k.ID), title[k.Subject], string(k.StateAt(time.Now())), words(k.Purposes), words(k.Channels), words(k.Shows), dayOf(lastDay(k.Until))}); err != nil {
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

func words[S ~string](xs []S) string {
	var b []string
	for _, x := range xs {
		b = append(b, string(x))
	}
	return strings.Join(b, ",")
}
