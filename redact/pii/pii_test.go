package pii

import (
	"context"
	"image"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/pii/checksum"
	"consentry/redact/pii/rules"
	"consentry/redact/redacttest"
)

// A row is a text and what must be found in it, in order; a leading ? marks
// the review tier.
type row struct {
	text string
	want []string
}

func check(t *testing.T, kind redact.Kind, rows []row) {
	t.Helper()
	for _, r := range rows {
		fs, err := Detector{}.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: r.text}}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range fs {
			s := f.Text
			if f.Tier == redact.Review {
				s = "?" + s
			}
			if f.Kind != kind {
				s = string(f.Kind) + ":" + s
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != strings.Join(r.want, "|") {
			t.Errorf("%q: got %q, want %q", r.text, got, r.want)
		}
	}
}

func TestMobile(t *testing.T) {
	check(t, redact.Phone, []row{
		{"139 0000 0000", []string{"139 0000 0000"}},
		{"+44 7700 900123", []string{"?+44 7700 900123"}}, // a range kept for drama: of no plan
		{"13900000", nil},    // eight digits
		{"12345678901", nil}, // no range in use
		{"请致电13800138000联系张伟", []string{"13800138000"}},
		{"手机：138-0013-8000。", []string{"138-0013-8000"}},
		{"+86 138 0013 8000", []string{"+86 138 0013 8000"}},
		{"+8613800138000", []string{"+8613800138000"}},
		{"0086-13800138000", []string{"0086-13800138000"}},
		{"(+86)13800138000", []string{"(+86)13800138000"}},
		{"8613800138000", []string{"8613800138000"}},
		{"１３８００１３８０００", []string{"１３８００１３８０００"}},
		{"138\u200b0013\u200b8000", []string{"138\u200b0013\u200b8000"}},
		{"138－0013－8000", []string{"138－0013－8000"}},
		{"1 3 8 0 0 1 3 8 0 0 0", []string{"1 3 8 0 0 1 3 8 0 0 0"}},
		{"13800138000/13900139000", []string{"13800138000", "13900139000"}},
		{"13800138000、13900139000", []string{"13800138000", "13900139000"}},
		{"13800138000 13900139000", []string{"13800138000", "13900139000"}},
		{"Tel13800138000", []string{"13800138000"}},
		{"Zhang13800138000", []string{"?13800138000"}},
		{"_13800138000_ **13900139000**", []string{"13800138000", "13900139000"}},
		{"|张伟|13800138000|", []string{"13800138000"}},
		{"tel:13800138000", []string{"13800138000"}},
		{"13800138000元旦休息", []string{"?13800138000"}},
		{"订单号 13800138000", []string{"ticket-booking:?13800138000"}},
		{"DD13800138000", nil},
		{"20260313800138000", nil}, // inside a longer number
		{"0.13800138000", nil},
		{"¥13800138000", nil},
		{"9fa13800138000bc", nil},
	})
}

func TestLandline(t *testing.T) {
	check(t, redact.Phone, []row{
		{"010-00000001", []string{"010-00000001"}},
		{"(212) 555-0142", []string{"(212) 555-0142"}},
		{"2026-03-01", nil},
		{"021-61234567转801", []string{"021-61234567转801"}},
		{"021-61234567-801", []string{"021-61234567-801"}},
		{"（0755）8888 0000", []string{"（0755）8888 0000"}},
		{"(010)6123-4567 ext. 12", []string{"(010)6123-4567 ext. 12"}},
		{"+86 21 6123 4567", []string{"+86 21 6123 4567"}},
		{"+86 (0)21 6123 4567", []string{"+86 (0)21 6123 4567"}},
		{"02161234567", []string{"?02161234567"}},
		{"电话：02161234567", []string{"02161234567"}},
		{"传真 61234567", []string{"?61234567"}},
		{"Tel: 6123 4567", []string{"?6123 4567"}},
		{"010-61234567/61234568", []string{"010-61234567"}},
		{"电话会议 20260301", nil},
		{"mobile 5000000 users", nil},
		{"电话：2026-03-01", nil},
		{"61234567", nil},
	})
}

