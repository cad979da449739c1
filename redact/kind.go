package redact

import (
	_ "embed"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// Kind says what a finding is. kinds.yaml lists all kinds, docs/json.md too.
type Kind string

// The kinds that code speaks of by name.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
	Face         Kind = "face"
	Location     Kind = "location"
	Phone        Kind = "phone" // mobile and landline
	Email        Kind = "email"
	ResidentID   Kind = "resident-id" // of 18 and of 15 digits
	Code         Kind = "qr-code"     // a QR or bar code
	Logo         Kind = "logo"        // a registered organisation's
	Other        Kind = "other"       // a name of no certain kind
	Drawn        Kind = "drawn"       // marked by a person
	Custom       Kind = "custom"      // of the user's own lists and patterns
)

// Sensitivity is how much stands behind a kind.
type Sensitivity string

// The sensitivities.
const (
	General        Sensitivity = "general"      // personal information
	Sensitive      Sensitivity = "sensitive"    // shown only with a separate consent and a written necessity
	OfOrganisation Sensitivity = "organisation" // a company's, hidden without authorization all the same
)

// Words are one text in both languages.
type Words struct {
	ZH string `yaml:"zh" json:"zh"`
	EN string `yaml:"en" json:"en"`
}

// In is the text in a language.
func (w Words) In(l Lang) string {
	if l == English {
		return w.EN
	}
	return w.ZH
}

// KindInfo describes a kind.
type KindInfo struct {
	ID          Kind        `yaml:"id" json:"kind"`
	Name        Words       `yaml:"name" json:"name"`
	Label       Words       `yaml:"label" json:"label"`                     // what stands in a text instead
	Lettered    bool        `yaml:"lettered" json:"-"`                      // the label is followed by a letter for the subject
	Contextual  bool        `yaml:"contextual" json:"contextual,omitempty"` // only the words around tell: the same text elsewhere may be nothing
	Sensitivity Sensitivity `yaml:"sensitivity" json:"sensitivity"`
	Article     string      `yaml:"article" json:"article,omitempty"`   // of the law
	Checksum    string      `yaml:"checksum" json:"checksum,omitempty"` // how its numbers are checked
}

//go:embed kinds.yaml
var kindsYAML []byte

var (
	kinds   = mustKinds(kindsYAML)
	kindsBy = func() map[Kind]KindInfo {
		m := map[Kind]KindInfo{}
		for _, k := range kinds {
			m[k.ID] = k
		}
		return m
	}()
)

func mustKinds(b []byte) []KindInfo {
	var ks []KindInfo
	if err := yaml.Unmarshal(b, &ks); err != nil {
		panic(fmt.Sprintf("kinds.yaml: %v", err)) // it is embedded: a mistake of ours
	}
	for i := range ks {
		if ks[i].Sensitivity == "" {
			ks[i].Sensitivity = General
		}
	}
	return ks
}

// Kinds lists all kinds that findings may have.
func Kinds() []KindInfo { return slices.Clone(kinds) }

// Info describes the kind; one that is not listed is described as Other, under
// its own id.
func (k Kind) Info() KindInfo {
	i, ok := kindsBy[k]
	if !ok {
		i = kindsBy[Other]
		i.ID = k
	}
	return i
}
