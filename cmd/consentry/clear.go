package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/wiring"
	"consentry/redact"
)

// useFlags are the flags that say what the material is wanted for.
type useFlags struct {
	cli                                                 *cli
	purpose, channel, territory, on, mode, style, cover string
	hideUnsure, thorough, missNothing, fast, general    bool
}

func (u *useFlags) register(cmd *cobra.Command, required bool) {
	f := cmd.Flags()
	f.StringVar(&u.purpose, "for", "", "`purpose`: case-study, website, event-report, press-release, …")
	f.StringVar(&u.channel, "channel", "", "`channel`: website, wechat, press, print, …")
	f.StringVar(&u.territory, "territory", "CN", "`territory`: CN, HK, MO, TW, world")
	f.StringVar(&u.on, "on", "", "`date` of publication, YYYY-MM-DD (default: now)")
	f.StringVar(&u.mode, "mode", "anonymise", "anonymise (no mapping is kept) or pseudonymise (a mapping is kept in the vault)")
	f.StringVar(&u.style, "style", "blur", "how faces are hidden: blur, mosaic or solid")
	f.StringVar(&u.cover, "cover", "face", "how much is hidden with a face: face, or person (the whole person below it)")
	u.cli.byFlag(f)
	f.BoolVar(&u.hideUnsure, "hide-unsure", false, "hide whatever a person would have to decide")
	f.BoolVar(&u.general, "generalise", false, "write a general form where there is one (a large manufacturer, head of IT) instead of Company A")
	f.BoolVar(&u.thorough, "thorough", false, "look for faces longer: enlarged, turned")
	f.BoolVar(&u.missNothing, "miss-nothing", false, "hide every doubtful face too; slow")
	cmd.MarkFlagsMutuallyExclusive("thorough", "miss-nothing")
	if required {
		_ = cmd.MarkFlagRequired("for") // the flags were registered just above
		_ = cmd.MarkFlagRequired("channel")
	}
}

// fill puts the flags into a case, checked against the rule pack's words.
func (u *useFlags) fill(c *casework.Case, p *authz.Pack, required bool) error {
	v := p.Vocabulary
	for _, w := range []struct {
		flag, given string
		terms       authz.Terms
		set         func(string)
	}{
		{"for", u.purpose, v.Purposes, func(s string) { c.Purpose = authz.Purpose(s) }},
		{"channel", u.channel, v.Channels, func(s string) { c.Channel = authz.Channel(s) }},
		{"territory", u.territory, v.Territories, func(s string) { c.Territory = authz.Territory(s) }},
	} {
		if w.given == "" && !required {
			continue
		}
		t, ok := w.terms.Parse(w.given)
		if !ok {
			var ids []string
			for _, t := range w.terms {
				ids = append(ids, t.ID)
			}
			return usage("--%s: %q is none of %s", w.flag, w.given, strings.Join(ids, ", "))
		}
		w.set(t.ID)
	}
	if u.on != "" {
		t, err := time.ParseInLocation(time.DateOnly, u.on, time.Local)
		if err != nil {
			return usage("--on: %q is not a date like 2026-12-01", u.on)
		}
		c.On = t
	}
	switch m := casework.Mode(u.mode); m {
	case casework.Anonymise, casework.Pseudonymise:
		c.Mode = m
	default:
		return usage("--mode: %q is neither anonymise nor pseudonymise", u.mode)
	}
	if err := c.Style.UnmarshalText([]byte(u.style)); err != nil {
		return errUsage{fmt.Errorf("--style: %w", err)}
	}
	cover, err := casework.ParseCover(u.cover)
	if err != nil {
		return errUsage{fmt.Errorf("--cover: %w", err)}
	}
	c.Cover = cover
	c.By, c.HideUnsure, c.Generalise, c.Writing = u.cli.who(), u.hideUnsure, u.general, u.cli.writing
	switch {
	case u.fast:
		c.Look = casework.Fast
	case u.thorough:
		c.Look = casework.Thorough
	case u.missNothing:
		c.Look = casework.MissNothing
	}
	return nil
}

func (c *cli) clearCmd() *cobra.Command {
	u := useFlags{cli: c}
	var out string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "clear PATH... --for PURPOSE --channel CHANNEL -o DIR",
		Short: "Make a package that may be published: scan, decide, hide, attack, report",
		Example: `  consentry clear story.md photos/ --for case-study --channel website -o out
  consentry clear photos/ --for event-report --channel wechat --style mosaic --hide-unsure -o out`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if out == "" {
				return usage("-o names the folder of the package")
			}
			a, err := c.appFor(cmd.Context(), true, authz.ActPrepare, authz.ActSign)
			if err != nil {
				return err
			}
			defer a.Close()
			cs, err := c.clearCase(cmd.Context(), a, &u, out, paths)
			if err != nil {
				return err
			}
			return c.clear(cmd.Context(), a, cs, out, "", asJSON)
		},
	}
	u.register(cmd, true)
	cmd.Flags().StringVarP(&out, "output", "o", "", "`folder` of the package")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the summary as JSON")
	return cmd
}

