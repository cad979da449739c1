package coref

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"consentry/redact"
)

// crowd is a case of n findings, in documents of 1,000, in which many share
// surname, given name or all of it.
func crowd(n int) []Document {
	rnd := rand.New(rand.NewPCG(7, 11))
	families := []rune("王李张刘陈")
	given := []rune("明芳伟磊静洋敏强军杰娟涛超兰霞平刚桂")
	var docs []Document
	for n > 0 {
		var text strings.Builder
		doc := Document{}
		at := 0
		write := func(s string) {
			text.WriteString(s)
			at += len([]rune(s))
		}
		find := func(k redact.Kind, s string) {
			from := at
			write(s)
			doc.Findings = append(doc.Findings, redact.Finding{Kind: k, Text: s, Region: redact.Region{Start: from, End: at}})
		}
		for range min(n, 1000) {
			f := string(families[rnd.IntN(len(families))])
			g := string(given[rnd.IntN(len(given))]) + string(given[rnd.IntN(len(given))])
			switch rnd.IntN(8) {
			case 0:
				find(redact.Person, f+"总")
			case 1:
				find(redact.Person, g)
			case 2:
				find(redact.Organisation, g+"科技")
				find(redact.Person, f+g)
			case 3:
				find(redact.Email, fmt.Sprintf("%s%d@example.com", pinyinOf(f+g), rnd.IntN(50)))
			case 4:
				find(redact.Organisation, g+"科技有限公司")
			default:
				find(redact.Person, f+g)
			}
			write([]string{"说好。", "与", "、", "\n", "\n\n"}[rnd.IntN(5)])
		}
		n -= min(n, 1000)
		doc.Pages = []redact.Page{{Spans: []redact.Span{{Text: text.String()}}}}
		docs = append(docs, doc)
	}
	return docs
}

// Every finding that names somebody stands in one chain, questions name other
// chains, scores are 0 to 1, and a second run gives the same.
func TestInvariants(t *testing.T) {
	docs := crowd(2000)
	docs[0].Findings = append(docs[0].Findings,
		redact.Finding{Kind: redact.Person, Text: "王小明"},                                                                     // no place
		redact.Finding{Kind: redact.Person, Text: "李小明", Region: redact.Region{Start: 1 << 40, End: 1<<40 + 3}},              // outside
		redact.Finding{Kind: redact.Person, Text: "张小明", Region: redact.Region{Part: "metadata", Page: 9, Start: 0, End: 3}}, // no such page
		redact.Finding{Kind: redact.Face},
		redact.Finding{Kind: redact.Person, Text: " \u200b", Region: redact.Region{Start: 0, End: 2}},
		redact.Finding{Kind: redact.Person, Text: "客户A", Region: redact.Region{Start: 0, End: 3}},
		redact.Finding{Kind: redact.Person, Text: "\xff(\"..\")，", Region: redact.Region{Start: 0, End: 3}},
	)
	res := Resolve(docs)
	seen := map[Ref]int{}
	for i, c := range res.Chains {
		if len(c.Mentions) == 0 || c.Name == "" {
			t.Fatalf("chain %d has %d mentions and the name %q", i, len(c.Mentions), c.Name)
		}
		if c.Org >= len(res.Chains) || c.Org >= 0 && res.Chains[c.Org].Kind != redact.Organisation {
			t.Errorf("chain %d belongs to %d", i, c.Org)
		}
		for _, l := range c.Mentions {
			seen[l.Ref]++
			if l.Score <= 0 || l.Score > 1 || l.Why == "" {
				t.Fatalf("chain %d: score %v, reason %q", i, l.Score, l.Why)
			}
			if k := docs[l.Doc].Findings[l.Finding].Kind; c.Kind == redact.Person && k == redact.Organisation || c.Kind == redact.Organisation && k == redact.Person && l.Sure {
				t.Errorf("chain %d of kind %s has a %s", i, c.Kind, k)
			}
		}
	}
	for _, q := range res.Questions {
		if len(q.Candidates) == 0 || len(q.Candidates) > most {
			t.Errorf("a question with %d candidates", len(q.Candidates))
		}
		for _, c := range q.Candidates {
			if c.Chain == q.Chain || c.Chain < 0 || c.Chain >= len(res.Chains) {
				t.Errorf("chain %d is asked about %d", q.Chain, c.Chain)
			}
		}
	}
	for d, doc := range docs {
		for i, f := range doc.Findings {
			want := 1
			if !f.Region.IsText() || f.Kind == redact.Face || redact.IsLabel(f.Text) || strings.TrimSpace(f.Text) == "\u200b" {
				want = 0
			}
			if n := seen[Ref{d, i}]; n != want {
				t.Errorf("document %d, finding %d stands in %d chains, want %d", d, i, n, want)
			}
		}
	}
	if again := Resolve(docs); !reflect.DeepEqual(again, res) {
		t.Error("a second run differs")
	}
}

// Work grows with the findings, not with their square: the allocations of eight
// times as many stay within twelve times.
func TestLinear(t *testing.T) {
	small, large := crowd(1000), crowd(8000)
	a := testing.AllocsPerRun(1, func() { Resolve(small) })
	b := testing.AllocsPerRun(1, func() { Resolve(large) })
	if b > 12*a {
		t.Errorf("%v allocations for 1,000 findings, %v for 8,000", a, b)
	}
}

// BenchmarkResolve is for use by hand: 10,000 and 100,000 findings.
func BenchmarkResolve(b *testing.B) {
	for _, n := range []int{10000, 100000} {
		docs := crowd(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Resolve(docs)
			}
		})
	}
}
