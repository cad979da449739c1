package audit

import "testing"

// The font of the labels is in every written file: its name tells nothing.
func TestLabelsFontIsKnown(t *testing.T) {
	for name, want := range map[string]bool{"MZXLVN+NotoSansSC-Regular": true, "NotoSansSC-Regular": true, "NotoSansSC-Wendel": false} {
		if isKnown(name) != want {
			t.Errorf("%s: not %v", name, want)
		}
	}
}