func TestService(t *testing.T) {
	check(t, redact.Phone, []row{
		{"400-000-0000", []string{"?400-000-0000"}}, // a company's line: for review
		{"400 820 8820", []string{"?400 820 8820"}},
		{"4008-208-820", []string{"?4008-208-820"}},
		{"800-8208820", []string{"?800-8208820"}},
		{"订单 4008208820", []string{"ticket-booking:?4008208820"}},
		{"版本 400.820.8820", nil},
	})
}

func TestInternational(t *testing.T) {
	check(t, redact.Phone, []row{
		{"+852 2345 6789", []string{"+852 2345 6789"}},
		{"+49 30 901820", []string{"+49 30 901820"}},
		{"+1 (212) 555-0142", []string{"+1 (212) 555-0142"}},
		{"0044 20 7946 0958", []string{"0044 20 7946 0958"}},
		{"+65 6123 4567 +65 6123 4568", []string{"+65 6123 4567", "+65 6123 4568"}},
		{"call 212-555-0142 now", []string{"212-555-0142"}},
		{"212-555-0142", []string{"?212-555-0142"}},
		{"phone 020 7946 0958", []string{"020 7946 0958"}}, // a landline of Guangzhou, too
		{"+20% 2026 1234567", nil},
		{"+15 000 000", nil},
	})
}

func TestNoPhone(t *testing.T) {
	check(t, redact.Phone, []row{
		{"2026年3月1日 10:30", nil}, {"2026-03-01 12:30:45", nil}, {"20260301123045", nil},
		{"1.2.3.4567", nil}, {"v2.10.1380013", nil}, {"192.168.100.200", []string{"ip:192.168.100.200"}},
		{"1,380,013,800", nil}, {"12,345,678.90", nil}, {"3.1415926535", nil},
		{"6222020000000000000", []string{"bank-card:6222020000000000000"}}, {"00000000-0000-4000-8000-000000000017", nil},
		{"ISBN 978-7-111-12345-6", nil}, {"GB/T 42574-2023", nil}, {"2019-2024", nil},
		{"A123456(3)", []string{"hk-id:A123456(3)"}}, {"31.230416, 121.473701", []string{"gps:?31.230416, 121.473701"}}, {"00:00:5e:00:53:02", []string{"mac:00:00:5e:00:53:02"}},
		{"IMEI 490154203237518", []string{"imei:490154203237518"}}, {"QQ 10000000001", []string{"qq:10000000001"}}, {"1000000 2000000", nil},
	})
}

func TestResidentID(t *testing.T) {
	check(t, redact.ResidentID, []row{
		{"110199190302140010", []string{"110199190302140010"}},
		{"990101190402290022", []string{"990101190402290022"}},
		{"110199190302140011", nil}, // check digit
		{"202603010000123456", nil}, // serial number
		{"身份证号：110199190302140011", []string{"?110199190302140011"}},
		{"身份证１１０１９９１９０３０２１４００１０，", []string{"１１０１９９１９０３０２１４００１０"}},
		{"110199 19030214 0010", []string{"110199 19030214 0010"}},
		{"11010119900101001X", nil},
		{"110101199001010015x", nil},
		{"DD110199190302140010", nil},
		{"1101991903021400100", nil},
		// 15 digits have no check digit.
		{"110199030214001", []string{"?110199030214001"}},
		{"990101040229002", []string{"?990101040229002"}},
		{"证件号 110199030214001", []string{"110199030214001"}},
		{"100000000000001", nil},
		{"123456789012345", nil},
		{"110199031314001", nil},
	})
}

func TestChecksumX(t *testing.T) {
	base, found := "11019919030214", 0
	for n := range 1000 {
		id := base + string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
		if checksum.ResidentID(id + "X") {
			found++
			check(t, redact.ResidentID, []row{{"证" + id + "x。", []string{id + "x"}}, {id + "Ｘ", []string{id + "Ｘ"}}})
		}
	}
	if found < 80 || found > 100 {
		t.Errorf("%d of 1000 serials have X, want about 91", found)
	}
}

