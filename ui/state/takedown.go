package state

import "strings"

// Takedown is what letters to whoever publishes a release say.
type Takedown struct {
	Within       int // days
	Replacements string
	Lang, Folder string
}

// Missing is the key of what is not said yet, or empty.
func (t Takedown) Missing() string {
	switch {
	case t.Within < 1 || t.Within > 365:
		return "days"
	case t.Folder == "":
		return "folder"
	}
	return ""
}

// NewPlace is a place where a release stands.
type NewPlace struct{ Where, Partner, Contract string }

// Missing is the key of what is not said yet, or empty.
func (p NewPlace) Missing() string {
	switch {
	case strings.TrimSpace(p.Where) == "":
		return "where"
	case strings.TrimSpace(p.Partner) == "" && strings.TrimSpace(p.Contract) != "":
		return "partner"
	}
	return ""
}
