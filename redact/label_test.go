package redact

import (
	"slices"
	"testing"
)

func TestLabelsAreKnown(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range []Kind{Person, Organisation, Location, Phone, Email, ResidentID, Other, Drawn, "new"} {
		for _, l := range []Lang{Chinese, English} {
			for _, n := range []int{0, 1, 25, 26, 27, 51, 52, 800} {
				s := Label(k, n, l)
				if !IsLabel(s) {
					t.Errorf("%s is not known", s)
				}
				if k.Info().Lettered {
					if seen[s] {
						t.Errorf("%s stands for two", s)
					}
					seen[s] = true
				}
				text := "x， " + s + "，y"
				if at := FindLabels(text); len(at) != 1 || text[at[0][0]:at[0][1]] != s {
					t.Errorf("%s is found at %v", s, at)
				}
			}
		}
	}
}

func TestNamesAreNoLabels(t *testing.T) {
	for _, s := range []string{"企业IBM", "企业AB", "客户Apple", "Company Azure", "Company GE", "MyCompany A", "客户", "Company a", "某地区", "Customer 7"} {
		if IsLabel(s) {
			t.Errorf("%s counts as a label", s)
		}
	}
}

func TestLangOf(t *testing.T) {
	for s, want := range map[string]Lang{"": English, "王小明": Chinese, "Wang": English, "使用 SAP 系统的客户": Chinese, "The 王 report": English} {
		if got := LangOf(s); got != want {
			t.Errorf("%q is %s", s, got)
		}
	}
}

func TestBook(t *testing.T) {
	b := NewBook()
	var got []int
	for _, x := range []struct {
		k   Kind
		key string
	}{{Person, "a"}, {Person, "b"}, {Organisation, "a"}, {Person, "a"}, {Person, "c"}} {
		got = append(got, b.Index(x.k, x.key))
	}
	if want := []int{0, 1, 0, 0, 2}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestDigestText(t *testing.T) {
	d := Sum([]byte("x"))
	b, err := d.MarshalText()
	var back Digest
	if err != nil || back.UnmarshalText(b) != nil || back != d {
		t.Error("a digest does not survive its text")
	}
	for _, bad := range []string{"", "00", string(b) + "00", "zz" + string(b[2:])} {
		if back.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
