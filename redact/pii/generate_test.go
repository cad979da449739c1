package pii

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/pii/checksum"
	"consentry/redact/pii/rules"

	"gopkg.in/yaml.v3"
)

// A wording is the words and sentences around the numbers of a set.
type wording struct {
	Words      map[string][]string `yaml:"words"`
	CarriersZH []string            `yaml:"carriers-zh"`
	CarriersEN []string            `yaml:"carriers-en"`
	FormsZH    []string            `yaml:"forms-zh"`
	FormsEN    []string            `yaml:"forms-en"`
}

func readWording(t *testing.T, file string) (w wording) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = yaml.Unmarshal(b, &w)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A made is a kind of the table: how its numbers are made, and whether they stand
// without a word. All are invented: areas that are not assigned, ranges kept for
// documentation.
type made struct {
	name    string
	kind    redact.Kind
	checked bool // has a checksum, or a plan
	bare    bool // found without a word
	value   func(g *generator) string
}

type generator struct{ *rand.Rand }

func (g *generator) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + g.IntN(10))
	}
	return string(b)
}

func (g *generator) of(set string, n int) string {
	var b strings.Builder
	rs := []rune(set)
	for range n {
		b.WriteRune(rs[g.IntN(len(rs))])
	}
	return b.String()
}

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

const capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ"

func (g *generator) day() string {
	return fmt.Sprintf("%d%02d%02d", 1950+g.IntN(58), 1+g.IntN(12), 1+g.IntN(28))
}

// until makes numbers until the check holds.
func until(f func(string) bool, make func() string) string {
	for {
		if s := make(); f(s) {
			return s
		}
	}
}

func (g *generator) resident() string {
	head := g.pick("990101", "110199", "440399", "310199") + g.day() + g.digits(3)
	for _, c := range "0123456789X" {
		if checksum.ResidentID(head + string(c)) {
			return head + string(c)
		}
	}
	panic("no check digit")
}

func (g *generator) card() string {
	return until(checksum.Card, func() string {
		return g.pick("622202"+g.digits(13), "621799"+g.digits(13), "622588"+g.digits(10), "4"+g.digits(15), "5"+g.pick("1", "3", "5")+g.digits(14), "37"+g.digits(13))
	})
}

// spaced puts a separator behind every n-th character.
func spaced(s, sep string, n int) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		if i > 0 && i%n == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// wide is s in full-width forms.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xFEE0
		}
		return r
	}, s)
}

func (g *generator) hex(n int) string { return g.of("0123456789abcdef", n) }

func (g *generator) iban() string {
	c := g.pick("DE", "GB", "FR", "NL", "CH")
	body := map[string]func() string{"DE": func() string { return g.digits(18) }, "GB": func() string { return g.of(capitals, 4) + g.digits(14) }, "FR": func() string { return g.digits(23) },
		"NL": func() string { return g.of(capitals, 4) + g.digits(10) }, "CH": func() string { return g.digits(17) }}[c]()
	for n := range 100 {
		if s := fmt.Sprintf("%s%02d%s", c, n, body); checksum.IBAN(s) {
			return s
		}
	}
	return g.iban()
}

// tricky writes a number now as it is, now spaced, now in full-width forms.
func (g *generator) tricky(s string, sep string, n int) string {
	switch g.IntN(5) {
	case 0:
		return spaced(s, sep, n)
	case 1:
		return wide(s)
	}
	return s
}

func (g *generator) name() string {
	return g.pick("zhiyao", "lin", "quist", "elara", "wenren", "moyu", "shuiqing", "tobin") + g.pick("_", ".", "-", "") + g.pick("demo", "lan", "yl", "nm", "hu") + g.digits(1+g.IntN(4))
}

var provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// foreign gives a number of another country with its own word, and the check.
func (g *generator) foreign(byWord bool) (word, number string) {
	type f struct {
		word  string
		check func(string) bool
		make  func() string
	}
	bare := []f{
		{"NRIC", checksum.SGNRIC, func() string { return g.pick("S", "T", "F", "G") + g.digits(7) + g.of(capitals, 1) }},
		{"DNI", checksum.ESNIF, func() string { return g.digits(8) + g.of(capitals, 1) }},
		{"NIE", checksum.ESNIF, func() string { return g.pick("X", "Y", "Z") + g.digits(7) + g.of(capitals, 1) }},
		{"codice fiscale", checksum.ITFiscal, func() string {
			return g.of(capitals, 6) + g.digits(2) + "T" + g.digits(2) + "Z" + g.digits(3) + g.of(capitals, 1)
		}},
		{"HETU", checksum.FIHETU, func() string {
			d := g.day()
			return d[6:8] + d[4:6] + d[2:4] + "-9" + g.digits(2) + g.of("0123456789ABCDEFHJKLMNPRSTUVWXY", 1)
		}},
		{"CPF", func(s string) bool { return checksum.BRCPF(rules.Compact(s)) }, func() string { return g.digits(3) + "." + g.digits(3) + "." + g.digits(3) + "-" + g.digits(2) }},
		{"RRN", func(s string) bool { return checksum.KRRRN(rules.Compact(s)) }, func() string { return g.day()[2:] + "-1" + g.digits(6) }},
	}
	worded := []f{
		{"PESEL", checksum.PLPESEL, func() string { return g.day()[2:] + g.digits(5) }},
		{"TFN", checksum.AUTFN, func() string { return g.digits(9) }},
		{"ABN", checksum.AUABN, func() string { return g.digits(11) }},
		{"SIN", checksum.CASIN, func() string { return g.digits(9) }},
		{"Aadhaar", checksum.INAadhaar, func() string { return g.digits(12) }},
		{"PAN", checksum.INPAN, func() string { return g.of(capitals, 3) + "P" + g.of(capitals, 1) + g.digits(4) + g.of(capitals, 1) }},
		{"BSN", checksum.NLBSN, func() string { return g.digits(9) }},
		{"TC Kimlik No", checksum.TRID, func() string { return g.digits(11) }},
		{"Thai ID", checksum.THID, func() string { return g.digits(13) }},
		{"Steuer-ID", checksum.DETax, func() string { return g.digits(11) }},
		{"South African ID", checksum.ZAID, func() string { return g.day()[2:] + g.digits(4) + "08" + g.digits(1) }},
		{"NPI", checksum.USNPI, func() string { return g.digits(10) }},
		{"personnummer", checksum.SEPersonal, func() string { return g.day()[2:] + "-" + g.digits(4) }},
		{"National ID", func(string) bool { return true }, func() string { return g.day()[2:] + "-14-" + g.digits(4) }},
	}
	worded[12].check = func(s string) bool { return checksum.SEPersonal(rules.Compact(s)) }
	of := bare
	if byWord {
		of = worded
	}
	x := of[g.IntN(len(of))]
	return x.word, until(x.check, x.make)
}

