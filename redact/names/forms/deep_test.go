package forms

import (
	"slices"
	"strings"
	"testing"

	"consentry/redact"
)

func TestDeep(t *testing.T) {
	for _, c := range []struct {
		kind    redact.Kind
		names   string
		text    string
		in      string // what is found, parted by |
		masks   string
		lengths []int
	}{
		{redact.Person, "王小明", "王小明、小明、Wang Xiaoming、wxm、XIAOMING、WXM、WX、Wáng", "王小明|小明|Wang Xiaoming|XIAOMING|WXM|Wáng", "", []int{2, 3}},
		{redact.Person, "王小明", "客户A 是 Customer B，[电话]，王**", "", "**", []int{2, 3}},
		{redact.Person, "李建设", "建设新区，李**，***，****", "建设", "**|***", []int{2, 3}},
		{redact.Person, "Elena Petrova", "elena, P., EP, E. P., e.petrova@, Bill", "elena|EP|E. P|e.petrova", "", []int{5, 7, 13}},
		{redact.Organisation, "杭州云岚科技有限公司", "云岚，yunlan.com，YL，YLKJ，科技公司", "云岚|yunlan|YL|YLKJ", "", []int{10}},
		{redact.Organisation, "Northwind Logistics GmbH", "the customer, a logistics company in Hamburg; NL", "NL", "", []int{4, 9, 24}},
	} {
		d := Deep(c.kind, strings.Split(c.names, "|"))
		if got := strings.Join(d.In(c.text), "|"); got != c.in {
			t.Errorf("%s in %q: %s, want %s", c.names, c.text, got, c.in)
		}
		if got := strings.Join(d.Masks(c.text), "|"); got != c.masks {
			t.Errorf("%s masked in %q: %s, want %s", c.names, c.text, got, c.masks)
		}
		if !slices.Equal(d.Lengths, c.lengths) {
			t.Errorf("lengths of %s: %v", c.names, d.Lengths)
		}
	}
	if (Clues{}).In("王小明") != nil {
		t.Error("no clues found something")
	}
}

// The attack has all that the searches have.
func TestDeepHoldsAll(t *testing.T) {
	for _, c := range []struct {
		kind redact.Kind
		name string
	}{{redact.Person, "王小明"}, {redact.Person, "单乐行"}, {redact.Person, "Jan van der Berg"}, {redact.Person, "阿依古丽·买买提"}, {redact.Organisation, "浙江省海蓝（杭州）教育科技股份有限公司"}, {redact.Organisation, "Fabrikant & Sons Co., Ltd."}} {
		d := Deep(c.kind, []string{c.name})
		all := map[string]bool{}
		for _, s := range append(d.Forms, d.Initials...) {
			all[strings.ToLower(s)] = true
		}
		for _, term := range append(Registered(c.kind, []string{c.name}), Derive(found(c.kind, redact.Sure, c.name))...) {
			if !all[strings.ToLower(term.Text)] {
				t.Errorf("%s: %q is searched and not attacked", c.name, term.Text)
			}
		}
	}
}
