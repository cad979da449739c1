package wiring

import (
	"slices"
	"sync"
)

// passwords are those of protected documents, as long as the program runs.
type passwords struct {
	mu   sync.Mutex
	list []string
}

func (p *passwords) all() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.list)
}

// AddPassword gives a password to try on protected documents. It is not kept
// beyond the program's end.
func (a *App) AddPassword(s string) {
	a.passwords.mu.Lock()
	defer a.passwords.mu.Unlock()
	if s != "" && !slices.Contains(a.passwords.list, s) {
		a.passwords.list = append(a.passwords.list, s)
	}
}
