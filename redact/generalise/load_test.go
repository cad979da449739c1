package generalise

import "testing"

func TestShipped(t *testing.T) {
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"37,412人", "17.83%", "2026年3月17日", "36岁", "18.37亿元", "£18.37 million", "17 March 2026", "37,412 employees", "三万七千四百一十二人", "百分之十七点八三"} {
		zh, k, ok := d.Value(s, "zh")
		en, _, _ := d.Value(s, "en")
		t.Log(s, zh, "|", en, k, ok)
	}
}
