package exchange

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestNoes(t *testing.T) {
	in := "\ufeff姓名,手机,撤回日期,撤回途径,别的\n" +
		"林知遥,,2026-03-02,来电,x\n" +
		",13800138000,,邮件,\n" +
		"欧阳星野,,昨天,信,\n" +
		",,,来电,\n" +
		"\n" +
		"'=云岚,,,,\n"
	noes, problems, err := sheet(t).Noes("noes.csv", strings.NewReader(in), int64(len(in)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range noes {
		day := ""
		if !n.Received.IsZero() {
			day = n.Received.In(China).Format("2006-01-02")
		}
		got = append(got, n.Subject+"|"+day+"|"+n.Intake)
	}
	// A day that cannot be read does not hold a withdrawal back.
	want := "林知遥|2026-03-02|来电 13800138000||邮件 欧阳星野||信 =云岚||"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got %s", s)
	}
	if len(problems) != 2 || problems[0].Line != 4 || problems[0].Skipped || problems[1].Line != 5 || !problems[1].Skipped {
		t.Errorf("problems %v", problems)
	}
	if strings.Contains(problems[0].String(), "昨天") {
		t.Error("a problem tells what the cell says")
	}
	book := workbook(t, []any{"name", "received"}, []any{"林知遥", "2026-03-02"})
	if noes, _, err := sheet(t).Noes("noes.xlsx", bytes.NewReader(book), int64(len(book))); err != nil || len(noes) != 1 || noes[0].Subject != "林知遥" || noes[0].Received.IsZero() {
		t.Errorf("a workbook: %v, %v", noes, err)
	}
	for _, bad := range []string{"", "reason\nx\n", "when,why\n1,2\n"} {
		if _, _, err := sheet(t).Noes("noes.csv", strings.NewReader(bad), int64(len(bad))); !errors.Is(err, ErrNoSubject) {
			t.Errorf("a table without a subject: %v", err)
		}
	}
	if _, _, err := sheet(t).Noes("noes.csv", strings.NewReader("id\n\x00\x01"), 5); !errors.Is(err, ErrEncoding) {
		t.Errorf("bytes: %v", err)
	}
}
