package generalise

import (
	"strings"

	"consentry/redact"
	"consentry/redact/fold"
)

// Place is the region that a place lies in: 浙江省杭州市 to 华东, Leeds to Europe. It
// reports false where the place is not known, or is itself a region.
func (d *Dictionary) Place(text string, lang redact.Lang) (string, bool) {
	i, ok := d.regionOf(text)
	if !ok {
		return "", false
	}
	r, key := d.Regions[i], fold.Key(text)
	return r.In(lang), key != fold.Key(r.ZH) && key != fold.Key(r.EN)
}

// regionOf is the region by its id, its word or a place in it: whole, or
// leading a Chinese address, or ending or leading an English one.
func (d *Dictionary) regionOf(text string) (int, bool) {
	if len(text) > 500 {
		return 0, false
	}
	key := fold.Key(text)
	for _, lead := range []string{"中国", "中华人民共和国"} {
		key = strings.TrimPrefix(key, lead)
	}
	if i, ok := d.region[key]; ok {
		return i, true
	}
	rs := []rune(key)
	if len(rs) == 0 {
		return 0, false
	}
	if !fold.Bounded(rs[0]) {
		for n := min(d.longest, len(rs)); n >= 2; n-- {
			if i, ok := d.region[string(rs[:n])]; ok {
				return i, true
			}
		}
		return 0, false
	}
	parts := strings.FieldsFunc(key, func(r rune) bool { return r == ',' || r == '，' })
	for n := len(parts) - 1; n >= 0; n-- { // the widest part stands last
		part := strings.TrimSpace(parts[n])
		for _, end := range []string{"", " city", " province", " county"} {
			if cut, ok := strings.CutSuffix(part, end); ok {
				if i, known := d.region[cut]; known {
					return i, true
				}
			}
		}
	}
	return 0, false
}
