package lexicon

import "testing"

func TestIsJob(t *testing.T) {
	for s, want := range map[string]bool{
		"Operations": true, "Head of Quality": true, "Vice President": true, "Chief Medical Officer": true, "Product Managers": true, "Depot": true,
		"General Logistics": false, "Chase Manager": false, "Quality Foods": false, "Elena": false, "": false,
	} {
		if IsJob(s) != want {
			t.Errorf("isJob(%q) is %v", s, !want)
		}
	}
}
