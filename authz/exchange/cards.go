package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"consentry/authz"
	"consentry/authz/exchange/vcard"
)

// ourUID begins the UID of a card that this program wrote.
const ourUID = "urn:consentry:subject:"

// cards reads vCards. They bring subjects and never a consent.
func (s Sheet) cards(t text) (Batch, error) {
	s.memo = newMemo()
	r := vcard.NewReader(t.reader())
	var b Batch
	var rows []*row
	for {
		c, err := r.Next()
		if err == io.EOF {
			b.assemble(rows)
			return b, nil
		}
		if len(rows) >= MaxRows {
			return Batch{}, ErrRows
		}
		switch {
		case errors.Is(err, vcard.ErrCard):
			b.Problems = append(b.Problems, Problem{Line: c.Line, Reason: BadCard, Skipped: true})
		case err != nil:
			return Batch{}, err
		case c.Version != "" && c.Version != "2.1" && c.Version != "3.0" && c.Version != "4.0":
			b.Problems = append(b.Problems, Problem{Line: c.Line, Reason: OldCard, Skipped: true})
		case strings.EqualFold(c.First("KIND"), "group"), strings.EqualFold(c.First("KIND"), "location"):
			b.Problems = append(b.Problems, Problem{Line: c.Line, Reason: NotImported, Skipped: true})
		default:
			rows = append(rows, s.card(c))
		}
	}
}

// set reads a text as a cell of a column.
func (r *row) set(s Sheet, id, cell string) {
	if cell = strings.TrimSpace(cell); cell != "" {
		i, _ := columnByID(id)
		r.read(s, i, cell)
	}
}

func (s Sheet) card(c vcard.Card) *row {
	r := newRow(c.Line)
	r.subject.Kind = authz.Person
	if uid := c.First("UID"); strings.HasPrefix(uid, ourUID) {
		r.set(s, "id", strings.TrimPrefix(uid, ourUID))
	} else if uid != "" { // the same card later is the same subject
		sum := sha256.Sum256([]byte(uid))
		r.subject.ID = authz.SubjectID("v-" + hex.EncodeToString(sum[:8]))
	}
	full := strings.TrimSpace(c.First("FN"))
	var n []string
	if ns := c.Get("N"); len(ns) > 0 {
		n = ns[0].Parts()
	}
	at := func(i int) string {
		if i < len(n) {
			return strings.TrimSpace(n[i])
		}
		return ""
	}
	r.parts = &parts{family: at(0), given: at(1), middle: at(2), soundFamily: c.First("X-PHONETIC-LAST-NAME"), soundGiven: c.First("X-PHONETIC-FIRST-NAME")}
	org := ""
	if os := c.Get("ORG"); len(os) > 0 {
		org = strings.TrimSpace(os[0].Parts()[0])
	}
	if strings.EqualFold(c.First("KIND"), "org") || strings.EqualFold(c.First("X-ABSHOWAS"), "COMPANY") || full+r.parts.compose() == "" || full == org && r.parts.compose() == "" {
		r.subject.Kind, r.parts = authz.Organisation, nil
		if full == "" {
			full = org
		}
	} else {
		r.set(s, "company", org)
	}
	// Programs write a Chinese name the wrong way round, or with a space, where
	// they put it together for FN.
	if p := r.parts; p != nil && p.family != "" && p.given != "" && eastAsian(p.family+p.given) {
		full = p.compose()
	}
	r.title(full)
	r.also(c)
	for _, t := range c.Get("TITLE") {
		r.set(s, "post", t.Text())
	}
	for _, p := range c.Get("TEL") {
		if !p.Is("FAX") {
			r.set(s, "phones", strings.TrimPrefix(p.Text(), "tel:"))
		}
	}
	for _, p := range c.Get("EMAIL") {
		r.set(s, "emails", strings.TrimPrefix(p.Text(), "mailto:"))
	}
	for _, p := range c.Get("ADR") {
		r.set(s, "address", address(p))
	}
	if r.subject.Kind == authz.Organisation {
		for _, p := range c.Get("URL") {
			r.set(s, "domains", p.Text())
		}
	}
	for _, p := range c.Get("NOTE") {
		r.set(s, "note", p.Text())
	}
	r.finish(false)
	return r
}

// title makes a text the first name.
func (r *row) title(full string) {
	if full == "" {
		return
	}
	if err := checkName(full); err != nil {
		i, _ := columnByID("name")
		r.fail("name", err)
		r.unread = append(r.unread, i)
	}
	r.subject.Names = []authz.Name{{Text: full}}
}

