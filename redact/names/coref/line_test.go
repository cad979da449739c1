package coref

import (
	"log/slog"
	"strings"
	"testing"

	"consentry/redact"
)

// The line has the figures and no found text, and so do String and a log.
func TestLine(t *testing.T) {
	c := testCase{Docs: []string{"主讲人{王小明#p1}到场。{王小明#p1}说好。{小明#p1}也说好。", "{王小明#p1}又来了。"}}
	docs, _ := c.read(t)
	res := Resolve(docs)
	if len(res.Chains) != 1 {
		t.Fatalf("%d chains, want 1", len(res.Chains))
	}
	chain := res.Chains[0]
	for l, want := range map[redact.Lang]string{
		redact.Chinese: "姓名：4 处，2 个文件，确定 2 处（同名 2、仅名 1）；演讲嘉宾",
		redact.English: "person: 4 mentions in 2 documents, 2 certain (same name 2, given name alone 1); speaker",
	} {
		if got := chain.Line(l); got != want {
			t.Errorf("line %q, want %q", got, want)
		}
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("resolved", "chain", chain)
	if !strings.Contains(log.String(), "person of 4 mention(s)") || strings.Contains(log.String()+chain.String(), "小明") {
		t.Errorf("log says %s", log.String())
	}
}

// Each reason that a link may have and each role has its words.
func TestReasonsHaveWords(t *testing.T) {
	for _, r := range []Reason{WhySameName, WhySameForm, WhyAlias, WhyTitle, WhyFamiliar, WhySurname, WhyGiven, WhyPinyin, WhyOrder, WhyLonger, WhyInitials,
		WhyEmail, WhyHandle, WhyDomain, WhyShortForm, WhyNamesake} {
		if w := reasons[r]; w.ZH == "" || w.EN == "" {
			t.Errorf("reason %s has no words", r)
		}
	}
	for _, r := range table.Roles {
		if w := roles[r.Role]; w.ZH == "" || w.EN == "" {
			t.Errorf("role %s has no words", r.Role)
		}
	}
}