func TestEmail(t *testing.T) {
	check(t, redact.Email, []row{
		{"zhiyao.lin@example.com", []string{"zhiyao.lin@example.com"}},
		{"e.quist@example.org", []string{"e.quist@example.org"}},
		{"user@", nil},
		{"@某某公司", nil},
		{"邮箱zhiyao.lin@example.com联系", []string{"zhiyao.lin@example.com"}},
		{"zhiyao＠example．com", []string{"zhiyao＠example．com"}},
		{"<e.quist@example.org>, (a+b@example.co.uk).", []string{"e.quist@example.org", "a+b@example.co.uk"}},
		{"[mail](mailto:o'neil@example.ie)", []string{"o'neil@example.ie"}},
		{"mail=a@b.example.com;x@y.io", []string{"a@b.example.com", "x@y.io"}},
		{"13800138000@163.com", []string{"13800138000@163.com"}},
		{"林@例子.公司 a@例子.公司", []string{"a@例子.公司"}},
		{"logo@2x.png", nil}, {"lodash@4.17.21", nil}, {"a@b", nil}, {"a.@example.com", nil}, {"@media", nil},
	})
}

func TestRegionsInSpans(t *testing.T) {
	boxes := make([]image.Rectangle, utf8.RuneCountInString("电话 13800138000"))
	for i := range boxes {
		boxes[i] = image.Rect(10*i, 0, 10*i+10, 10)
	}
	p := redact.Page{Part: "notes", Index: 3, Bounds: image.Rect(0, 0, 1000, 1000), Spans: []redact.Span{
		{ID: 7, Text: "张伟𠀀\u200b电话：138\u200b0013 8000，\u200be@example.com", Offset: 100},
		{ID: 8, Text: "电话 13800138000", Offset: 200, Boxes: boxes},
	}}
	redacttest.TestDetector(t, Detector{}, p,
		redact.Page{Spans: []redact.Span{{Text: "身份证 110199190302140010 传真 010-61234567"}}},
		examples(),
		redact.Page{Spans: []redact.Span{{Text: "nothing here but 2026-03-01"}}})
	fs, _ := Detector{}.Detect(t.Context(), p)
	if len(fs) != 3 || fs[0].Region.Start != 107 || fs[2].Region.Box != image.Rect(30, 0, 140, 10) {
		t.Errorf("%+v", fs)
	}
}

// examples is a page of all examples of the rules, a span each.
func examples() (p redact.Page) {
	offset := 0
	for _, r := range rules.Default().Rules {
		for _, s := range r.Examples {
			p.Spans = append(p.Spans, redact.Span{ID: len(p.Spans), Text: s, Offset: offset})
			offset += utf8.RuneCountInString(s) + 1
		}
	}
	return p
}

