package words

import (
	"strings"
	"testing"

	"consentry/redact/pii/rules"
)

// values are the texts behind and below the words of a text, word=value.
func values(text string) (out []string) {
	low := Lower(text)
	ls := Find(rules.Default(), text, low)
	for _, a := range Cells(text, ls, Anchors(text, low, ls)) {
		end := a.At
		for end < len(text) && strings.IndexByte(" \n|,\t\"", text[end]) < 0 {
			end++
		}
		if v := text[a.At:end]; v != "" && v[0] < 0x80 && strings.ContainsAny(v, "0123456789") {
			out = append(out, a.Label.Word.Text+"="+v)
		}
	}
	return out
}

func TestAnchors(t *testing.T) {
	for text, want := range map[string]string{
		"工号：YL00017":                            "工号=YL00017",
		"工号YL00017":                             "工号=YL00017",
		"工号 (必填): YL00017":                      "工号=YL00017",
		"QQ账号：10000000001":                      "qq=10000000001",
		"passport no. is E00000001":             "passport=E00000001",
		"Passport number was given as E0000000": "passport=E0000000",
		"\"idCardNo\": \"110199\"":              "idcard=110199",
		"微信/QQ：10000000001":                     "微信=10000000001|qq=10000000001",
		"工号登记为YL00017":                          "工号=YL00017",
		"合同金额为120000元":                          "",
		"[工号] 00017":                            "",
		"subpassport 1":                         "",
		"**工号**\n00017":                         "工号=00017",
		"|姓名|工号|\n|---|---|\n|张三|00017|\n|李四|00018|\n":          "工号=00017|工号=00018",
		"name,staff no,note\n\"Quist, E.\",N-0042,x\n\nend,1,2": "staff no=N-0042",
		"a,00017,c\nb,工号,d\ne,00018,f\n":                        "", // not the first of its rows
	} {
		if got := strings.Join(values(text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
