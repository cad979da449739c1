package spacy

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// What spaCy 3.8.18 gives for these texts with en_core_web_sm (tok2vec, tagger,
// ner): the words tagged NNP or NNPS, and the entities.
var smallReference = []struct {
	text, proper string
	entities     []string
}{
	{reference[0].text, "Dr. Elena Petrova Northwind Logistics GmbH St. Louis Oct.",
		[]string{"Elena Petrova's PERSON", "Northwind Logistics GmbH ORG", "20kg QUANTITY", "St. Louis GPE", "5p.m. TIME", "Oct. 3 DATE"}},
	{reference[1].text, "Mark G. Oyelaran Diaz CEO Contoso Ltd. ERP",
		[]string{"Mark G. Oyelaran-Diaz PERSON", "Contoso Ltd.'s ORG", "ERP ORG"}},
	{reference[3].text, "Zhang Wei chen jie Fabrikam Hangzhou",
		[]string{"Zhang Wei PERSON", "chen jie PERSON", "Fabrikam PERSON", "Hangzhou GPE"}},
	{reference[4].text, "ΑΓΙΟΣ ΠΑΦΟΣ 王小明 Ms. O'Neil Ph.D. 10:30a.m", []string{"王小明 ORG", "O'Neil PERSON", "Ph.D. WORK_OF_ART", "10:30a.m TIME"}},
	{reference[6].text, "Group C Group", []string{"3 CARDINAL"}},
	{"Harbor meets Quill. Will asked April about the grant; harborsoft said no.", "Harbor Quill April harborsoft", []string{"Quill ORG", "April DATE"}},
}

func TestSmallReference(t *testing.T) {
	small, err := sharedSmall()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	tags := tagger(t)
	for _, c := range smallReference {
		text := []rune(c.text)
		ts := small.Tokenize(text)
		var proper, entities []string
		for i, p := range tags.Proper(ts) {
			if p < 0 || p > 1.0001 {
				t.Errorf("%q: a probability of %v", c.text, p)
			}
			if p > 0.5 {
				proper = append(proper, ts[i].Text)
			}
		}
		if got := strings.Join(proper, " "); got != c.proper {
			t.Errorf("proper nouns of %q:\n got %s\nwant %s", c.text, got, c.proper)
		}
		for _, e := range small.EntitiesOf(ts, 0, nil) {
			entities = append(entities, string(text[e.Start:e.End])+" "+e.Label)
		}
		if !slices.Equal(entities, c.entities) {
			t.Errorf("entities of %q:\n got %q\nwant %q", c.text, entities, c.entities)
		}
	}
	if len(tags.Proper(nil)) != 0 {
		t.Error("proper nouns in an empty text")
	}
}

// Both models cut a text alike, so that one cutting serves all.
func TestOneTokenizer(t *testing.T) {
	small, err := sharedSmall()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	for _, c := range reference {
		if !slices.Equal(small.Tokenize([]rune(c.text)), model(t).Tokenize([]rune(c.text))) {
			t.Errorf("%q is cut differently", c.text)
		}
	}
}

func tinyTags() *TagWeights {
	w := &TagWeights{Tags: []string{"NN", "NNP", "NNPS"}}
	for _, t := range w.tensors() {
		t.t.Shape = append([]int(nil), t.shape...)
		n := 1
		for i, d := range t.t.Shape {
			if d == 0 {
				d = len(w.Tags)
				t.t.Shape[i] = d
			}
			n *= d
		}
		for i := range n {
			t.t.Data = append(t.t.Data, float32(i%5)/5-0.4)
		}
	}
	return w
}

func writtenTags(t testing.TB, w *TagWeights) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTaggerFile(t *testing.T) {
	b := writtenTags(t, tinyTags())
	m, err := ReadTagger(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(writtenTags(t, m.w), b) {
		t.Error("written again, the file differs")
	}
	real, err := fetched("spacy-tags.bin")
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	if got := tagger(t); got.ID() == m.ID() || !bytes.Equal(writtenTags(t, got.w), real) {
		t.Error("the fetched tagger is not what Write writes, or has another's ID")
	}
	for _, n := range []int{0, 8, 100, len(b) / 2, len(b) - 1} {
		if _, err := ReadTagger(b[:n]); err == nil {
			t.Errorf("a file cut at %d was read", n)
		}
	}
	for name, spoil := range map[string]func(*TagWeights){
		"a tag more":      func(w *TagWeights) { w.Tags = append(w.Tags, "VB") },
		"another shape":   func(w *TagWeights) { w.Mix.W.Shape = []int{Width, pieces, mixIn} },
		"numbers missing": func(w *TagWeights) { w.OutputB.Data = w.OutputB.Data[1:] },
	} {
		w := tinyTags()
		spoil(w)
		if err := w.Write(&bytes.Buffer{}); err == nil {
			t.Errorf("%s: written", name)
		}
	}
	w := tinyTags()
	w.Tags = []string{"NN", "VB", "IN"}
	if _, err := ReadTagger(writtenTags(t, w)); err == nil {
		t.Error("a tagger that knows no proper nouns was read")
	}
}

func FuzzReadTagger(f *testing.F) {
	b := writtenTags(f, tinyTags())
	f.Add(b)
	f.Add([]byte(tagMagic))
	f.Add([]byte(tagMagic + "\x02\x00\x00\x00\xff\xff\xff\x03\xff\xff\xff\x03"))
	words := model(f).Tokenize([]rune("Elena met can't"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := ReadTagger(b)
		if err != nil {
			return
		}
		m.Proper(words)
		if !bytes.Equal(writtenTags(t, m.w), b) {
			t.Error("a file was read that Write would not write")
		}
	})
}
