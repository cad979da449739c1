package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/letters"
	"consentry/internal/registry"
	"consentry/internal/wiring"
)

func (c *cli) requestCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "request", Short: "Ask for consents: letters and forms, answers, reminders"}
	cmd.AddCommand(c.requestNewCmd(), c.requestCaseCmd(), c.requestListCmd(), c.requestFileCmd(), c.requestAnswerCmd())
	return cmd
}

// ask are the flags of what a request says beside its scope.
type ask struct {
	work, source, keep, sender, replyTo, replyBy, draft, confidentiality, out string
	necessity, effect, lang                                                   string
	kinds                                                                     []string
	recipients                                                                []string
	guardian                                                                  bool
}

func (q *ask) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&q.out, "out", "o", "", "`folder` for letters and forms")
	f.StringVar(&q.work, "work", "", "title of the work or event")
	f.StringVar(&q.lang, "form-lang", "", "zh or en (default: --lang)")
	f.StringVar(&q.source, "source", "", "where the person's details come from")
	f.StringVar(&q.keep, "keep", "", "how long material and finished work are kept")
	f.StringVar(&q.sender, "sender", "", "who signs the letter (default: who acts)")
	f.StringVar(&q.replyTo, "reply-to", "", "where the answer goes (default: the handler's contact)")
	f.StringVar(&q.replyBy, "reply-by", "", "`day` until which an answer would be welcome")
	f.StringVar(&q.draft, "draft", "", "a `file` that is sent along; its digest stands in the letter")
	f.StringVar(&q.confidentiality, "confidentiality", "", "companies: how it stands to the confidentiality clause")
	f.StringSliceVar(&q.kinds, "kinds", nil, "`kinds` of information beside what is shown")
	f.StringArrayVar(&q.recipients, "recipient", nil, "who else gets it, as NAME|CONTACT|PURPOSE|METHOD|KINDS, with |abroad|RIGHTS behind it where they are abroad")
	f.StringVar(&q.necessity, "necessity", "", "sensitive information: why it is necessary (PIPL 30)")
	f.StringVar(&q.effect, "effect", "", "sensitive information: its effect on the person")
	f.BoolVar(&q.guardian, "guardian-part", false, "with a guardian's part on the form")
}

func (q *ask) put(c *cli, k *authz.Consent, a *registry.Asked, v authz.Vocabulary) error {
	var kinds authz.Terms
	for _, w := range q.kinds {
		t, ok := v.Kinds.Parse(w)
		if !ok {
			return usage("--kinds: %q is not in the rule pack", w)
		}
		kinds = append(kinds, t)
	}
	registry.Tell(k, kinds, q.necessity, q.effect)
	a.Work, a.Source, a.Keep, a.Sender, a.ReplyTo, a.Guardian = q.work, q.source, q.keep, q.sender, q.replyTo, q.guardian
	a.Company.Confidentiality = q.confidentiality
	if a.Lang = q.lang; a.Lang == "" {
		a.Lang = string(c.language())
	}
	var err error
	if a.ReplyBy, err = day(q.replyBy, time.Time{}); err != nil {
		return err
	}
	for _, r := range q.recipients {
		p := append(strings.Split(r, "|"), "", "", "", "", "", "")
		x := letters.Recipient{Name: p[0], Contact: p[1], Purpose: p[2], Method: p[3], Kinds: p[4], Abroad: p[5] == "abroad", Rights: p[6]}
		if p[5] != "" && !x.Abroad {
			return usage("--recipient: %q is not abroad", p[5])
		}
		a.Pass(k, x)
	}
	if q.draft != "" {
		b, err := registry.ReadFile(q.draft, registry.MaxFile)
		if err != nil {
			return fmt.Errorf("read the draft: %w", err)
		}
		a.Draft = letters.Attachment{Name: filepath.Base(q.draft), SHA256: registry.Digest(b)}
	}
	return nil
}

