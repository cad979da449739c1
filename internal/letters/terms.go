package letters

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"consentry/authz"
)

// Terms are what is asked for: the scope that a notice tells and a consent covers.
type Terms struct {
	Lang        string           // zh, en
	Vocabulary  authz.Vocabulary // of the rule pack; it words the identifiers below
	Work        string           // title of the work or event
	Purposes    []authz.Purpose
	Channels    []authz.Channel
	Territories []authz.Territory
	Shows       []authz.Shows
	Kinds       []string // of information, beside what is shown
	Methods     []string // how it is handled; where empty: collecting, storing, using, editing, publishing, and providing where there are recipients
	Source      string   // where the details come from
	From        time.Time
	Until       time.Time      // exclusive: the midnight after the last day
	Zone        *time.Location // in which days are counted; China Standard Time where nil
	Keep        string         // how long material and finished work are kept
	Recipients  []Recipient    // who else gets it
	Sensitive   *authz.Sensitive
	MinorRules  string // name and version of the rules for minors (PIPL 31)
	Other       string // other items that the law requires to be told
}

// A Recipient is a third party who gets the information (PIPL 23, 39).
type Recipient struct {
	Name    string
	Contact string
	Purpose string
	Method  string
	Kinds   string
	Abroad  bool   // outside the mainland (PIPL 38)
	Rights  string // abroad: how one's rights are used towards it
}

func (t Terms) zone() *time.Location {
	if t.Zone == nil {
		return time.FixedZone("CST", 8*60*60)
	}
	return t.Zone
}

func (t Terms) day(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(t.zone()).Format(time.DateOnly)
}

// last is the last whole day before Until.
func (t Terms) last() string {
	if t.Until.IsZero() {
		return ""
	}
	y, m, d := t.Until.In(t.zone()).Date()
	return time.Date(y, m, d-1, 0, 0, 0, 0, t.zone()).Format(time.DateOnly)
}

