package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"consentry/authz"
)

// nameUses are what may stand before a name and a colon.
var nameUses = map[string]string{
	"legal": "legal", "alias": "alias", "pinyin": "pinyin", "former": "former", "short": "short", "brand": "brand", "english": "english",
	"全称": "legal", "别名": "alias", "拼音": "pinyin", "曾用名": "former", "简称": "short", "品牌": "brand", "英文名": "english", "英文": "english",
}

// name reads one name, with what it is before a colon or without.
func name(cell, use string) (authz.Name, error) {
	n := authz.Name{Text: cell, Use: use}
	if before, after, ok := strings.Cut(strings.Replace(cell, "：", ":", 1), ":"); ok {
		if u := nameUses[authz.FoldName(before)]; u != "" {
			n = authz.Name{Text: strings.TrimSpace(after), Use: u}
		}
	}
	if authz.FoldName(n.Text) == "" {
		return n, errEmpty
	}
	return n, plainText(n.Text, MaxName)
}

// names reads the other names of a subject. Without a word before it, a person's
// is an alias and a company's a short form.
func names(kind authz.Kind, cell string) ([]authz.Name, error) {
	var out []authz.Name
	if strings.HasPrefix(cell, "[") {
		if json.Unmarshal([]byte(cell), &out) != nil {
			return nil, errEvents
		}
		for _, n := range out {
			if err := plainText(n.Text, MaxName); err != nil || authz.FoldName(n.Text) == "" {
				return nil, errMarks
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
	if again, err := name(n.Text, ""); n.Use == "" && err == nil && again == n {
		return n.Text
	}
	use := n.Use
	if use == "" {
		use = "legal"
	}
	return use + ":" + n.Text
}

// writeNames writes all names but the first; as JSON where one holds a mark that
// separates.
func writeNames(ns []authz.Name) string {
	if len(ns) < 2 {
		return ""
	}
	ns = ns[1:]
	if slices.ContainsFunc(ns, func(n authz.Name) bool { return n.Use == "" || len(split(n.Text)) != 1 }) {
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
