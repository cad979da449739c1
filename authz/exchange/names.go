package exchange

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"consentry/authz"
)

// nameUses are what may stand before a name and a colon.
var nameUses = map[string]string{
	"legal": "legal", "alias": "alias", "pinyin": "pinyin", "former": "former", "short": "short", "brand": "brand", "english": "english",
	"全称": "legal", "别名": "alias", "拼音": "pinyin", "曾用名": "former", "简称": "short", "品牌": "brand", "英文名": "english", "英文": "english",
}

// variant marks spellings that the program makes of the other names. They are not
// written: whoever reads the file makes them again.
const variant = "variant"

// name reads one name, with what it is before a colon or without.
func name(cell, use string) (authz.Name, error) {
	n := authz.Name{Text: cell, Use: use}
	if strings.ContainsAny(cell, ":：") {
		before, after, _ := strings.Cut(strings.Replace(cell, "：", ":", 1), ":")
		if u := nameUses[authz.FoldName(before)]; u != "" {
			n = authz.Name{Text: strings.TrimSpace(after), Use: u}
		}
	}
	return n, checkName(n.Text)
}

func checkName(text string) error {
	if authz.FoldName(text) == "" {
		return Empty
	}
	return plainText(text, MaxName)
}

// names reads the other names of a subject. Without a word before it, a person's
// is an alias and a company's a short form.
func names(kind authz.Kind, cell string) ([]authz.Name, error) {
	var out []authz.Name
	if strings.HasPrefix(cell, "[") {
		if json.Unmarshal([]byte(cell), &out) != nil {
			return nil, NotAsExported
		}
		for _, n := range out {
			if checkName(n.Text) != nil {
				return nil, ControlMarks
			}
		}
		return out, nil
	}
	use := "alias"
	if kind == authz.Organisation {
		use = "short"
	}
	for _, w := range split(cell) {
		n, err := name(w, use)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

func writeName(ns []authz.Name) string {
	if len(ns) == 0 {
		return ""
	}
	n := ns[0]
	if again, err := name(n.Text, ""); n.Use == "" && err == nil && again == (authz.Name{Text: n.Text}) {
		return n.Text
	}
	use := n.Use
	if use == "" {
		use = "legal"
	}
	return use + ":" + n.Text
}

// writeNames writes all names but the first; as JSON where one holds a mark that
// separates, or is said to be in a script.
func writeNames(ns []authz.Name) string {
	if len(ns) < 2 {
		return ""
	}
	ns = slices.DeleteFunc(slices.Clone(ns[1:]), func(n authz.Name) bool { return n.Use == variant })
	if slices.ContainsFunc(ns, func(n authz.Name) bool {
		return nameUses[n.Use] != n.Use || n.Script != "" || !slices.Equal(split(n.Text), []string{n.Text})
	}) {
		b, err := json.Marshal(ns)
		if err != nil { // plain strings
			return ""
		}
		return string(b)
	}
	var out []string
	for _, n := range ns {
		out = append(out, n.Use+":"+n.Text)
	}
	return strings.Join(out, ";")
}

// parts are a name as other programs keep it.
type parts struct{ given, middle, family, soundGiven, soundFamily string }

// compose puts the parts together: family name first and no space between in
// Chinese, Japanese and Korean, given name first in other scripts.
func (p *parts) compose() string {
	if eastAsian(p.family + p.given) {
		return p.family + p.middle + p.given
	}
	return strings.Join(strings.Fields(p.given+" "+p.middle+" "+p.family), " ")
}

// sound is the reading of a name, family name first as in Chinese.
func (p *parts) sound() string {
	return strings.Join(strings.Fields(p.soundFamily+" "+p.soundGiven), " ")
}

func eastAsian(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
	})
}
