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
	low := Risk{pick(lang, "低", "low"), pick(lang, "中", "medium"), pick(lang, "见上", "see above")}
	return map[string]interface{ Text() (Markdown, error) }{
		"receipt": Receipt{Lang: lang, Vocabulary: r.Vocabulary, Handler: r.Handler, Subject: r.Subject, Notice: r.Notice, On: date(2027, 1, 5), Consent: authz.Consent{
			ID: "c_1", Subject: "s_1", GivenBy: "self", Events: []authz.Event{{State: authz.Given, At: date(2027, 1, 3)}, {State: authz.Withdrawn, At: date(2027, 6, 1)}},
			Evidence: sum, NoticeSHA256: r.Notice.SHA256, Purposes: r.Purposes, Channels: r.Channels, Territories: r.Territories, Shows: r.Shows, From: r.From, Until: r.Until}},
		"takedown": Takedown{Lang: lang, ID: "T-1", Handler: r.Handler, Sender: r.Sender, Partner: pick(lang, "示例日报社", "Example Daily"), Date: date(2027, 6, 2), Due: date(2027, 6, 9),
			Pieces: []Piece{{Title: "journey.html", Where: "https://daily.example/journey", SHA256: sum}}},
		"certificate": Certificate{Lang: lang, ID: "Z-1", Work: r.Work, Date: date(2027, 1, 5), RulePack: "2026.11-2", Program: "1.0", Files: []CertifiedFile{{Name: "a.pdf", Source: sum, Output: sum, Pages: 3, Hidden: 5, Kept: 1}},
			Reasons: []string{pick(lang, "没有同意记录", "no consent on record")}, Result: pick(lang, "全部通过", "all passed"), Attacks: []string{"read-again", "bytes"}, Operator: r.Sender, Approver: pick(lang, "钱多多", "Duoduo Qian"), LedgerHead: sum},
		"assessment": Assessment{Terms: r.Terms, ID: "PIA-1", Date: date(2026, 11, 2), Assessor: r.Sender, RulePack: "2026.11-2", Notice: r.Notice, People: 3, Bases: pick(lang, "同意 c_1", "consent c_1"),
			Minimisation: pick(lang, "不能", "no"), Risks: [5]Risk{low, low, low, low, low}, Verification: pick(lang, "通过", "passed"), Metadata: pick(lang, "已清除", "removed"), Security: pick(lang, "加密", "encrypted"),
			Withdrawal: pick(lang, "一个工作日内", "within a working day"), Remaining: pick(lang, "低", "low"), KeepUntil: date(2030, 1, 1)},
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

// The zero value of each makes no form.
func TestRecordsMissing(t *testing.T) {
	for _, c := range []struct {
		rec  interface{ Text() (Markdown, error) }
		want string
	}{
		{Receipt{Lang: Zh}, "evidence_sha256"},
		{Takedown{Lang: Zh}, "partner_name"},
		{Certificate{Lang: Zh}, "file_rows"},
		{Assessment{Terms: Terms{Lang: Zh}}, "minimisation"},
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
