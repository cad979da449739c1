package names

import (
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// Of each text all that must be hidden as whatever, apart by |, and what must not.
// Everybody here is invented.
func TestEnglish(t *testing.T) {
	for _, c := range []struct{ text, hidden, shown string }{
		{"The visit was led by Maria ten Brink and Roberto \"Bobby\" Vance of Leeds.", "Maria ten Brink|Roberto \"Bobby\" Vance", "visit"},
		{"Ruth K Adeyemi and J. K. Marlowe signed it.", "Ruth K Adeyemi|J. K. Marlowe", "signed"},
		{"She moved to Fjordline Shipping from the University of Eastvale and the Peasant Party of the Northern Isles.", "Fjordline Shipping|University of Eastvale|Peasant Party of the Northern Isles", "moved"},
		{"We compared HarborSoft with @oona_vell's notes on Quill & Sons.", "HarborSoft|oona_vell|Quill & Sons", "compared"},
		{"hey, did priya from quillr call oona vell? she met okafor in leeds on the train", "priya|oona vell|okafor|leeds", "train"},
		{"MR. OKAFOR OF FJORDLINE SHIPPING ASKED OONA VELL ABOUT THE BUDGET", "OKAFOR|FJORDLINE SHIPPING|OONA VELL", "ASKED|ABOUT THE"},
		{"| Name | Company |\n|---|---|\n| Chen, Xiaoyu | Vell Foods |\n| Nguyen Thi Minh | quillr |", "Chen|Xiaoyu|Vell Foods|Nguyen Thi Minh|quillr", "Company"},
		{"The German supplier spoke with the Israeli Prime Minister in Chinese.", "", "German|Minister|Chinese"},
		{"The report by Harbor Inc. was late; the U.N. agreed.", "Harbor Inc.|U.N.", "late"},
		{"Warehouse teams track key performance indicators in real time and close the gap.", "", "Warehouse|performance|gap"},
	} {
		rs := []rune(c.text)
		hidden := make([]bool, len(rs))
		for _, f := range detect(t, c.text) {
			for i := f.Region.Start; i < f.Region.End; i++ {
				hidden[i] = true
			}
		}
		all := func(part string) (yes, no bool) {
			at := len([]rune(c.text[:strings.Index(c.text, part)]))
			flags := hidden[at : at+len([]rune(part))]
			return !slices.Contains(flags, false), !slices.Contains(flags, true)
		}
		for _, want := range strings.Split(c.hidden, "|") {
			if yes, _ := all(want); !yes && want != "" {
				t.Errorf("%q: %q is not hidden", c.text, want)
			}
		}
		for _, want := range strings.Split(c.shown, "|") {
			if _, no := all(want); !no {
				t.Errorf("%q: %q is hidden", c.text, want)
			}
		}
	}
}

// A company that the model takes for somebody is one; nobody's name ends with a
// number or begins with the time.
func TestRefine(t *testing.T) {
	for _, c := range []struct {
		text string
		kind redact.Kind
		want string
		is   redact.Kind
	}{
		{"Fjordline Shipping", redact.Person, "Fjordline Shipping", redact.Organisation},
		{"Oona Shipping-Vell", redact.Person, "Oona Shipping-Vell", redact.Person},
		{"Tyrone Power", redact.Person, "Tyrone Power", redact.Person},
		{"12:01 Oona Vell 4-38", redact.Person, "Oona Vell", redact.Person},
		{"LEEDS 1996-08-30", redact.Organisation, "LEEDS", redact.Organisation},
		{"Studio 54", redact.Organisation, "Studio 54", redact.Organisation},
		{"Leeds 2", redact.Location, "Leeds", redact.Location},
		{"Germans", redact.Other, "", ""},
		{"German Harbor", redact.Other, "German Harbor", redact.Other},
		{"1996", redact.Person, "", ""},
	} {
		text := []rune(c.text)
		got, kind := "", redact.Kind("")
		for _, x := range refine(text, []candidate{{0, len(text), c.kind, redact.Sure, 0.9, whyModel}}) {
			got, kind = string(text[x.start:x.end]), x.kind
		}
		if got != c.want || kind != c.is {
			t.Errorf("%q as %s: %q as %s, want %q as %s", c.text, c.kind, got, kind, c.want, c.is)
		}
	}
}

// Between a sure part and a doubted one of the same name nothing stays; what is
// sure keeps its bounds.
func TestOneName(t *testing.T) {
	for _, c := range []struct {
		text  string
		spans []candidate
		want  string
	}{
		{"Dynamo Eastvale", []candidate{{0, 6, redact.Organisation, redact.Sure, 1, whyModel}, {7, 15, redact.Other, redact.Review, 1, whyNoun}}, "Dynamo| Eastvale"},
		{"Dynamo Eastvale", []candidate{{0, 6, redact.Other, redact.Review, 1, whyNoun}, {7, 15, redact.Location, redact.Review, 1, whyDoubt}}, "Dynamo Eastvale"},
		{"Oona Vell", []candidate{{0, 4, redact.Person, redact.Sure, 1, whyModel}, {5, 9, redact.Organisation, redact.Sure, 1, whyModel}}, "Oona|Vell"},
		{"Oona K. Vell", []candidate{{0, 4, redact.Other, redact.Review, 1, whyNoun}, {8, 12, redact.Person, redact.Sure, 1, whyModel}}, "Oona K. |Vell"},
		{"Oona, Vell", []candidate{{0, 4, redact.Other, redact.Review, 1, whyNoun}, {6, 10, redact.Other, redact.Review, 1, whyNoun}}, "Oona|Vell"},
		{"王小明 李四", []candidate{{0, 3, redact.Person, redact.Review, 1, whyList}, {4, 6, redact.Person, redact.Review, 1, whyList}}, "王小明|李四"},
	} {
		text := []rune(c.text)
		var got []string
		for _, x := range oneName(text, c.spans) {
			got = append(got, string(text[x.start:x.end]))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
}

func TestRaise(t *testing.T) {
	for s, want := range map[string]string{
		"oona met the team": "Oona met the team", "OONA SAID YES": "oONA said yES", "": "", "élan of oona": "Élan of Oona",
	} {
		if got := string(lexicon.Raise([]rune(s))); s != strings.ToUpper(s) && got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	if got := string(lexicon.Truecase([]rune("OONA VELL WENT TO LEEDS"))); got != "Oona Vell went to Leeds" {
		t.Errorf("capitals became %q", got)
	}
}
