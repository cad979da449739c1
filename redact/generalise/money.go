package generalise

import "consentry/redact"

// A currency is named behind a rounded sum.
type currency struct {
	word string // as found, small
	zh   string
	en   string
}

var prefixes = byFirst([]currency{
	{"us$", "美元", "dollars"}, {"hk$", "港元", "Hong Kong dollars"}, {"$", "美元", "dollars"}, {"£", "英镑", "pounds"}, {"€", "欧元", "euros"},
	{"¥", "元", "yuan"}, {"￥", "元", "yuan"}, {"rmb", "元", "yuan"}, {"cny", "元", "yuan"}, {"usd", "美元", "dollars"}, {"eur", "欧元", "euros"}, {"gbp", "英镑", "pounds"},
})

var suffixes = byFirst([]currency{
	{"元人民币", "元", "yuan"}, {"元", "元", "yuan"}, {"美元", "美元", "dollars"}, {"美金", "美元", "dollars"}, {"欧元", "欧元", "euros"}, {"英镑", "英镑", "pounds"},
	{"港元", "港元", "Hong Kong dollars"}, {"港币", "港元", "Hong Kong dollars"}, {"日元", "日元", "yen"}, {"人民币", "元", "yuan"}, {"新台币", "新台币", "Taiwan dollars"},
	{"dollars", "美元", "dollars"}, {"pounds", "英镑", "pounds"}, {"euros", "欧元", "euros"}, {"euro", "欧元", "euros"}, {"yuan", "元", "yuan"}, {"rmb", "元", "yuan"},
	{"cny", "元", "yuan"}, {"usd", "美元", "dollars"}, {"eur", "欧元", "euros"}, {"gbp", "英镑", "pounds"}, {"yen", "日元", "yen"},
})

func byFirst(cs []currency) map[rune][]currency {
	m := map[rune][]currency{}
	for _, c := range cs {
		r := []rune(c.word)[0]
		m[r] = append(m[r], c)
	}
	return m
}

// currencyAt is the currency named at i and the rune after it; i where there is
// none.
func currencyAt(text []rune, i int, of map[rune][]currency) (currency, int) {
	if i >= len(text) {
		return currency{}, i
	}
	for _, c := range of[text[i]] {
		end := i + len([]rune(c.word))
		if !hasAt(text, i, []rune(c.word)) {
			continue
		}
		last := text[end-1]
		if latin(last) && end < len(text) && latin(text[end]) && !isDigit(text[end]) {
			continue
		}
		return c, end
	}
	return currency{}, i
}

// money is a sum to its order of magnitude: 十亿元级, billions of dollars.
func money(v float64, c currency) redact.Words {
	if v < 10 {
		return redact.Words{}
	}
	_, p := leading(v)
	zh := []string{"", "数十", "数百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"}[min(p, 12)] + c.zh
	if p >= 3 {
		zh += "级"
	}
	en := []string{"", "tens of", "hundreds of", "thousands of", "tens of thousands of", "hundreds of thousands of", "millions of", "tens of millions of", "hundreds of millions of",
		"billions of", "tens of billions of", "hundreds of billions of", "trillions of"}[min(p, 12)] + " " + c.en
	return redact.Words{ZH: zh, EN: en}
}
