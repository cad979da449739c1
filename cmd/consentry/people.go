package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/registry"
	"consentry/internal/store"
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

// evidenceFile opens a file that shows something; done closes it.
func evidenceFile(name string) (*registry.File, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("read the evidence: %w", err)
	}
	return &registry.File{Name: filepath.Base(name), Body: f}, func() { f.Close() }, nil
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

// facts are the flags of what is known of a subject.
type facts struct {
	company, post, since, role, age, note, keep, employer    string
	phones, emails, aliases, former, pinyin, brands, domains []string
	guardian, relationship, guardianEvidence                 string
	creditCode, generalForm, contract, clause, logoRules     string
	deceased, stateOrgan, confidential, quoteApproval        bool
}

func (f *facts) put(cmd *cobra.Command, a app, s *authz.Subject) error {
	set := cmd.Flags().Changed
	v := a.Pack.Vocabulary
	if set("age") && !v.Ages.Has(f.age) || set("role") && f.role != "" && !v.Roles.Has(f.role) && f.role != "customer" {
		return usage("--age or --role is not in the rule pack")
	}
	for _, t := range []struct {
		flag string
		from string
		to   *string
	}{
		{"company", f.company, &s.Company}, {"post", f.post, &s.Post}, {"note", f.note, &s.Note}, {"role", f.role, (*string)(&s.Role)},
		{"age", f.age, (*string)(&s.Age)}, {"employer", f.employer, (*string)(&s.Employer)},
	} {
		if set(t.flag) {
			*t.to = t.from
		}
	}
	for _, t := range []struct {
		flag string
		from string
		to   *time.Time
	}{{"since", f.since, &s.Since}, {"keep-until", f.keep, &s.Retention}} {
		if set(t.flag) {
			at, err := day(t.from, time.Time{})
			if err != nil {
				return err
			}
			*t.to = at
		}
	}
	for _, t := range []struct {
		flag string
		from bool
		to   *bool
	}{{"deceased", f.deceased, &s.Deceased}, {"state-organ", f.stateOrgan, &s.StateOrgan}, {"confidential", f.confidential, &s.Confidential}} {
		if set(t.flag) {
			*t.to = t.from
		}
	}
	for _, t := range []struct {
		use   string
		texts []string
	}{{"alias", f.aliases}, {"former", f.former}, {"pinyin", f.pinyin}, {"brand", f.brands}} {
		for _, n := range t.texts {
			if n = strings.TrimSpace(n); n == "" {
				return usage("a name is empty")
			}
			if !slices.ContainsFunc(s.Names, func(o authz.Name) bool { return o.Text == n }) {
				s.Names = append(s.Names, authz.Name{Text: n, Use: t.use})
			}
		}
	}
	for kind, values := range map[string][]string{"phone": f.phones, "email": f.emails} {
		for _, n := range values {
			if t := (authz.Contact{Kind: kind, Value: strings.TrimSpace(n)}); t.Value != "" && !slices.Contains(s.Contacts, t) {
				s.Contacts = append(s.Contacts, t)
			}
		}
	}
	if set("guardian") || set("guardian-relationship") || set("guardian-evidence") {
		s.Guardian = &authz.Guardian{Name: f.guardian, Relationship: f.relationship}
		if f.guardianEvidence != "" {
			sum, _, err := digestFile(f.guardianEvidence)
			if err != nil {
				return fmt.Errorf("read the guardian's evidence: %w", err)
			}
			s.Guardian.Evidence = sum
		}
	}
	firm := authz.Firm{}
	if s.Firm != nil {
		firm = *s.Firm
	}
	for _, t := range []struct {
		flag string
		from string
		to   *string
	}{{"credit-code", f.creditCode, &firm.CreditCode}, {"general-form", f.generalForm, &firm.GeneralForm}, {"contract", f.contract, &firm.Contract},
		{"clause", f.clause, &firm.Clause}, {"logo-rules", f.logoRules, &firm.LogoRules}} {
		if set(t.flag) {
			*t.to = t.from
			s.Firm = &firm
		}
	}
	if set("domain") {
		firm.Domains, s.Firm = f.domains, &firm
	}
	if set("quote-approval") {
		firm.QuoteApproval, s.Firm = f.quoteApproval, &firm
	}
	if s.Firm != nil && s.Kind != authz.Organisation {
		return usage("only a company has a credit code, domains, a general form, a contract or logo rules")
	}
	return nil
}

