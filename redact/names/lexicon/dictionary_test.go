package lexicon

import (
	"strings"
	"testing"
)

func TestEveryday(t *testing.T) {
	for s, want := range map[string]bool{"建设": true, "文明": true, "资金": true, "晓明": false, "云岚": false, "明": false, "": false,
		"award": true, "Award": true, "Will": true, "wangxm": false, "Petrova": false, "QR": true} {
		if Everyday(s) != want {
			t.Errorf("%q everyday: %v", s, !want)
		}
	}
}

func TestTorn(t *testing.T) {
	for _, c := range []struct {
		text, name string
		want       bool
	}{
		{"资金总额", "金总", true}, {"小王子", "小王", true}, {"一周总结", "周总", true}, {"施工方总部", "方总", true}, {"我国华东地区", "国华", true},
		{"在建淇的推动下", "建淇", false}, {"会上海蔚说", "海蔚", false}, {"由王总负责", "王总", false}, {"王总是客户", "王总", false}, {"李总会来", "李总", false}, {"和小明见面", "小明", false}, {"小王", "小王", false}, {"找小王要", "小王", false},
	} {
		i := strings.Index(c.text, c.name)
		a := len([]rune(c.text[:i]))
		if got := Torn([]rune(c.text), a, a+len([]rune(c.name))); got != c.want {
			t.Errorf("%s in %s torn: %v", c.name, c.text, got)
		}
	}
}