func TestAddresses(t *testing.T) {
	check(t, redact.Email, []row{
		{"备用：wenrenq [at] qiongling [dot] com", []string{"?wenrenq [at] qiongling [dot] com"}},
		{"e.quist(at)northmere.example", []string{"?e.quist(at)northmere.example"}},
		{"press at northmere dot example.", []string{"?press at northmere dot example"}},
		{"press @ northmere.example", []string{"?press @ northmere.example"}},
		{"quist#northmere.example（把#换成@）", []string{"?quist#northmere.example"}},
		{"quist#northmere.example", []string{"org-domain:?northmere.example"}},
		{"we met at noon (at work) and at Q1 dot-com.", nil},
	})
	check(t, "org-domain", []row{
		{"见https://www.northmere.example/a?b=1。然后", []string{"?https://www.northmere.example/a?b=1"}},
		{"[官网](https://www.northmere.example/关于)", []string{"?https://www.northmere.example/关于"}},
		{"https://northmere.example/a然后", []string{"?https://northmere.example/a"}},
		{"官网northmere.com.cn，", []string{"?northmere.com.cn"}},
		{"www.northmere.example.", []string{"?www.northmere.example"}},
		{"a.md, v1.2.3, e.g. this.Then index.html", nil},
		{"微信号：zhiyao_lin，QQ: 123456789", []string{"wechat:?zhiyao_lin", "qq:123456789"}},
		{"微信是最常用的，wechat works", nil},
		{"统一社会信用代码：91350100M000100Y43", []string{"org-uscc:91350100M000100Y43"}},
		{"91350100M000100Y44", nil},
	})
	check(t, redact.Phone, []row{
		{"电话一三八〇〇一三八〇〇〇", []string{"一三八〇〇一三八〇〇〇"}},
		{"一三八 零零一三 八零零零", []string{"一三八 零零一三 八零零零"}},
		{"二〇二六年一月一日，一二三四五六", nil},
		{"office (0)30 1234 5678", []string{"?(0)30 1234 5678"}},
		{"on 01632 960 123 or (02) 5550 1234.", []string{"?01632 960 123", "?(02) 5550 1234"}},
		{"预订：0572 - 801 2345", []string{"0572 - 801 2345"}},
		{"à Paris 01 99 00 12 34", []string{"?01 99 00 12 34"}},
		{"1800 555 019", []string{"?1800 555 019"}},
		{"订单号 01632 960 123，2026 01 02 03", []string{"ticket-booking:?01632 960 123"}},
		{"0572 - 801 2345，137 5720 1234（夏天）", []string{"0572 - 801 2345", "137 5720 1234"}},
		{"13800138000,13900139000，0571-87654321", []string{"13800138000", "13900139000", "0571-87654321"}},
		{"1,13800138000 and 13800138000,123", []string{"13800138000", "13800138000"}}, // cells
		{"1,380,013,800 and 138,001,380,00", nil},
		{"☎ 0571-8765-4321", []string{"0571-8765-4321"}},
	})
}

// The head of a column, the key of a record and the word that the span before ends
// with say what a number is.
func TestContextOfPlace(t *testing.T) {
	check(t, "staff-no", []row{
		{"姓名|手机号|工号\n张三|13900000001|00017\n李四|61234567|00018\n", []string{"phone:13900000001", "?00017", "phone:?61234567", "?00018"}},
		{"name,staff no,card\n\"Quist, E.\",N-0042,4111111111111111\n", []string{"?N-0042", "bank-card:4111111111111111"}},
		{"{\"员工编号\": \"00017\", \"idCardNo\": \"110199190302140010\"}", []string{"?00017", "resident-id:110199190302140010"}},
		{"工号：00017、00018和00019，共3人", []string{"?00017", "?00018", "?00019"}},
		{"张三/13900000001/110199190302140010/6222020000000000000", []string{"phone:13900000001", "resident-id:110199190302140010", "bank-card:6222020000000000000"}},
		{"Passport (No. EA0000002) of hers, 客服95588", []string{"passport:EA0000002", "phone:?95588"}},
		{"手机13900000001身份证110199190302140010", []string{"phone:13900000001", "resident-id:110199190302140010"}},
		{"工号：2026-03-01，工号 2026年，工号17个", nil},
	})
	fs, err := Detector{}.Detect(t.Context(), redact.Page{Spans: []redact.Span{{ID: 0, Text: "工号："}, {ID: 1, Text: "00017", Offset: 4}, {ID: 2, Text: "00018", Offset: 10}}})
	if err != nil || len(fs) != 1 || fs[0].Region.Span != 1 || fs[0].Text != "00017" {
		t.Errorf("over spans: %v, error %v", fs, err)
	}
}

func TestHosts(t *testing.T) {
	check(t, "ip", []row{
		{"登录IP：192.0.2.17:8080，服务器2:198.51.100.7", []string{"192.0.2.17", "198.51.100.7"}},
		{"from 2001:db8::17, then [2001:db8:0:1::2]", []string{"2001:db8::17", "2001:db8:0:1::2"}},
		{"版本 1.2.3.4，v1.2.3.4，tag 1.2.3.4，0.2.1.5，127.0.0.1，Chrome/120.0.6.71，12:34:56，std::a", nil},
		{"\n1.2.3.4 Scope\n", nil},
	})
}

