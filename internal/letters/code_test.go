package letters

import (
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	for _, id := range []string{"R-1", "r_abc.DEF-09", strings.Repeat("a", 64)} {
		s, err := Code(id)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ParseCode(s); !ok || got != id {
			t.Errorf("%s reads %q, %v", s, got, ok)
		}
		for i := range len(s) { // a digit or letter more than its last bit away
			bad := s[:i] + string(s[i]^1) + s[i+1:]
			if got, ok := ParseCode(bad); ok {
				t.Errorf("%s reads %q", bad, got)
			}
		}
	}
	if s, _ := Code("R-2026-0042"); s != "CONSENTRY:1:R-2026-0042:"+checksum("CONSENTRY:1:R-2026-0042") || len(checksum("")) != 8 {
		t.Errorf("the format has changed: %s", s)
	}
	for _, id := range []string{"", "a b", "a:b", "-a", "王", strings.Repeat("a", 65), "a\n"} {
		if s, err := Code(id); err == nil {
			t.Errorf("%q makes %s", id, s)
		}
	}
	for _, s := range []string{"", "CONSENTRY:1:", "CONSENTRY:1::", "https://a.example", "CONSENTRY:2:R-1:00000000", "CONSENTRY:1:R-1:00000000", "WIFI:T:WPA;S:x;;"} {
		if id, ok := ParseCode(s); ok {
			t.Errorf("%s reads %q", s, id)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	s, _ := Code("R-1")
	f.Add(s)
	f.Fuzz(func(t *testing.T, s string) {
		if id, ok := ParseCode(s); ok {
			if again, err := Code(id); err != nil || again != s {
				t.Errorf("%q is taken for a code", s)
			}
		}
	})
}