// asked makes one request and writes its files.
func (c *cli) asked(cmd *cobra.Command, a app, k authz.Consent, q registry.Asked, out string) error {
	l, err := a.Ask(cmd.Context(), k, q, a.Press())
	if missing := new(letters.Missing); errors.As(err, &missing) {
		return fmt.Errorf("the form would have a hole; still to be said: %s", missing.In(string(c.language())))
	}
	if err != nil {
		return err
	}
	if _, err := wiring.WriteLetter(out, l); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.out, l.RequestID)
	return err
}

func (c *cli) requestNewCmd() *cobra.Command {
	var sc scope
	var q ask
	cmd := &cobra.Command{
		Use:   "new SUBJECT --for P --channel C --shows S --until DATE --work TITLE -o DIR",
		Short: "Make the letter, e-mail, notice and form for one consent (PDF, DOCX, text)",
		Long: `Makes what is sent to one person or company, in a folder below DIR: the request letter and the
consent form as PDF and DOCX, with one box for each purpose and none ticked, the whole notice, an
e-mail, a form to withdraw with. A code on the form lets the returned scan be filed: request file.
Who asks is said once: handler set.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if q.out == "" {
				return usage("-o is needed")
			}
			return c.withSubject(cmd, args[0], func(ctx context.Context, a app, id authz.SubjectID) error {
				k, asked := authz.Consent{Subject: id}, registry.Asked{}
				if err := sc.put(&k, a.Pack.Vocabulary, time.Now().UTC()); err != nil {
					return err
				}
				if err := q.put(c, &k, &asked, a.Pack.Vocabulary); err != nil {
					return err
				}
				return c.asked(cmd, a, k, asked, q.out)
			})
		},
	}
	sc.flags(cmd.Flags())
	sc.fromFlag(cmd.Flags())
	q.flags(cmd)
	return cmd
}

func (c *cli) requestCaseCmd() *cobra.Command {
	var q ask
	var until string
	cmd := &cobra.Command{
		Use: "case CASE --until DATE -o DIR", Short: "The same for every registered person and company that a case hides for want of a consent", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if q.out == "" {
				return usage("-o is needed")
			}
			last, err := day(until, time.Time{})
			if err != nil {
				return err
			}
			var missing []casework.Wanted
			var cs *casework.Case
			err = c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error {
				missing, cs = p.Wanted(), p.Case
				return nil
			})
			if err != nil {
				return err
			}
			return c.withApp(func(a app) error {
				for _, w := range missing {
					k := authz.Consent{Subject: w.Subject, Purposes: []authz.Purpose{cs.Purpose}, Channels: []authz.Channel{cs.Channel},
						Territories: []authz.Territory{cs.Territory}, Shows: w.Shows}
					if !last.IsZero() {
						k.Until = last.AddDate(0, 0, 1)
					}
					asked := registry.Asked{Case: cs.ID}
					if err := q.put(c, &k, &asked, a.Pack.Vocabulary); err != nil {
						return err
					}
					if asked.Work == "" {
						asked.Work = cs.Title
					}
					if err := c.asked(cmd, a, k, asked, q.out); err != nil {
						return fmt.Errorf("%s: %w", w.Subject, err)
					}
				}
				return nil
			})
		},
	}
	q.flags(cmd)
	cmd.Flags().StringVar(&until, "until", "", "last `day`")
	return cmd
}

func (c *cli) requestListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "What awaits an answer or a confirmation, and consents that end within 90, 30, 7 days", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				ds, err := a.Dues(cmd.Context())
				if err != nil {
					return err
				}
				list := c.listing(asJSON, "RECORD", "SUBJECT", "WHAT", "SINCE", "UNTIL", "DAYS", "FORM", "WORK")
				for _, d := range ds {
					s, err := a.Vault.Subject(cmd.Context(), d.Subject)
					if err != nil {
						return err
					}
					what, filed := d.What, ""
					if d.Within > 0 {
						what = fmt.Sprintf("%s within %d days", d.What, d.Within)
					}
					if d.Filed {
						filed = "came back"
					}
					if err := list.add(d, []string{string(d.Consent), s.Title(), what, dayOf(d.Since), dayOf(lastDay(d.Until)), fmt.Sprint(d.Days), filed, d.Work}); err != nil {
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

func (c *cli) requestFileCmd() *cobra.Command {
	var request string
	cmd := &cobra.Command{
		Use: "file SCAN...", Short: "Seal returned forms as evidence, by the code on them", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				bad := false
				for _, name := range args {
					id, err := func() (string, error) {
						f, err := os.Open(name)
						if err != nil {
							return "", fmt.Errorf("open the scan: %w", err)
						}
						defer f.Close()
						b, err := io.ReadAll(io.LimitReader(f, 256<<20))
						if err != nil {
							return "", err
						}
						return a.FileReturned(cmd.Context(), request, name, b)
					}()
					if err != nil {
						bad = true
						fmt.Fprintf(c.err, "consentry: %s: %v\n", name, casework.Hint(err))
						continue
					}
					if _, err := fmt.Fprintf(c.out, "%s\t%s\n", id, name); err != nil {
						return err
					}
				}
				if bad {
					return errPartly
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&request, "request", "", "the `request` they answer, where no code can be read")
	return cmd
}

func (c *cli) requestAnswerCmd() *cobra.Command {
	var r registry.Reply
	var sc scope
	var on, evidence string
	cmd := &cobra.Command{
		Use: "answer REQUEST given|refused|deferred", Short: "Record what the returned form says", Args: cobra.ExactArgs(2),
		Long: `Records the answer to a request. What was ticked may be less than what was asked for (--for, --channel,
--territory, --shows, --until), never more; where nothing is said, it is all of it. The evidence is
the returned form that was filed, or --evidence.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			states := map[string]authz.State{"given": authz.Given, "refused": authz.Refused, "deferred": authz.Deferred}
			var ok bool
			if r.State, ok = states[args[1]]; !ok {
				return usage("%q is none of given, refused, deferred", args[1])
			}
			return c.withApp(func(a app) error {
				var ticked authz.Consent
				for flag, list := range map[string]*[]string{"territory": &sc.territories, "shows": &sc.shows} {
					if !cmd.Flags().Changed(flag) {
						*list = nil
					}
				}
				if err := sc.put(&ticked, a.Pack.Vocabulary, time.Time{}); err != nil {
					return err
				}
				r.Purposes, r.Channels, r.Territories, r.Shows, r.Forms, r.Until = ticked.Purposes, ticked.Channels, ticked.Territories, ticked.Shows, ticked.AllowedForms, ticked.Until
				var err error
				if r.On, err = day(on, time.Time{}); err != nil {
					return err
				}
				file, done, err := registry.OpenFile(evidence)
				if err != nil {
					return err
				}
				defer done()
				r.Evidence = file
				got, err := a.Reply(cmd.Context(), authz.ConsentID(args[0]), r)
				if err != nil {
					return err
				}
				if r.State == authz.Given && !got.StateAt(time.Now()).Valid() {
					fmt.Fprintln(c.err, "consentry: recorded; it covers nothing until somebody who may confirms it (consent confirm)")
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	sc.flags(f)
	f.StringVar(&on, "on", "", "`day` on which it was signed (default: now)")
	f.StringVar(&evidence, "evidence", "", "`file` of the signed form (default: the one filed by its code)")
	f.StringVar(&r.Intake, "intake", "", "how it reached us")
	f.StringVar(&r.Reason, "reason", "", "what was said")
	f.StringVar(&r.GivenBy, "given-by", "", "who signed, where it was somebody else: guardian, other")
	f.BoolVar(&r.Written, "written", false, "it was given in writing")
	f.BoolVar(&r.Separate, "separate", false, "the separate consent to publication was ticked")
	f.BoolVar(&r.Voluntary, "voluntary", false, "refusing would have had no consequence")
	f.BoolVar(&r.Authority, "authority", false, "companies: the signer may sign")
	return cmd
}