func TestHomeAddress(t *testing.T) {
	check(t, "home-address", []row{
		{"家住云岚市望溪路12号3幢1单元602室。", []string{"云岚市望溪路12号3幢1单元602室"}},
		{"收货人139-0000-0001 云岚市望溪区听松路12号3幢602", []string{"phone:139-0000-0001", "云岚市望溪区听松路12号3幢602"}},
		{"寄到听松大道 88 号", []string{"听松大道 88 号"}},
		{"公司位于听松大道88号", []string{"听松大道88号"}},
		{"她写道12 Example Row, Flat 3, Northmere.", []string{"?12 Example Row, Flat 3, Northmere"}},
		{"at 221 Old Mill Road and 7 days later", []string{"?221 Old Mill Road"}},
		{"望溪路站，云岚市，三号线，第12号文件，高速公路12号", nil},
	})
}

// Long runs of numbers give the same findings each time, one for each.
func TestManyNumbers(t *testing.T) {
	for _, c := range []struct {
		unit string
		want int // for each unit
	}{{"110199190302140010 ", 1}, {"13800138000 ", 1}, {"13", 0}, {"0", 0}, {"1-", 0}} {
		const units = 300
		s := strings.Repeat(c.unit, units)
		for range 3 {
			ms, _, err := find(t.Context(), s, nil)
			if err != nil || len(ms) != c.want*units {
				t.Fatalf("%q: %d findings, want %d, error %v", c.unit, len(ms), c.want*units, err)
			}
		}
	}
}

// Four times the text gives rules at most about four times as much to do, whatever
// it is made of.
func TestWorkGrowsAsText(t *testing.T) {
	for _, unit := range []string{"工号", "工号、", "电话,", "QQ/微信/", "a.", "1 ", "1-", "(", "(+86", "号1", "路1号", "a:b:", "ab:", "@a", " dot at ", "G1", "00000000-", "身份证1101991903021400", "京A", "合同是", "1 Main Street ",
		"工号|学号\n", "a,b,工号\n", "token=", "北纬1.", "https://a", "91990199MA", "6222 0200 ", "a@b.", "工号1、", "[at]", "E1 "} {
		var work [2]int
		for i, n := range []int{400, 1600} {
			s, _, err := read(t.Context(), strings.Repeat(unit, n), nil)
			if err != nil {
				t.Fatal(err)
			}
			work[i] = s.work
		}
		if work[1] > 5*work[0]+1000 {
			t.Errorf("%q: %d bytes of work, four times the text %d", unit, work[0], work[1])
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{"电话 138\u200b0013 8000 转 801", "+86 (0)21 6123 4567-12", "a@例子.公司@b.cc", "１１０１９９190302140010x", "(((+00", "\xff\xfe138"} {
		f.Add(s)
	}
	for _, r := range rules.Default().Rules {
		for _, s := range append(r.Examples, r.Near...) {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		fs, err := Detector{}.Detect(context.Background(), redact.Page{Spans: []redact.Span{{Text: s}}})
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(s)
		for _, g := range fs {
			if string(runes[g.Region.Start:g.Region.End]) != g.Text {
				t.Fatalf("text is not what stands at %v", g)
			}
		}
		if s == "" || len(s) > 400 {
			return
		}
		one, _, err := read(context.Background(), fold(strings.Repeat(s, 20)).text, nil)
		if err != nil {
			t.Fatal(err)
		}
		four, _, err := read(context.Background(), fold(strings.Repeat(s, 80)).text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if four.work > 6*one.work+20000 {
			t.Fatalf("%d bytes of work, four times the text %d", one.work, four.work)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	const text = "林知遥，云岚精工信息部总监，2026年3月1日表示：“上线后我轻松多了。”订单量增长17%，良率由91%升至97%。联系电话 139 0000 0000，邮箱 zhiyao.lin@example.com。\n" +
		"Elara Quist works at Northmere Castings; call +44 7700 900123 or write to e.quist@example.org before 2026-03-01.\n"
	p := redact.Page{Spans: []redact.Span{{Text: strings.Repeat(text, 500)}}}
	runes := utf8.RuneCountInString(p.Spans[0].Text)
	for b.Loop() {
		if _, err := (Detector{}).Detect(b.Context(), p); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(runes)*float64(b.N)/b.Elapsed().Seconds(), "chars/s")
}
