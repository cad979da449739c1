package state

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"consentry/internal/casework"
	"consentry/redact"
)

// Settings are the window's own. Nothing of a case is among them.
type Settings struct {
	Language string `json:"language,omitempty"` // zh, en; empty: the system's
	Look     string `json:"look,omitempty"`     // light, dark, high-contrast
	TextSize int    `json:"text_size,omitempty"`
	By       string `json:"by,omitempty"` // who prepares cases, offered in the next form
	// LockAfter is how many minutes without use lock the vault; 0 is the default, 15,
	// and -1 never.
	LockAfter int `json:"lock_after_minutes,omitempty"`
	// Defaults are offered in the form of a new case.
	Defaults Defaults `json:"defaults,omitzero"`
}

// Defaults are how things are hidden in a new case, unless its form says otherwise.
type Defaults struct {
	Style      string `json:"style,omitempty"` // solid, mosaic, blur; empty: mosaic
	Cover      string `json:"cover,omitempty"` // face, person; empty: face
	Mode       string `json:"mode,omitempty"`  // anonymise, pseudonymise; empty: anonymise
	Generalise bool   `json:"generalise,omitempty"`
}

// StyleOr is the style, or mosaic where none is set.
func (d Defaults) StyleOr() string { return cmp.Or(d.Style, "mosaic") }

// ModeOr is the mode, or anonymise where none is set.
func (d Defaults) ModeOr() string { return cmp.Or(d.Mode, string(casework.Anonymise)) }

// Put sets them in a draft. What is no style or cover any more is left out.
func (d Defaults) Put(c *casework.Case) {
	var m redact.Method
	if m.UnmarshalText([]byte(d.StyleOr())) == nil {
		c.Style = m
	}
	if v, err := casework.ParseCover(d.Cover); err == nil {
		c.Cover = v
	}
	c.Mode = casework.Anonymise
	if d.Mode == string(casework.Pseudonymise) {
		c.Mode = casework.Pseudonymise
	}
	c.Generalise = d.Generalise
}

// About is what the settings say of the program and the vault that is open.
type About struct {
	Version, RulePack string
	Folder            string // of the vault
	Open              bool   // a vault is open
	Kept              bool   // a vault is open, and not only in memory
	Team              bool   // it is a team's, in a database
	Keyring           bool   // the system has a keyring
	Prepares          bool   // whoever is here prepares cases
	MayKeep           bool   // whoever is here keeps it
	Models            []casework.Model
}

// Lock is how long a vault stays open that nobody uses; zero is without an end. What
// is no sensible number of minutes counts as not set.
func (s Settings) Lock() time.Duration {
	switch {
	case s.LockAfter == -1:
		return 0
	case s.LockAfter < 1 || s.LockAfter > 24*60:
		return 15 * time.Minute
	}
	return time.Duration(s.LockAfter) * time.Minute
}

// Scale is the text size as a factor, 1 to 2.
func (s Settings) Scale() float32 {
	if s.TextSize < 100 || s.TextSize > 200 {
		return 1
	}
	return float32(s.TextSize) / 100
}

// LoadSettings reads the file. A missing or broken one gives the defaults: what
// is lost is a colour.
func LoadSettings(file string) Settings {
	var s Settings
	b, err := os.ReadFile(file)
	if err == nil && json.Unmarshal(b, &s) != nil {
		s = Settings{}
	}
	return s
}

// Save writes the file, whole or not at all. Without a file name nothing is kept.
func (s Settings) Save(file string) error {
	if file == "" {
		return nil
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".settings-")
	if err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	if _, err := tmp.Write(b); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	if err := tmp.Sync(); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	if err := os.Rename(tmp.Name(), file); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	return nil
}

// Sections of the settings.
const (
	SecGeneral = "general"
	SecHiding  = "hiding"
	SecRules   = "rules"
	SecVault   = "vault"
	SecModels  = "models"
	SecTeam    = "team"
	SecKeys    = "keys"
)

// SettingSections are all of them in the order of the list.
var SettingSections = []string{SecGeneral, SecHiding, SecRules, SecVault, SecModels, SecTeam, SecKeys}
