package state

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
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
