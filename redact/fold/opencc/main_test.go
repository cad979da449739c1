package main

import (
	"slices"
	"strings"
	"testing"
)

func TestConvert(t *testing.T) {
	got, err := convert(strings.NewReader("# licence\n\n發\t发\n乾\t乾 干\n一\t一\n甲\t乙\n乙\t丙\n左\t右\n右\t左\n"))
	if want := []string{"乙丙", "右左", "左右", "甲丙", "發发"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{"發发\n", "發財\t发财\n"} {
		if _, err := convert(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is no line of the dictionary", bad)
		}
	}
}