func (f *facts) flags(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.company, "company", "", "where a person works; tells namesakes apart")
	fs.StringVar(&f.employer, "employer", "", "the `id` of the company a person works for")
	fs.StringVar(&f.post, "post", "", "a person's post")
	fs.StringVar(&f.since, "since", "", "`day` since when a person works there")
	fs.StringVar(&f.role, "role", "", "contact, employee, end-user, speaker, bystander, minor, own-staff, customer")
	fs.StringVar(&f.age, "age", "adult", "adult, under-18, under-14, under-10, unclear")
	fs.StringArrayVar(&f.aliases, "alias", nil, "another `name` of the same subject")
	fs.StringArrayVar(&f.former, "former", nil, "a `name` the subject bore before")
	fs.StringArrayVar(&f.pinyin, "pinyin", nil, "the name in pinyin, where it is not the usual one")
	fs.StringArrayVar(&f.brands, "brand", nil, "companies: a brand")
	fs.StringArrayVar(&f.phones, "phone", nil, "a telephone `number`")
	fs.StringArrayVar(&f.emails, "email", nil, "an e-mail `address`")
	fs.StringVar(&f.note, "note", "", "a note")
	fs.StringVar(&f.keep, "keep-until", "", "`day` after which the record is to be deleted")
	fs.StringVar(&f.guardian, "guardian", "", "minors: the guardian's `name`")
	fs.StringVar(&f.relationship, "guardian-relationship", "", "minors: mother, father, …")
	fs.StringVar(&f.guardianEvidence, "guardian-evidence", "", "minors: a `file` that shows it")
	fs.BoolVar(&f.deceased, "deceased", false, "the person has died")
	fs.BoolVar(&f.stateOrgan, "state-organ", false, "a state organ, or somebody who works for one")
	fs.BoolVar(&f.confidential, "confidential", false, "a confidentiality clause binds us")
	fs.StringVar(&f.creditCode, "credit-code", "", "companies: unified social credit code")
	fs.StringArrayVar(&f.domains, "domain", nil, "companies: a `domain` of theirs")
	fs.StringVar(&f.generalForm, "general-form", "", "companies: what may stand instead, such as 某大型制造企业")
	fs.StringVar(&f.contract, "contract", "", "companies: number of the contract")
	fs.StringVar(&f.clause, "clause", "", "companies: its clause on publicity")
	fs.StringVar(&f.logoRules, "logo-rules", "", "companies: how the logo may be used")
	fs.BoolVar(&f.quoteApproval, "quote-approval", false, "companies: every quotation goes to them first")
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
				rows := [][]string{{"ONE", "OTHER", "WHY", "SCORE"}}
				for _, p := range exchange.Duplicates(all) {
					if asJSON {
						if err := c.json(p); err != nil {
							return err
						}
						continue
					}
					rows = append(rows, []string{string(p.A), string(p.B), words(p.Why), fmt.Sprintf("%.2f", p.Score)})
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

// writeNew writes a file that is not there yet, whole or not at all.
func writeNew(name string, write func(*os.File) error) (err error) {
	if _, err := os.Lstat(name); err == nil {
		return usage("%s is there already", name)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".consentry-*")
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
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
				f, done, err := evidenceFile(args[1])
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

func (c *cli) groundCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "ground", Short: "Bases other than consent, and statutory exceptions: record, approve, revoke, list"}
	var g authz.Ground
	var captured, until, snapshot string
	var purposes []string
	record := &cobra.Command{
		Use: "record SUBJECT --basis 2..7 | --exception public-scene|news --for PURPOSE", Short: "Record one with its evidence", Args: cobra.ExactArgs(1),
		Long: `Bases of PIPL 13(1): 2 contract (--contract-no, --clause), 3 statutory duty (--provision), 4 emergency
(--incident), 5 news (--editorial-note), 6 already public (--source, --captured, --snapshot, --scope-note),
7 other law (--provision). What is recorded shows nobody until somebody else approves it.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				var err error
				g.Subject = id
				for _, p := range purposes {
					t, ok := a.Pack.Vocabulary.Purposes.Parse(p)
					if !ok {
						return usage("--for: %q is not in the rule pack", p)
					}
					g.Purposes = append(g.Purposes, authz.Purpose(t.ID))
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
				var file *registry.File
				if snapshot != "" {
					f, done, err := evidenceFile(snapshot)
					if err != nil {
						return err
					}
					defer done()
					file = f
				}
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

func (c *cli) handlerCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "handler", Short: "Who asks for consents and publishes; notices and letters name it: set, show"}
	var h authz.Handler
	set := &cobra.Command{
		Use: "set --name N --address A --contact C --storage S --withdrawal W", Short: "Say who it is; what is not given stays as it was", Args: cobra.NoArgs,
	}
	f := set.Flags()
	texts := []struct {
		flag, usage string
		of          func(*authz.Handler) *string
	}{
		{"name", "full name", func(h *authz.Handler) *string { return &h.Name }},
		{"address", "address", func(h *authz.Handler) *string { return &h.Address }},
		{"contact", "telephone or e-mail for the exercise of rights", func(h *authz.Handler) *string { return &h.Contact }},
		{"officer", "person in charge of protection", func(h *authz.Handler) *string { return &h.Officer }},
		{"type", "company, public-body, association", func(h *authz.Handler) *string { return &h.Type }},
		{"country", "jurisdiction (CN)", func(h *authz.Handler) *string { return &h.Country }},
		{"storage", "where records and material are kept", func(h *authz.Handler) *string { return &h.Storage }},
		{"withdrawal", "how a consent is withdrawn", func(h *authz.Handler) *string { return &h.Withdrawal }},
		{"rights", "how the other rights are used", func(h *authz.Handler) *string { return &h.Rights }},
		{"security", "how it is protected", func(h *authz.Handler) *string { return &h.Security }},
	}
	for _, t := range texts {
		f.StringVar(t.of(&h), t.flag, "", t.usage)
	}
	f.IntVar(&h.Days, "days", 0, "days within which requests are answered (15)")
	f.IntVar(&h.KeepYears, "keep-years", 0, "years for which records are kept after a consent's end (3)")
	set.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withApp(func(a app) error {
			now, err := a.Vault.Handler(cmd.Context())
			if err != nil && !isNotFound(err) {
				return err
			}
			for _, t := range texts {
				if cmd.Flags().Changed(t.flag) {
					*t.of(&now) = *t.of(&h)
				}
			}
			if cmd.Flags().Changed("days") {
				now.Days = h.Days
			}
			if cmd.Flags().Changed("keep-years") {
				now.KeepYears = h.KeepYears
			}
			return a.SetHandler(cmd.Context(), now)
		})
	}
	show := &cobra.Command{
		Use: "show", Short: "Show it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				h, err := a.Vault.Handler(cmd.Context())
				if isNotFound(err) {
					return fmt.Errorf("nobody said yet who the handler is: consentry handler set")
				}
				if err != nil {
					return err
				}
				enc := json.NewEncoder(c.out)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(h)
			})
		},
	}
	cmd.AddCommand(set, show)
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
