package exchange

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"consentry/authz"
)

var readPack = sync.OnceValues(func() (*authz.Pack, error) {
	b, err := os.ReadFile("../../assets/rules/rulepack.yaml")
	if err != nil {
		return nil, err
	}
	return authz.ParsePack(b)
})

func pack(t testing.TB) *authz.Pack {
	t.Helper()
	p, err := readPack()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sheet(t testing.TB) Sheet { return Sheet{Vocabulary: pack(t).Vocabulary} }

var (
	aa = strings.Repeat("aa", 32)
	bb = strings.Repeat("bb", 32)
)

// good is a complete row of each kind under English names.
var good = "id,kind,name,aliases,company,role,age,given_by,purposes,channels,territories,shows,from,until,state,state_at,notice_sha256,notice_at,notice_items,evidence_sha256,voluntary,separate,written,authority,allowed_forms\n" +
	"s-1,person,林知遥,pinyin:Lin Zhiyao,云岚,contact,adult,self,case-study;website,website,CN,name;post,2026-01-10,2026-12-31,given,2026-01-10," + aa + ",2026-01-05,handler;purpose;method;kinds;retention;rights," + bb + ",yes,yes,yes,,\n" +
	"s-2,organisation,云岚智造有限公司,云岚,,,,company,case-study,website,CN,name,2026-01-10,2026-12-31,given,2026-01-10,,,," + bb + ",,,yes,yes,full;short\n"

func day8(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02", s, China)
	if err != nil {
		panic(err)
	}
	return t
}

func imported(t *testing.T, text string) Batch {
	t.Helper()
	b, err := sheet(t).Import(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestImport(t *testing.T) {
	b := imported(t, good)
	if len(b.Problems) > 0 || len(b.Subjects) != 2 || len(b.Consents) != 2 || len(b.Notices) != 1 {
		t.Fatalf("%d subjects, %d consents, %d notices, problems %v", len(b.Subjects), len(b.Consents), len(b.Notices), b.Problems)
	}
	wantSubject := authz.Subject{
		ID: "s-1", Kind: authz.Person, Company: "云岚", Role: "contact", Age: "adult",
		Names: []authz.Name{{Text: "林知遥"}, {Text: "Lin Zhiyao", Use: "pinyin"}},
	}
	if !reflect.DeepEqual(b.Subjects[0], wantSubject) {
		t.Errorf("subject %+v", b.Subjects[0])
	}
	c := b.Consents[0]
	want := authz.Consent{
		ID: c.ID, Subject: "s-1", Kind: "publish", GivenBy: "self", CollectedBy: "us",
		Events:   []authz.Event{{State: authz.Given, At: day8("2026-01-10")}},
		Evidence: bb, Notice: aa, NoticeSHA256: aa, Voluntary: true, Separate: true, Written: true,
		Purposes: []authz.Purpose{"case-study", "website"}, Channels: []authz.Channel{"website"},
		Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name", "post"},
		From: day8("2026-01-10"), Until: day8("2027-01-01"), // the last day is included
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("consent\n got %+v\nwant %+v", c, want)
	}
	if !b.Consents[1].Authority || !slices.Equal(b.Consents[1].AllowedForms, []string{"full", "short"}) || b.Subjects[1].Names[1].Use != "short" {
		t.Errorf("company %+v", b.Consents[1])
	}
	again := imported(t, good)
	if again.Consents[0].ID != c.ID {
		t.Error("reading the same row again gives another consent")
	}
	withdrawn := imported(t, strings.Replace(good, "given,2026-01-10,"+aa, "withdrawn,2026-06-01,"+aa, 1))
	if withdrawn.Consents[0].ID != c.ID {
		t.Error("a withdrawal in the sheet is of another consent")
	}
}

// One sheet in every form that it may come in.
func TestImportForms(t *testing.T) {
	zh := "类型,姓名,别名,单位,角色,年龄段,给出人,目的,渠道,地域,展示内容,起,止,状态,状态日期,告知书,告知日期,告知事项,证据,自愿,单独同意,书面\n" +
		"个人,林知遥,拼音：Lin Zhiyao,云岚,客户联系人,成年,本人,客户案例；官网展示,官网,中国内地,姓名或名称、职务,2026年1月10日,2026/12/31,已同意,2026.1.10," + aa + ",2026-01-05,处理者名称与联系方式;处理目的;处理方式;信息种类;保存期限;行使权利的方式和程序," + bb + ",是,是,是\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(zh)
	if err != nil {
		t.Fatal(err)
	}
	u16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(zh, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	want := imported(t, good)
	for name, text := range map[string]string{
		"UTF-8": zh, "with a mark": "\ufeff" + zh, "GB18030": gb, "UTF-16 with tabs": u16,
		"semicolons": strings.NewReplacer("；", "、", ";", "、", ",", ";").Replace(zh), "CRLF": strings.ReplaceAll(zh, "\n", "\r\n"),
	} {
		b := imported(t, text)
		if len(b.Problems) > 0 || len(b.Consents) != 1 {
			t.Errorf("%s: %d consents, problems %v", name, len(b.Consents), b.Problems)
			continue
		}
		got, expect := b.Consents[0], want.Consents[0]
		expect.ID, expect.Subject = got.ID, got.Subject
		if !reflect.DeepEqual(got, expect) || !reflect.DeepEqual(b.Notices[0], want.Notices[0]) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, expect)
		}
		if b.Subjects[0].ID == "" || strings.Contains(string(b.Subjects[0].ID), "林") {
			t.Errorf("%s: id %q", name, b.Subjects[0].ID)
		}
	}
}

// A row that is wrong is listed by line and column, and does no harm.
func TestImportProblems(t *testing.T) {
	head, rest, _ := strings.Cut(good, "\n")
	person, company, _ := strings.Cut(rest, "\n")
	const secret = "林知遥"
	for name, c := range map[string]struct {
		row      string
		column   string
		skipped  bool
		subjects int
	}{
		"unknown purpose":       {strings.Replace(person, "case-study;website", "world-peace", 1), "purposes", true, 1},
		"no day":                {strings.Replace(person, "2026-12-31", "31.12.26", 1), "until", true, 1},
		"a year of 20226":       {strings.Replace(person, "2026-12-31", "20226-12-31", 1), "until", true, 1},
		"no digest":             {strings.Replace(person, bb, "abc", 1), "evidence_sha256", true, 1},
		"no yes":                {strings.Replace(person, "yes,yes,yes", "yes,maybe,yes", 1), "separate", true, 1},
		"no kind":               {strings.Replace(person, "person", "", 1), "kind", true, 1},
		"unknown kind":          {strings.Replace(person, "person", "robot", 1), "kind", true, 1},
		"no name":               {strings.Replace(person, secret, " ", 1), "name", true, 1},
		"name of 10,000":        {strings.Replace(person, secret, strings.Repeat("欧", 10_000), 1), "name", true, 1},
		"alias of 10,000":       {strings.Replace(person, "Lin Zhiyao", strings.Repeat("a", 10_000), 1), "aliases", true, 1},
		"control characters":    {strings.Replace(person, secret, "林\x07遥", 1), "name", true, 1},
		"too many cells":        {person + ",,,x", "", true, 1},
		"quotation mark":        {strings.Replace(person, secret, "林\"遥", 1), "", true, 1},
		"grant without notice":  {strings.Replace(person, aa, "", 1), "notice_sha256", false, 2},
		"without notice date":   {strings.Replace(person, "2026-01-05", "", 1), "notice_at", false, 2},
		"notice after consent":  {strings.Replace(person, "2026-01-05", "2026-01-11", 1), "notice_at", false, 2},
		"without purpose":       {strings.Replace(person, "case-study;website", "", 1), "purposes", false, 2},
		"without evidence":      {strings.Replace(person, bb, "", 1), "evidence_sha256", false, 2},
		"without date of grant": {strings.Replace(person, "given,2026-01-10", "given,", 1), "state_at", false, 2},
		"without state":         {strings.Replace(person, "given,2026-01-10", ",", 1), "state", false, 2},
		"unknown state":         {strings.Replace(person, "given", "maybe", 1), "state", true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := imported(t, head+"\n"+c.row+"\n"+company)
			if len(b.Problems) != 1 {
				t.Fatalf("problems %v, want one", b.Problems)
			}
			p := b.Problems[0]
			if p.Line != 2 || p.Column != c.column || p.Skipped != c.skipped || p.Reason == "" || strings.Contains(p.String(), secret) {
				t.Errorf("problem %q, skipped %v; want line 2, column %q", p, p.Skipped, c.column)
			}
			if len(b.Subjects) != c.subjects || b.Subjects[len(b.Subjects)-1].ID != "s-2" {
				t.Errorf("%d subjects, want %d with the company", len(b.Subjects), c.subjects)
			}
			for _, c := range b.Consents {
				if s := c.StateAt(day8("2026-05-01")); c.Subject == "s-1" && s != authz.Unknown {
					t.Errorf("the state is %s, want %s", s, authz.Unknown)
				}
			}
		})
	}
}

// A file that is too large is not read at all.
func TestImportTooLarge(t *testing.T) {
	if _, err := sheet(t).ImportFile("a.csv", strings.NewReader("kind,name\n"), MaxBytes+1, nil); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large file: %v", err)
	}
	if testing.Short() {
		t.Skip("a reader without an end takes memory")
	}
	if _, err := sheet(t).Import(strings.NewReader("kind,name\n" + strings.Repeat("person,a\n", MaxRows+1))); !errors.Is(err, ErrRows) {
		t.Errorf("too many rows: %v", err)
	}
	if _, err := sheet(t).Import(endless{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a reader without an end: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// A no is never dropped for a mistake beside it, and never outlived by a yes of
// the same subject.
func TestImportNoStands(t *testing.T) {
	head, rest, _ := strings.Cut(good, "\n")
	yes, _, _ := strings.Cut(rest, "\n")
	no := strings.Replace(yes, "given,2026-01-10", "withdrawn,2026-06-01", 1)
	p := pack(t)
	decide := func(b Batch) authz.Decision {
		f := authz.Facts{
			Use:        authz.Use{Purpose: "case-study", Channel: "website", Territory: "CN", Shows: []authz.Shows{"name"}, At: day8("2026-12-01")},
			Identity:   authz.Identity{By: "text", Candidates: []authz.Candidate{{Subject: "s-1", Score: 1}}},
			Subjects:   map[authz.SubjectID]authz.Subject{},
			Consents:   b.Consents,
			Notices:    map[string]authz.Notice{},
			PreparedBy: "zhou", Claim: authz.Claim{Basis: 1},
		}
		for _, s := range b.Subjects {
			f.Subjects[s.ID] = s
		}
		for _, n := range b.Notices {
			f.Notices[n.SHA256] = n
		}
		return p.Decide(f)
	}
	if d := decide(imported(t, good)); d.Verdict != authz.Show {
		t.Fatalf("the complete row alone: %s %s, want show", d.Verdict, d.Reason)
	}
	for name, bad := range map[string]string{
		"plain":               no,
		"unknown purpose":     strings.Replace(no, "case-study;website", "world-peace", 1),
		"no day":              strings.Replace(no, "withdrawn,2026-06-01", "withdrawn,June", 1),
		"no date":             strings.Replace(no, "withdrawn,2026-06-01", "withdrawn,", 1),
		"misspelt state":      strings.Replace(no, "withdrawn", "withdrwn", 1),
		"another kind":        strings.Replace(no, "person", "robot", 1),
		"another name":        strings.Replace(no, "林知遥", "林知谣", 1),
		"another company":     strings.Replace(no, "云岚", "云山", 1),
		"name too long":       strings.Replace(no, "林知遥", strings.Repeat("林", 10_000), 1),
		"broken digest":       strings.Replace(no, bb, "x", 1),
		"refused, everything": strings.Replace(strings.Replace(no, "withdrawn", "refused", 1), "case-study;website", "?", 1),
	} {
		for i, text := range []string{head + "\n" + yes + "\n" + bad + "\n", head + "\n" + bad + "\n" + yes + "\n"} {
			b := imported(t, text)
			if d := decide(b); d.Verdict != authz.Hide {
				t.Errorf("%s (%d): %s %s; problems %v", name, i, d.Verdict, d.Reason, b.Problems)
			}
		}
	}
}

// A no with a mistake beside it goes in by itself, and is about everything.
func TestImportNoGoesIn(t *testing.T) {
	b := imported(t, "id,kind,name,state,state_at,purposes,withdraw_scope\ns-1,person,林知遥,撤回,June,world-peace,half\n")
	if len(b.Consents) != 1 || len(b.Problems) != 3 {
		t.Fatalf("%d consents, problems %v", len(b.Consents), b.Problems)
	}
	c := b.Consents[0]
	if c.StateAt(day8("1999-01-01")) != authz.Withdrawn || len(c.Purposes) > 0 || c.WithdrawScope != "" {
		t.Errorf("got %+v", c)
	}
	for _, p := range b.Problems {
		if p.Skipped {
			t.Errorf("%s: the row went in", p)
		}
	}
}

// A sheet that was exported and then changed by hand: a no counts, a yes does not
// undo the history.
func TestImportEditedExport(t *testing.T) {
	var buf bytes.Buffer
	if err := sheet(t).Export(&buf, imported(t, good)); err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(buf.String(), ",ConsentGiven,", ",撤回,", 1)
	if edited == buf.String() {
		t.Fatal("the export has no state to edit")
	}
	if s := imported(t, edited).Consents[0].StateAt(day8("2026-12-01")); s != authz.Withdrawn {
		t.Errorf("state %s, want %s", s, authz.Withdrawn)
	}
	buf.Reset()
	if err := sheet(t).Export(&buf, everything()); err != nil {
		t.Fatal(err)
	}
	edited = strings.Replace(buf.String(), ",ConsentWithdrawn,", ",given,", 1)
	if edited == buf.String() {
		t.Fatal("the export has no state to edit")
	}
	if c := imported(t, edited).Consents[0]; c.StateAt(day8("2026-12-01")) != authz.Withdrawn || len(c.Events) != 3 {
		t.Errorf("state %s after %d events", c.StateAt(day8("2026-12-01")), len(c.Events))
	}
}

func TestImportRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "no header": "林知遥,person\n", "a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a column twice": "kind,name,姓名\n",
		"broken letters": "kind,name\nperson,\xff\xff\xff\n",
	} {
		b, err := sheet(t).Import(strings.NewReader(text))
		if err == nil || len(b.Subjects) > 0 {
			t.Errorf("%s: %d subjects, error %v", name, len(b.Subjects), err)
		}
		if err != nil && strings.Contains(err.Error(), "林知遥") {
			t.Errorf("%s: the error tells the content", name)
		}
	}
}