// clearCase is the case of a clear: the same paths, use and folder make the same
// case again, so that answers given meanwhile count.
func (c *cli) clearCase(ctx context.Context, a *wiring.App, u *useFlags, out string, paths []string) (*casework.Case, error) {
	cs := &casework.Case{Created: time.Now()}
	if err := u.fill(cs, a.Pack, true); err != nil {
		return nil, err
	}
	key := []string{string(cs.Purpose), string(cs.Channel), string(cs.Territory)}
	for _, p := range append(slices.Clone(paths), out) {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		key = append(key, abs)
	}
	cs.Out = key[len(key)-1]
	sum := redact.Digest(a.Vault.Digest([]byte(strings.Join(key, "\x00"))))
	cs.ID = "C-" + sum.String()[:10]
	d := a.Cases()
	d.Progress = c.progress()
	old, err := d.Load(ctx, cs.ID)
	switch {
	case err == nil:
		cs.Created, cs.Answers = old.Created, old.Answers
	case !errors.Is(err, casework.ErrNoCase):
		return nil, err
	}
	if err := d.Ingest(ctx, cs, paths...); err != nil {
		return nil, err
	}
	return cs, d.Save(ctx, cs)
}

// clear runs a case through the whole flow. A package that is for somebody is logged
// as handed to them before it is whole.
func (c *cli) clear(ctx context.Context, a *wiring.App, cs *casework.Case, out, to string, asJSON bool) error {
	for _, r := range cs.Refused {
		fmt.Fprintf(c.err, "consentry: %s: %s\n", r.Name, r.Reason)
	}
	if len(cs.Assets) == 0 {
		return casework.ErrNothing
	}
	d, err := a.Desk(ctx, cs.Writing, c.progress())
	if err != nil {
		return err
	}
	p, err := d.Scan(ctx, cs)
	if err != nil {
		c.tellUnread(p)
		return err
	}
	c.tellUnread(p)
	if qs := p.Questions(); len(qs) > 0 {
		c.tellQuestions(a, p, qs)
		return casework.ErrUnsettled
	}
	impact, err := d.Impact(ctx, p)
	if err != nil {
		return err
	}
	if to != "" {
		if err := impact.MayProvide(); err != nil {
			return err
		}
	}
	e, err := d.Apply(ctx, p, out)
	if err != nil {
		return err
	}
	defer e.Close()
	proof, err := d.Verify(ctx, e)
	if err != nil {
		return err
	}
	r, err := d.Sign(ctx, proof, cs.By)
	if err != nil {
		return err
	}
	if to != "" {
		if err := a.HandOver(ctx, impact, r, to); err != nil {
			return err
		}
	}
	if err := d.Export(ctx, r); err != nil {
		return err
	}
	rep, err := d.Report(ctx, r)
	if err != nil {
		return err
	}
	if err := c.summary(rep, p, out, asJSON); err != nil {
		return err
	}
	c.tellUnassessed(rep)
	if len(cs.Refused) > 0 || slices.ContainsFunc(p.Assets, func(s casework.AssetState) bool { return s.Err != nil }) {
		return errPartly
	}
	return nil
}

func (c *cli) tellUnread(p *casework.Plan) {
	if p == nil {
		return
	}
	c.tellUnused(p)
	for i, s := range p.Assets {
		if s.Err != nil {
			fmt.Fprintf(c.err, "consentry: %s: %s\n", p.Case.Assets[i].Name, casework.Hint(s.Err))
		}
	}
}

// tellQuestions lists what a person has to decide. Who asks sees the text.
func (c *cli) tellQuestions(a *wiring.App, p *casework.Plan, qs []*casework.Item) {
	lang := string(c.language())
	for _, q := range qs {
		fmt.Fprintf(c.err, "? %s  %s, %s: %q  %s\n", q.ID, p.Case.Assets[q.Asset].Name, q.Finding.Kind, q.Finding.Text, a.Pack.Explain(q.Decision.Reason, lang))
		for _, m := range q.Candidates {
			if s, err := a.Vault.Subject(context.Background(), m.Subject); err == nil {
				fmt.Fprintf(c.err, "    %s  %s %s%s\n", s.ID, s.Title(), s.Company, likeness(q, m.Subject))
			}
		}
	}
	fmt.Fprintf(c.err, "%d question(s). Say who it is:  consentry case review %s --item ITEM --identify SUBJECT   (or --hide)\n", len(qs), p.Case.ID)
}

// likeness says why a face may be a subject's; empty where a match is not why.
func likeness(q *casework.Item, who authz.SubjectID) string {
	for _, l := range q.Likely {
		if l.Subject == who {
			return fmt.Sprintf("  (%s, distance %.2f)", l.Why, l.Distance)
		}
	}
	return ""
}

func (c *cli) summary(rep casework.Report, p *casework.Plan, out string, asJSON bool) error {
	reused := 0
	for _, s := range p.Assets {
		if s.Reused {
			reused++
		}
	}
	s := clearSummary{
		Case: rep.Case, Release: rep.Release.ID, Output: out, Files: len(rep.Release.Files), ReusedScans: reused,
		Assessed: !rep.Assessment.Missing(), Hidden: rep.Hidden(), Shown: rep.Shown(), Attacks: len(rep.Attacks), LedgerIndex: rep.Release.Receipt.Index,
	}
	if asJSON {
		return c.json(s)
	}
	_, err := fmt.Fprintf(c.out, "%s: %d files, %d places hidden, %d shown, %d attacks withstood\n  case %s, release %s, ledger entry %d\n  %s\n",
		filepath.Clean(out), s.Files, s.Hidden, s.Shown, s.Attacks, s.Case, s.Release, rep.Release.Receipt.Size, filepath.Join(out, "report.pdf"))
	return err
}

type clearSummary struct {
	Case        string `json:"case"`
	Release     string `json:"release"`
	Output      string `json:"output"`
	Files       int    `json:"files"`
	ReusedScans int    `json:"reused_scans"`
	Hidden      int    `json:"hidden"`
	Shown       int    `json:"shown"`
	Attacks     int    `json:"attacks"`
	LedgerIndex int64  `json:"ledger_index"`
	Assessed    bool   `json:"assessed"` // or no assessment is owed
}