func labels[T ~string](what, lang string, known authz.Terms, ids []T) ([]string, error) {
	var out []string
	for _, id := range ids {
		term, ok := known.Find(string(id))
		if !ok || term.Label(lang) == "" {
			return nil, fmt.Errorf("the vocabulary has no %s %q", what, id)
		}
		if l := term.Label(lang); !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out, nil
}

// scope are the words of the identifiers.
type scope struct {
	purposes, channels, territories, shows, kinds, sensitive []string
}

func (t Terms) scope() (s scope, err error) {
	get := func(dst *[]string, what string, known authz.Terms, ids []string) {
		if err == nil {
			*dst, err = labels(what, t.Lang, known, ids)
		}
	}
	v := t.Vocabulary
	get(&s.purposes, "purpose", v.Purposes, texts(t.Purposes))
	get(&s.channels, "channel", v.Channels, texts(t.Channels))
	get(&s.territories, "territory", v.Territories, texts(t.Territories))
	get(&s.shows, "shown item", v.Shows, texts(t.Shows))
	var kinds, sensitive []string
	for _, k := range t.Kinds {
		switch term, _ := v.Kinds.Find(k); {
		case term.Sensitive:
			sensitive = append(sensitive, k)
		case term.Show == "" || !slices.Contains(t.Shows, authz.Shows(term.Show)): // a shown item stands for its kind
			kinds = append(kinds, k)
		}
	}
	get(&s.kinds, "kind of information", v.Kinds, kinds)
	if t.Sensitive != nil {
		for _, k := range t.Sensitive.Kinds {
			if !slices.Contains(sensitive, k) {
				sensitive = append(sensitive, k)
			}
		}
	}
	get(&s.sensitive, "kind of information", v.Kinds, sensitive)
	return s, err
}

func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

func lines(items ...[]string) string { return strings.Join(slices.Concat(items...), "\n") }

// rows are labels as they begin a table's row: with a capital in English.
func (t Terms) rows(items ...[]string) string {
	out := slices.Concat(items...)
	if t.Lang == En {
		for i, s := range out {
			r, n := utf8.DecodeRuneInString(s)
			out[i] = string(unicode.ToUpper(r)) + s[n:]
		}
	}
	return lines(out)
}

// values are the fields that handler and terms fill in every form.
func (t Terms) values(h authz.Handler) (Fields, error) {
	s, err := t.scope()
	if err != nil {
		return nil, err
	}
	if !t.From.IsZero() && !t.Until.IsZero() && t.last() < t.day(t.From) {
		return nil, ErrPeriod
	}
	methods := t.Methods
	if len(methods) == 0 {
		if methods = words[t.Lang].methods; len(t.Recipients) > 0 {
			methods = append(slices.Clone(methods), words[t.Lang].provide)
		}
	}
	years, days := h.KeepYears, h.Days
	if years == 0 {
		years = 3
	}
	if days == 0 {
		days = 15
	}
	f := Fields{
		"handler_name": h.Name, "handler_address": h.Address, "handler_contact": h.Contact,
		"dpo_contact": h.Officer, "storage_location": h.Storage,
		"withdrawal_method": sentence(h.Withdrawal), "withdrawal_contact": h.Contact,
		"rights_method": sentence(h.Rights), "response_days": strconv.Itoa(days),
		"retention_records": fmt.Sprintf(words[t.Lang].keepYears, years), "retention_material": sentence(t.Keep),
		"work_title": t.Work, "source_of_data": sentence(t.Source), "method_list": lines(methods),
		"purpose_list": lines(s.purposes), "purpose_rows": t.rows(s.purposes),
		"channel_list": lines(s.channels), "channel_rows": t.rows(s.channels),
		"territory_list": lines(s.territories), "territory_rows": t.rows(s.territories),
		"shows_list": lines(s.shows, s.kinds), "shows_rows": t.rows(s.shows, s.kinds),
		"kinds_list":  lines(s.shows, s.kinds, s.sensitive),
		"window_from": t.day(t.From), "window_last": t.last(),
		"minor_rules": t.MinorRules, "other_items": sentence(t.Other),
	}
	if h.Rights == "" && h.Contact != "" {
		f["rights_method"] = fmt.Sprintf(words[t.Lang].ask, h.Contact)
	}
	if err := t.recipients(f); err != nil {
		return nil, err
	}
	t.sensitive(f, h, s.sensitive)
	for _, id := range []string{"minor_rules", "other_items"} {
		if f[id] == "" {
			f[id] = none(t.Lang)
		}
	}
	return f, nil
}

// sentence drops a full stop at the end: the templates set their own.
func sentence(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。.；;") }

func (t Terms) recipients(f Fields) error {
	var here, abroad []string
	for i, r := range t.Recipients {
		parts := [][2]string{
			{words[t.Lang].contact, r.Contact}, {words[t.Lang].purpose, r.Purpose},
			{words[t.Lang].method, r.Method}, {words[t.Lang].kinds, r.Kinds},
		}
		if r.Abroad {
			parts = append(parts, [2]string{words[t.Lang].rights, r.Rights})
		}
		var said []string
		for _, p := range parts {
			if strings.TrimSpace(p[1]) == "" {
				return fmt.Errorf("%w: recipient %d lacks contact, purpose, method, kinds or, abroad, how one's rights are used", ErrRecipient, i+1)
			}
			said = append(said, p[0]+pick(t.Lang, "：", ": ")+sentence(p[1]))
		}
		if strings.TrimSpace(r.Name) == "" {
			return fmt.Errorf("%w: recipient %d has no name", ErrRecipient, i+1)
		}
		line := r.Name + pick(t.Lang, "（", " (") + strings.Join(said, pick(t.Lang, "；", "; ")) + pick(t.Lang, "）", ")")
		line = strings.Join(strings.Fields(line), " ")
		if r.Abroad {
			abroad = append(abroad, line)
		} else {
			here = append(here, line)
		}
	}
	for id, list := range map[string][]string{"recipient": here, "abroad_recipient": abroad} {
		f[id+"_rows"] = lines(list)
		if f[id+"_list"] = strings.Join(list, pick(t.Lang, "；", "; ")); len(list) == 0 {
			f[id+"_list"] = none(t.Lang)
		}
	}
	return nil
}

func (t Terms) sensitive(f Fields, h authz.Handler, kinds []string) {
	if len(kinds) == 0 && t.Sensitive == nil {
		for _, id := range []string{"sensitive_kinds", "sensitive_necessity", "sensitive_effect", "sensitive_protection"} {
			f[id] = none(t.Lang)
		}
		return
	}
	f["sensitive_kinds"], f["sensitive_rows"] = lines(kinds), t.rows(kinds)
	f["sensitive_protection"] = sentence(h.Security)
	if t.Sensitive != nil {
		f["sensitive_necessity"], f["sensitive_effect"] = sentence(t.Sensitive.Necessity), sentence(t.Sensitive.Effect)
	}
}

// asksSensitive reports whether a separate consent for sensitive information is
// needed (PIPL 29).
func (t Terms) asksSensitive() bool {
	if t.Sensitive != nil {
		return true
	}
	return slices.ContainsFunc(t.Kinds, func(k string) bool { term, _ := t.Vocabulary.Kinds.Find(k); return term.Sensitive })
}

// Notice makes the notice of a handler for terms, in force from a day (PIPL 17, 30).
// Its Text is Markdown and its SHA256 that of the text's bytes; equal input makes
// equal bytes. Items are the rule pack's notice items, and necessity and effect
// where sensitive information is asked for. GivenAt is left to whoever gives it.
// The error is a *Missing where something that must be told is not given.
func Notice(h authz.Handler, t Terms, version string, from time.Time) (authz.Notice, error) {
	var n authz.Notice
	if err := speaks(t.Lang); err != nil {
		return n, err
	}
	f, err := t.values(h)
	if err != nil {
		return n, fmt.Errorf("make the notice: %w", err)
	}
	f["notice_version"], f["notice_from"] = version, t.day(from)
	section := "plain"
	if t.asksSensitive() {
		section = "sensitive"
	}
	md, err := Fill("notice", t.Lang, f, section)
	if err != nil {
		return n, fmt.Errorf("make the notice: %w", err)
	}
	return noticeOf(md, t.Lang, version, t.asksSensitive()), nil
}

// noticeOf is the record of a notice's text.
func noticeOf(md Markdown, lang, version string, sensitive bool) authz.Notice {
	title, _, _ := strings.Cut(strings.TrimPrefix(string(md), "# "), "\n")
	n := authz.Notice{
		SHA256: digest(md), Title: title, Version: version, Language: lang, Text: string(md),
		Items: []string{"handler", "purpose", "method", "kinds", "retention", "rights"},
	}
	if sensitive {
		n.Items = append(n.Items, "necessity", "effect")
	}
	return n
}

func digest(md Markdown) string {
	sum := sha256.Sum256([]byte(md))
	return hex.EncodeToString(sum[:])
}

func speaks(lang string) error {
	if lang != Zh && lang != En {
		return fmt.Errorf("no form in the language %q: zh or en", lang)
	}
	return nil
}
