package generalise

import (
	"fmt"
	"strings"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/generalise/grammar"
)

// Style is how much a name in a Naming tells.
type Style int

// The styles.
const (
	Neutral Style = iota // 企业A, 企业A的信息化负责人: a letter for each company
	General              // 某大型机械制造企业, 某大型机械制造企业信息化负责人
)

// A Subject is a person or company of a case.
type Subject struct {
	Key     string // of the case; the same for every mention
	Kind    redact.Kind
	Style   Style
	Profile Profile // of a company
	Own     string  // of a company in the General style: the form that it is registered with, "" for the dictionary's
	Post    string  // of a person, as in the text; "" where it is not known
	Of      string  // of a person: the key of the employer, "" where it is not known
}

// A Naming is what all the subjects of a case are called. One subject has one
// name in a language; two subjects never share one: where their forms would be
// the same they get letters, the same in both languages.
type Naming struct {
	d      *Dictionary
	names  map[string]name
	labels map[string]bool // what it gives, folded
}

type name struct {
	kind   redact.Kind
	index  int    // among those of its kind that have a letter of their own
	c      choice // of a company in the General style
	own    string // of such a company: its own form, which is told instead
	letter string
	style  Style
	post   int    // index of Posts, -1 without
	of     string // the employer, "" without
}

// Name names the subjects of a case, in the order of first appearance. Letters
// depend on all of them, shown ones too: hand all in, so that a withdrawal does
// not rename the others. A second subject of one key is ignored.
func (d *Dictionary) Name(subjects []Subject) *Naming {
	n := &Naming{d: d, names: map[string]name{}, labels: map[string]bool{}}
	book := redact.NewBook()
	var companies, people []string
	for _, s := range subjects {
		if _, twice := n.names[s.Key]; twice {
			continue
		}
		x := name{kind: s.Kind, style: s.Style, post: -1}
		if s.Kind == redact.Person {
			x.of = s.Of
			if i, ok := d.postOf(s.Post); ok {
				x.post = i
			}
			people = append(people, s.Key)
		} else {
			if s.Kind == redact.Organisation && x.style == General {
				x.c, x.own = d.choose(s.Profile), s.Own
			}
			x.index = book.Index(s.Kind, s.Key)
			companies = append(companies, s.Key)
		}
		n.names[s.Key] = x
	}
	for _, key := range people {
		x := n.names[key]
		if n.names[x.of].kind != redact.Organisation {
			x.of = ""
		}
		if x.post < 0 && x.style == Neutral {
			x.of = ""
			x.index = book.Index(redact.Person, key)
		}
		n.names[key] = x
	}
	n.distinguish(companies) // first: a person's name depends on the employer's
	n.distinguish(people)
	for _, x := range n.names {
		for _, lang := range langs {
			n.labels[fold.Key(n.spell(x, lang))] = true
		}
	}
	return n
}

var langs = []redact.Lang{redact.Chinese, redact.English}

// distinguish gives letters to those of the subjects who share a name in either
// language. Whoever shares one with somebody that shares another with a third
// counts with all of them, so that a letter is never given twice under one name.
func (n *Naming) distinguish(keys []string) {
	var parent []int
	root := func(i int) int {
		for parent[i] != i {
			i = parent[i]
		}
		return i
	}
	group := map[string]int{} // of a label
	for _, key := range keys {
		g := len(parent)
		parent = append(parent, g)
		for _, lang := range langs {
			l := fold.Key(n.spell(n.names[key], lang))
			if known, ok := group[l]; ok {
				parent[root(g)] = root(known)
				g = root(known)
			}
			group[l] = g
		}
	}
	members := map[int][]string{}
	for _, key := range keys {
		g := root(group[fold.Key(n.spell(n.names[key], redact.Chinese))])
		members[g] = append(members[g], key)
	}
	for _, same := range members {
		for i, key := range same {
			if x := n.names[key]; len(same) > 1 {
				x.letter = redact.Letters(i)
				n.names[key] = x
			}
		}
	}
}

// Label is what a subject is called; false where the naming does not know it.
func (n *Naming) Label(key string, lang redact.Lang) (string, bool) {
	x, ok := n.names[key]
	if !ok {
		return "", false
	}
	return n.spell(x, lang), true
}

// IsLabel reports whether a text is a name that this naming gives.
func (n *Naming) IsLabel(text string) bool { return n.labels[fold.Key(text)] }

func (n *Naming) spell(x name, lang redact.Lang) string {
	switch {
	case x.own != "" && redact.LangOf(x.own) == lang:
		return withLetter(x.own, x.letter, lang)
	case x.own != "": // in the other language a letter tells no more than the form
		return redact.Label(x.kind, x.index, lang)
	case x.kind == redact.Organisation && x.style == General:
		return n.d.spell(x.c, lang, x.letter)
	case x.kind != redact.Person:
		return redact.Label(x.kind, x.index, lang)
	case x.post < 0 && x.of == "" && x.style == Neutral:
		return redact.Label(redact.Person, x.index, lang)
	}
	form, function, company := "bare", "", ""
	if x.post >= 0 {
		form = "function"
		function = n.d.Posts[x.post].Function.In(lang)
	}
	if x.of != "" {
		of := n.names[x.of]
		company = n.spell(of, lang)
		switch {
		case x.post < 0:
			form = "person-of"
		case of.style == General && (of.own == "" || redact.LangOf(of.own) == lang):
			form = "function-of"
		default:
			form = "function-of-letter"
		}
	}
	if form == "function" && x.style == Neutral { // 客户的信息化负责人, the customer’s head of IT
		company = strings.ToLower(strings.TrimSpace(redact.Person.Info().Label.In(lang)))
		if lang == redact.English {
			company = "the " + company
		}
		form = "function-of-letter"
	}
	t := template(n.d.PersonForms, form, lang)
	if x.letter != "" {
		if lang == redact.English {
			function += " " + x.letter
			if form == "bare" || form == "person-of" {
				t = strings.Replace(t, "person involved", "person involved "+x.letter, 1)
				t = strings.Replace(t, "representative", "representative "+x.letter, 1)
			}
			t = grammar.DropArticle(t)
		} else {
			t += x.letter
		}
	}
	s := strings.NewReplacer("{company}", company, "{function}", function).Replace(t)
	if lang == redact.English {
		s = grammar.FixArticles(s)
	}
	return s
}

// withLetter is a company's own form, told from that of another.
func withLetter(form, letter string, lang redact.Lang) string {
	switch {
	case letter == "":
		return form
	case lang == redact.English:
		return grammar.DropArticle(form) + " " + letter
	}
	return form + letter
}

// String does not tell subjects: their keys may be names.
func (n *Naming) String() string { return fmt.Sprintf("naming of %d subjects", len(n.names)) }