// also takes the other names of a card.
func (r *row) also(c vcard.Card) {
	add := func(text, use, script string) {
		if text = strings.TrimSpace(text); text != "" {
			r.more = append(r.more, authz.Name{Text: text, Use: use, Script: script})
		}
	}
	for _, p := range c.Get("NICKNAME") {
		for _, n := range p.List() {
			if r.subject.Kind == authz.Organisation {
				add(n, "short", "")
				continue
			}
			add(n, "alias", "")
		}
	}
	reading := func(text string) {
		if text = strings.Join(strings.Fields(strings.ReplaceAll(text, ",", " ")), " "); text == "" {
			return
		}
		if len(r.subject.Names) > 0 && eastAsian(r.subject.Names[0].Text) && !eastAsian(text) {
			add(text, "pinyin", "")
		}
	}
	for _, p := range c.Get("SORT-STRING") {
		reading(p.Text())
	}
	for _, p := range c.Get("N") {
		reading(strings.Join(p.Params["SORT-AS"], " "))
	}
	for _, p := range c.Get("X-MAIDENNAME") {
		add(p.Text(), "former", "")
	}
	for _, p := range c.Get("X-CONSENTRY-NAME") {
		add(p.Text(), strings.Join(p.Params["USE"], ""), strings.Join(p.Params["SCRIPT"], ""))
	}
}

// address is an ADR as one text: its label, or its components in the order of its
// script.
func address(p vcard.Property) string {
	if l := strings.Join(p.Params["LABEL"], ","); l != "" {
		return strings.ReplaceAll(l, `\n`, "\n")
	}
	parts := p.Parts() // post box, extended, street, locality, region, code, country
	if len(parts) > 7 {
		parts = parts[:7]
	}
	separator := ", "
	if eastAsian(strings.Join(parts, "")) && len(parts) == 7 {
		parts = []string{parts[6] + parts[4] + parts[3] + parts[2] + parts[1] + parts[0], parts[5]}
		separator = " "
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), separator)
}

// ErrVersion is given for a version of vCard that is not written.
var ErrVersion = errors.New("cards are written in vCard 3.0 or 4.0")

// ExportVCard writes the subjects of a batch as cards of a version, 3.0 or 4.0;
// consents are in none. A card holds names, company, post, contacts and note:
// what else is known of a subject stays behind. It gives ErrVersion.
func (s Sheet) ExportVCard(w io.Writer, b Batch, version string) error {
	if version != "3.0" && version != "4.0" {
		return ErrVersion
	}
	out := vcard.NewWriter(w)
	for _, subject := range b.Subjects {
		if len(subject.Names) > 0 {
			putCard(out, subject, version)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export cards: %w", err)
	}
	return nil
}

func putCard(out *vcard.Writer, s authz.Subject, version string) {
	four := version == "4.0"
	full := s.Names[0].Text
	out.Begin(version)
	out.Put("UID", ourUID+string(s.ID))
	out.Put("FN", full)
	var reading string
	for _, n := range s.Names[1:] {
		if n.Use == "pinyin" && reading == "" && n.Script == "" && eastAsian(full) {
			reading = n.Text
			continue
		}
		if n.Use == variant {
			continue
		}
		head := "X-CONSENTRY-NAME;USE=" + vcard.Param(n.Use)
		if n.Script != "" {
			head += ";SCRIPT=" + vcard.Param(n.Script)
		}
		switch {
		case n.Script == "" && (n.Use == "alias" && s.Kind == authz.Person || n.Use == "short" && s.Kind == authz.Organisation):
			out.Put("NICKNAME", n.Text)
		default:
			out.Put(head, n.Text)
		}
	}
	switch {
	case s.Kind == authz.Organisation && four:
		out.Put("KIND", "org")
		out.Put("N", "", "", "", "", "")
	case s.Kind == authz.Organisation:
		out.Put("N", full, "", "", "", "")
		out.Put("X-ABSHOWAS", "COMPANY")
	case four && reading != "":
		out.Put("N;SORT-AS="+vcard.Param(reading), full, "", "", "", "")
	default:
		out.Put("N", full, "", "", "", "")
	}
	if !four || s.Kind == authz.Organisation {
		out.Put("SORT-STRING", reading)
	}
	if s.Kind == authz.Organisation {
		out.Put("ORG", full)
	} else {
		out.Put("ORG", s.Company)
	}
	out.Put("TITLE", s.Post)
	for _, c := range s.Contacts {
		switch c.Kind {
		case "phone":
			out.Put("TEL", c.Value)
		case "email":
			out.Put("EMAIL", c.Value)
		case "address":
			out.Put("ADR", "", "", c.Value, "", "", "", "")
		}
	}
	if s.Firm != nil {
		for _, d := range s.Firm.Domains {
			out.Put("URL", "https://"+d)
		}
	}
	out.Put("NOTE", s.Note)
	out.End()
}
