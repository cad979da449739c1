package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
)

// importedFile reads a file of testdata by its bytes.
func importedFile(t *testing.T, name string) Batch {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return importedBytes(t, name, b)
}

func importedBytes(t *testing.T, name string, b []byte) Batch {
	t.Helper()
	batch, err := sheet(t).ImportFile(name, bytes.NewReader(b), int64(len(b)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// brief is a subject in one line.
func brief(s authz.Subject) string {
	var out []string
	out = append(out, string(s.Kind))
	for i, n := range s.Names {
		if i > 0 {
			out = append(out, n.Use+":"+n.Text)
			continue
		}
		out = append(out, n.Text)
	}
	out = append(out, "@"+s.Company, s.Post)
	for _, c := range s.Contacts {
		out = append(out, c.Kind+":"+c.Value)
	}
	if s.Firm != nil {
		out = append(out, s.Firm.Domains...)
		out = append(out, s.Firm.CreditCode)
	}
	return strings.Join(out, "|")
}

// What the tables of other programs are read as without a mapping. The people are
// invented.
func TestImportForeign(t *testing.T) {
	for name, want := range map[string][]string{
		"google.csv": {
			"person|陆知遥|alias:小陆|pinyin:Lu Zhiyao|@砚溪冷链|运营总监|email:zhiyao.lu@example.com|email:lu@example.org|phone:13800138000|phone:010-12345678|address:北京市\n海淀区 1 号",
			"person|Ada Quill Harrow|@Harrow & Finch|Buyer|email:ada@example.com|phone:+44 20 7946 0000",
			"organisation|星野智造有限公司|@||phone:021-87654321",
		},
		"linkedin.csv": {
			"person|Mira Okonkwo|@Fennel Robotics|Head of Events|email:mira@example.com",
			"person|Jonas van der Velde|@Fennel, \"Labs\"|CTO",
		},
		"outlook-zh.csv":   {"person|沈听澜|@云岚智造|采购经理|phone:021-60000000|phone:13900139000|email:tinglan@example.com|email:shen@example.org"},
		"outlook-en.csv":   {"person|Greta Lindqvist|@Nordwind GmbH|Buyer|phone:+49 30 123456|phone:+49 170 1234567|email:greta@example.com"},
		"salesforce.csv":   {"person|Priya Raman|@Saffron Mills|VP Operations|phone:+91 22 5550 1234|phone:+91 98200 00000|email:priya@example.com"},
		"hubspot.csv":      {"person|Tomás Ferreira|@Cork & Co|Owner|email:tomas@example.com|phone:+351 21 000 0000|phone:+351 910000000"},
		"crm-zh.csv":       {"person|欧阳星野|english:Sirius Ouyang|@云岚智造|总经理|phone:13700137000|email:xingye@example.com"},
		"companies-zh.csv": {"organisation|云岚智造有限公司|@||phone:021-55555555|address:上海市浦东新区 2 号|yunlan.example.com|91310000MA1K000001"},
		"libreoffice.csv":  {"person|林知遥|@云岚|工程师|phone:13600136000"},
	} {
		t.Run(name, func(t *testing.T) {
			b := importedFile(t, name)
			var got []string
			for _, s := range b.Subjects {
				got = append(got, brief(s))
				if s.ID == "" || len(s.ID) < 10 {
					t.Errorf("id %q", s.ID)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if len(b.Consents) > 0 {
				t.Errorf("%d consents", len(b.Consents))
			}
			for _, p := range b.Problems {
				if p.Reason != IgnoredColumn || p.Skipped {
					t.Errorf("problem %s", p)
				}
			}
		})
	}
}

// The status of a customer is no consent, and a number in a list is no id of ours.
func TestGuessIsCareful(t *testing.T) {
	m := Guess([]string{"编号", "姓名", "状态", "类型", "同意", "手机"})
	want := map[string]string{"编号": "", "姓名": "", "状态": "", "类型": "", "同意": "", "手机": ""}
	if _, ok, _ := ownLayout([]string{"编号", "姓名", "状态", "类型"}); !ok {
		t.Fatal("kind and name make a table ours")
	}
	want["编号"], want["姓名"], want["状态"], want["类型"], want["手机"] = "id", "name", "state", "kind", "phones"
	if !maps.Equal(m.Columns, want) {
		t.Errorf("with kind and name: %v", m.Columns)
	}
	m = Guess([]string{"编号", "姓名", "状态", "手机", "撤销"})
	if m.Columns["编号"] != "" || m.Columns["状态"] != "" || m.Columns["姓名"] != "name" || m.Defaults["kind"] != "person" {
		t.Errorf("a customer list: %v %v", m.Columns, m.Defaults)
	}
	m = Guess([]string{"姓名", "状态", "撤回日期"})
	if m.Columns["状态"] != "state" || m.Columns["撤回日期"] != "withdrawn_at" {
		t.Errorf("withdrawals: %v", m.Columns)
	}
	for _, id := range Columns() {
		if i, ok := columnByID(id); !ok || ColumnLabel(id, "zh") != columns[i].zh[0] || ColumnLabel(id, "en") != id {
			t.Errorf("column %s", id)
		}
	}
	// What it proposes always fits.
	for h, id := range foreign() {
		if err := (Mapping{Columns: map[string]string{h: id}}).Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestMapping(t *testing.T) {
	m := Mapping{
		Columns:  map[string]string{"Wer": "name", "Firma": "company", "Ja": "state", "Am": "state_at", "Tel. 1": "phones", "Tel. 2": "phones", "Egal": ""},
		Defaults: map[string]string{"kind": "person", "purposes": "case-study", "collected_by": "partner", "role": "contact"},
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again Mapping
	if err := json.Unmarshal(b, &again); err != nil || !reflect.DeepEqual(again, m) {
		t.Fatalf("%s became %+v (%v)", b, again, err)
	}
	text := "WER,Firma,Ja,Am,Tel. 1,Tel. 2,Egal,Neu\nMira Okonkwo,Fennel,given,2026-01-10,1,2,x,y\nAda Harrow,Finch,,,3,3,,\n"
	got, err := sheet(t).ImportWith(strings.NewReader(text), again)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Subjects) != 2 || brief(got.Subjects[0]) != "person|Mira Okonkwo|@Fennel||phone:1|phone:2" || brief(got.Subjects[1]) != "person|Ada Harrow|@Finch||phone:3" || got.Subjects[0].Role != "contact" {
		t.Errorf("subjects %+v", got.Subjects)
	}
	if len(got.Consents) != 1 || got.Consents[0].CollectedBy != "partner" || len(got.Consents[0].Purposes) != 1 || got.Consents[0].StateAt(endOfTime) != authz.Unknown {
		t.Errorf("consents %+v", got.Consents)
	}
	if p := got.Problems[0]; p.Line != 1 || p.Reason != UnknownColumn || p.Number != 8 {
		t.Errorf("problem %+v", p)
	}
	for name, c := range map[string]struct {
		m    Mapping
		text string
		want error
	}{
		"no such column":    {Mapping{Columns: map[string]string{"Wer": "who"}}, text, ErrMapping},
		"default for state": {Mapping{Columns: m.Columns, Defaults: map[string]string{"kind": "person", "state": "given"}}, text, ErrMapping},
		"unknown default":   {Mapping{Columns: m.Columns, Defaults: map[string]string{"kind": "person", "x": "given"}}, text, ErrMapping},
		"twice":             {Mapping{Columns: map[string]string{"Wer": "name", "Firma": "name"}}, text, ErrMapping},
		"nobody":            {Mapping{Columns: map[string]string{"Firma": "company"}, Defaults: m.Defaults}, text, ErrHeader},
		"no kind":           {Mapping{Columns: m.Columns}, text, ErrHeader},
		"zero":              {Mapping{}, text, ErrHeader},
		"empty file":        {m, "", ErrHeader},
	} {
		if _, err := sheet(t).ImportWith(strings.NewReader(c.text), c.m); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestCompose(t *testing.T) {
	for _, c := range []struct {
		p    parts
		want string
	}{
		{parts{given: "知遥", family: "林"}, "林知遥"},
		{parts{given: "Ada", middle: "Quill", family: "Harrow"}, "Ada Quill Harrow"},
		{parts{given: "Ada"}, "Ada"},
		{parts{family: "欧阳"}, "欧阳"},
		{parts{given: "민준", family: "김"}, "김민준"},
		{parts{given: "さくら", family: "Mori"}, "Moriさくら"},
		{parts{}, ""},
	} {
		if got := c.p.compose(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.p, got, c.want)
		}
	}
}

// Every reason has words in both languages, and none has a place for content.
func TestReasons(t *testing.T) {
	for r, t2 := range reasons {
		if t2.en == "" || t2.zh == "" || strings.Contains(t2.en+t2.zh, "%s") || r.Error() != t2.en {
			t.Errorf("%s: %q %q", r, t2.en, t2.zh)
		}
	}
	p := Problem{Line: 3, Column: "phones", Reason: Shortened}
	if got := p.Text("zh"); got != "第 3 行，“电话”列：号码被电子表格缩写，末尾数字已丢失" {
		t.Error(got)
	}
	if got := p.String(); got != "line 3, column phones: a number that a spreadsheet has shortened; its last digits are lost" {
		t.Error(got)
	}
	if got := (Problem{Line: 1, Reason: UnknownColumn, Number: 4}).Text("zh"); got != "第 1 行：第 4 列的列名不认识，未读取" {
		t.Error(got)
	}
}
