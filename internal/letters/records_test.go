package letters

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
)

func records(t *testing.T, lang string) map[string]interface{ Text() (Markdown, error) } {
	r := sample(t, lang, authz.Person)
	sum := strings.Repeat("ab", 32)
	return map[string]interface{ Text() (Markdown, error) }{
		"receipt": Receipt{Lang: lang, Vocabulary: r.Vocabulary, Handler: r.Handler, Subject: r.Subject, Notice: r.Notice, On: date(2027, 1, 5), Consent: authz.Consent{
			ID: "c_1", Subject: "s_1", GivenBy: "self", Events: []authz.Event{{State: authz.Given, At: date(2027, 1, 3)}, {State: authz.Withdrawn, At: date(2027, 6, 1)}},
			Evidence: sum, NoticeSHA256: r.Notice.SHA256, Purposes: r.Purposes, Channels: r.Channels, Territories: r.Territories, Shows: r.Shows, From: r.From, Until: r.Until}},
		"takedown": Takedown{Lang: lang, ID: "T-1", Handler: r.Handler, Sender: r.Sender, Partner: pick(lang, "示例日报社", "Example Daily"), Date: date(2027, 6, 2), Due: date(2027, 6, 9),
			Pieces: []Piece{{Title: "journey.html", Where: "https://daily.example/journey", SHA256: sum}}},
		"certificate": Certificate{Lang: lang, ID: "Z-1", Work: r.Work, Date: date(2027, 1, 5), RulePack: "2026.11-2", Program: "1.0", Files: []CertifiedFile{{Name: "a.pdf", Source: sum, Output: sum, Pages: 3, Hidden: 5, Kept: 1}},
			Reasons: []string{pick(lang, "没有同意记录", "no consent on record")}, Result: pick(lang, "全部通过", "all passed"), Attacks: []string{"read-again", "bytes"}, Operator: r.Sender, Approver: pick(lang, "钱多多", "Duoduo Qian"), LedgerHead: sum},
		"assessment": Assessment{Terms: r.Terms, ID: "PIA-1", Release: "R-1", Date: date(2026, 11, 2), RulePack: "2026.11-2", Causes: []string{"publish", "faces"}, Kinds: []string{pick(lang, "人名", "name")},
			Notices: []string{r.Notice.SHA256}, People: []Assessed{{Name: pick(lang, "林知遥", "Lin Zhiyao"), Shows: []string{pick(lang, "人名", "name")}, Records: []string{"c_1"}, Until: r.Until}}, Hidden: 4, Shown: 2, Files: 1,
			Style: pick(lang, "模糊", "blur"), Attacks: []string{"bytes"}},
	}
}

func TestRecords(t *testing.T) {
	for _, lang := range []string{Zh, En} {
		for name, rec := range records(t, lang) {
			md, err := rec.Text()
			if err != nil {
				t.Errorf("%s %s: %v", lang, name, err)
				continue
			}
			if strings.ContainsFunc(string(md), isHan) != (lang == Zh) || strings.Contains(string(md), "{{") {
				t.Errorf("%s %s:\n%s", lang, name, md)
			}
			if _, err := (Press{fonts}).PDF(Document{Text: md, Lang: lang}); err != nil {
				t.Errorf("%s %s: %v", lang, name, err)
			}
			if _, err := DOCX(Document{Text: md, Lang: lang}); err != nil {
				t.Errorf("%s %s: %v", lang, name, err)
			}
		}
	}
	md, err := records(t, En)["receipt"].Text()
	if err != nil || !strings.Contains(string(md), "| State | given |") || !strings.Contains(string(md), "2027-01-03") {
		t.Errorf("the receipt tells a later state: %v\n%s", err, md)
	}
}

func TestTakedownContract(t *testing.T) {
	td := records(t, Zh)["takedown"].(Takedown)
	without, err := td.Text()
	if err != nil || strings.Contains(string(without), "合同") {
		t.Errorf("%v\n%s", err, without)
	}
	td.Contract = "HT-1"
	if with, err := td.Text(); err != nil || !strings.Contains(string(with), "HT-1") {
		t.Errorf("%v\n%s", err, with)
	}
}

// A sheet that nobody assessed says so in its first lines and rates nothing; one
// that somebody did says what they said; one that is not owed says that.
func TestAssessmentSaysWhetherItWasMade(t *testing.T) {
	for _, lang := range []string{Zh, En} {
		a := records(t, lang)["assessment"].(Assessment)
		open := map[string]string{Zh: "尚未评估", En: "not yet assessed"}[lang]
		big := map[string]string{Zh: "**尚未评估", En: "**NOT YET ASSESSED"}[lang]
		md, err := a.Text()
		if err != nil || !strings.Contains(string(md), big) || strings.Count(string(md), open) < 4 || strings.Contains(string(md), pick(lang, "| 低 |", "| low |")) {
			t.Errorf("%v\n%s", err, md)
		}
		a.Said = &Said{Necessity: pick(lang, "只留姓名", "the name alone"), Effect: pick(lang, "小", "slight"), Measures: pick(lang, "相称", "they fit"), Remaining: pick(lang, "转载", "reposts"),
			By: pick(lang, "钱多多", "Duoduo Qian"), At: date(2026, 11, 2), Risks: map[string][2]string{"repost": {"high", "low"}}}
		if md, err = a.Text(); err != nil || strings.Contains(string(md), open) || !strings.Contains(string(md), a.Said.Necessity) || !strings.Contains(string(md), pick(lang, "| 高 | 低 |", "| high | low |")) ||
			!strings.Contains(string(md), "2029-11-02") {
			t.Errorf("%v\n%s", err, md)
		}
		a.Said, a.Causes, a.People = nil, nil, nil
		if md, err = a.Text(); err != nil || strings.Contains(string(md), open) || strings.Contains(string(md), big) {
			t.Errorf("%v\n%s", err, md)
		}
	}
}

// The zero value of each makes no form.
func TestRecordsMissing(t *testing.T) {
	for _, c := range []struct {
		rec  interface{ Text() (Markdown, error) }
		want string
	}{
		{Receipt{Lang: Zh}, "evidence_sha256"},
		{Takedown{Lang: Zh}, "partner_name"},
		{Certificate{Lang: Zh}, "file_rows"},
		{Assessment{Terms: Terms{Lang: Zh}}, "release_id"},
	} {
		md, err := c.rec.Text()
		var m *Missing
		if !errors.As(err, &m) || md != "" || !slices.ContainsFunc(m.Fields, func(f Field) bool { return f.ID == c.want }) {
			t.Errorf("%T: %v", c.rec, err)
		}
	}
	for _, rec := range []interface{ Text() (Markdown, error) }{Receipt{}, Takedown{}, Certificate{}, Assessment{}} {
		if _, err := rec.Text(); err == nil || !strings.Contains(err.Error(), "language") {
			t.Errorf("%T: %v", rec, err)
		}
	}
	if _, err := Withdrawal(authz.Handler{}, "", Zh); err == nil {
		t.Error("a withdrawal without a record")
	}
	if _, err := (Takedown{Lang: Zh, Pieces: []Piece{{}}, Date: time.Now()}).Text(); err == nil {
		t.Error("a piece without a place")
	}
	if _, err := (Receipt{Lang: Zh, Consent: authz.Consent{Subject: "s_2"}}).Text(); err == nil {
		t.Error("a receipt to somebody else")
	}
}