// kindsMade are the rows of the table.
var kindsMade = []made{
	{"resident-id", "resident-id", true, true, func(g *generator) string { return g.tricky(g.resident(), " ", 6) }},
	{"resident-id-15", "resident-id", false, true, func(g *generator) string { return "990101" + g.day()[2:] + g.digits(3) }},
	{"hk-id", "hk-id", true, true, func(g *generator) string {
		s := until(checksum.HongKongID, func() string { return g.of(capitals, 1) + g.digits(6) + g.of("0123456789A", 1) })
		return g.tricky(s[:7]+"("+s[7:]+")", " ", 7)
	}},
	{"macau-id", "macau-id", false, true, func(g *generator) string { return g.pick("1", "5", "7") + g.digits(6) + "(" + g.digits(1) + ")" }},
	{"tw-id", "tw-id", true, true, func(g *generator) string {
		return until(checksum.TaiwanID, func() string { return g.of(capitals, 1) + g.pick("1", "2") + g.digits(8) })
	}},
	{"org-uscc", "org-uscc", true, true, func(g *generator) string {
		return until(checksum.USCC, func() string { return "91990199MA" + g.of("0123456789ABCDEFGHJKLMNPQRTUWXY", 8) })
	}},
	{"org-code", "org-code", true, true, func(g *generator) string {
		s := until(checksum.OrgCode, func() string { return "MA" + g.digits(6) + g.of("0123456789X", 1) })
		return s[:8] + "-" + s[8:]
	}},
	{"bank-card", "bank-card", true, true, func(g *generator) string { return g.tricky(g.card(), g.pick(" ", "-"), 4) }},
	{"iban", "bank-account", true, true, func(g *generator) string { return g.tricky(g.iban(), " ", 4) }},
	{"vin", "vin", true, true, func(g *generator) string {
		return until(checksum.VIN, func() string {
			return "LZZ" + g.of("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 6) + g.of("0123456789X", 1) + g.digits(7)
		})
	}},
	{"imei", "imei", true, true, func(g *generator) string {
		return until(checksum.IMEI, func() string { return g.pick("35", "86", "01") + g.digits(13) })
	}},
	{"crypto-wallet", "crypto-wallet", true, true, func(g *generator) string {
		return g.pick("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "0x"+g.hex(40), "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "0x"+g.hex(40))
	}},
	{"student-register", "student-no", true, true, func(g *generator) string { return "G" + g.resident() }},
	{"uk-nino", "uk-nino", true, true, func(g *generator) string {
		s := until(checksum.UKNINO, func() string { return g.of(capitals, 2) + g.digits(6) + g.pick("A", "B", "C", "D") })
		return g.pick(s, spaced(s, " ", 2))
	}},
	{"foreign-checked", "foreign-id", true, true, func(g *generator) string { _, s := g.foreign(false); return s }},
	{"mobile", "phone", true, true, func(g *generator) string {
		s := g.pick("139", "138", "158", "186", "177") + "0000" + g.digits(4)
		return g.pick(s, s[:3]+" "+s[3:7]+" "+s[7:], s[:3]+"-"+s[3:7]+"-"+s[7:], "+86 "+s, "+86"+s, "0086-"+s, wide(s))
	}},
	{"landline", "phone", true, true, func(g *generator) string {
		s := g.pick("010", "021", "020") + "-" + g.pick("6", "8") + g.digits(7)
		return g.pick(s, "("+s[:3]+")"+s[4:], s+"转"+g.digits(3), s+"-"+g.digits(3), "+86 "+s[1:3]+" "+s[4:8]+" "+s[8:])
	}},
	{"phone-ext", "phone", false, false, func(g *generator) string {
		return g.pick("95588", "400-"+g.digits(3)+"-"+g.digits(4), "8"+g.digits(7), "8"+g.digits(7)+"转"+g.digits(3))
	}},
	{"email", "email", true, true, func(g *generator) string {
		return g.name() + "@" + g.pick("example.com", "northmere.example", "mail.example.org")
	}},
	{"plate", "plate", false, true, func(g *generator) string {
		p := g.of(provinces, 1) + g.of("ABCDEFGHJK", 1)
		return g.pick(p+g.pick("", "·", " ")+g.of(capitals[:8], 1)+g.digits(4), p+g.pick("", "·")+g.pick("D", "F")+g.digits(5), p+g.digits(5)+g.pick("D", "F"), p+g.digits(4)+g.pick("学", "警", "挂"))
	}},
	{"plate-hk-mo", "plate-hk-mo", false, true, func(g *generator) string { return "粤Z" + g.pick("", "·") + g.digits(4) + g.pick("港", "澳") }},
	{"ip", "ip", false, true, func(g *generator) string {
		return g.pick("192.0.2."+fmt.Sprint(g.IntN(256)), "198.51.100."+fmt.Sprint(g.IntN(256)), "203.0.113."+fmt.Sprint(g.IntN(256)), "2001:db8::"+g.hex(4), "2001:db8:0:1:"+g.hex(4)+"::"+g.hex(2))
	}},
	{"mac", "mac", false, true, func(g *generator) string { return spaced("00005e0053"+g.hex(2), g.pick(":", "-"), 2) }},
	{"home-return-permit", "home-return-permit", false, true, func(g *generator) string { return g.pick("H", "M") + g.digits(8) }},
	{"passport", "passport", false, true, func(g *generator) string { return g.pick("E"+g.digits(8), "E"+g.pick("A", "B", "J")+g.digits(7)) }},
	{"gps", "gps", false, true, func(g *generator) string {
		return fmt.Sprintf("%d.%s, %d.%s", 20+g.IntN(30), g.digits(6), 75+g.IntN(50), g.digits(6))
	}},
	{"org-domain", "org-domain", false, true, func(g *generator) string {
		return g.pick("", "https://", "www.") + g.pick("northmere", "yunlan-jinggong", "equist") + g.digits(2) + g.pick(".example", ".com.cn", ".com/about")
	}},
	{"home-address", "home-address", false, true, func(g *generator) string {
		return g.pick("云岚市", "云岚市望溪区", "") + g.pick("望溪路", "听松大道", "云岚街", "半山巷") + g.digits(2) + "号" + g.pick("", g.digits(1)+"幢"+g.digits(1)+"单元"+g.digits(3)+"室", "院"+g.digits(1)+"号楼"+g.digits(3)+"室")
	}},
	{"address-en", "home-address", false, true, func(g *generator) string {
		return fmt.Sprintf("%d %s %s", 1+g.IntN(200), g.pick("Example", "Northmere", "Old Mill"), g.pick("Street", "Road", "Lane", "Avenue", "Row, Flat 3"))
	}},
	{"tw-permit", "tw-permit", false, false, func(g *generator) string { return "0" + g.digits(7) }},
	{"driver-licence", "driver-licence", false, false, func(g *generator) string { return g.pick(g.resident(), "99"+g.digits(10)) }},
	{"social-security-no", "social-security-no", false, false, func(g *generator) string { return g.pick(g.resident(), g.digits(10)) }},
	{"military-id", "military-id", false, false, func(g *generator) string { return g.pick("0000"+g.digits(4), "南字第"+g.digits(8)+"号") }},
	{"permanent-residence", "foreign-id", false, false, func(g *generator) string { return "ZZZ000080010" + g.digits(3) }},
	{"tax-id", "tax-id", false, false, func(g *generator) string {
		return until(checksum.USCC, func() string { return "91990199MA" + g.digits(8) })
	}},
	{"bank-account", "bank-account", false, false, func(g *generator) string {
		return g.pick("9"+g.digits(13), "31"+g.digits(15), "0000 0000 "+g.digits(4))
	}},
	{"payment-account", "payment-account", false, false, func(g *generator) string { return g.pick(g.name()+"@example.com", "1390000"+g.digits(4)) }},
	{"device-id", "device-id", false, false, func(g *generator) string {
		return g.hex(8) + "-" + g.hex(4) + "-4" + g.hex(3) + "-8" + g.hex(3) + "-" + g.hex(12)
	}},
	{"wechat", "wechat", false, false, func(g *generator) string { return g.pick(g.name(), g.name(), "wxid_"+g.hex(12)) }},
	{"qq", "qq", false, false, func(g *generator) string { return g.pick("1", "3", "8") + g.digits(6+g.IntN(4)) }},
	{"social-id", "social-id", false, false, func(g *generator) string { return g.pick("", "@") + g.name() }},
	{"username", "username", false, false, func(g *generator) string { return g.name() }},
	{"secret", "secret", false, false, func(g *generator) string {
		return g.pick("Yl#", "demo_", "Nm-", "x9!") + g.of("abcdefghijkmnpqrstuvwxyz", 3) + g.digits(4+g.IntN(4))
	}},
	{"staff-no", "staff-no", false, false, func(g *generator) string { return g.pick("YL", "N-", "", "EMP") + g.digits(5+g.IntN(3)) }},
	{"customer-no", "customer-no", false, false, func(g *generator) string { return g.pick("YH", "C-2026-", "VIP", "") + g.digits(6+g.IntN(4)) }},
	{"ticket-booking", "ticket-booking", false, false, func(g *generator) string { return g.pick("SF", "DEMO", "YT", "784-", "") + g.digits(9+g.IntN(4)) }},
	{"contract-no", "contract-no", false, false, func(g *generator) string {
		return g.pick("HT-2026-", "YLHT", "XS2026-", "NC/2026/", "云岚〔2026〕第") + g.digits(4)
	}},
	{"student-no", "student-no", false, false, func(g *generator) string { return g.pick("2026", "S", "B19") + g.digits(6) }},
	{"medical-record-no", "medical-record-no", false, false, func(g *generator) string { return g.pick("", "ZY", "P-", "M") + g.digits(6+g.IntN(3)) }},
	{"postcode", "postcode", false, false, func(g *generator) string { return "00" + g.digits(4) }},
	{"us-ssn", "us-ssn", false, false, func(g *generator) string { return "9" + g.digits(2) + "-" + g.digits(2) + "-" + g.digits(4) }},
	{"uk-nhs", "uk-nhs", true, false, func(g *generator) string {
		return spaced(until(checksum.UKNHS, func() string { return "9" + g.digits(9) }), "", 10)
	}},
	{"foreign-worded", "foreign-id", true, false, nil},
}
