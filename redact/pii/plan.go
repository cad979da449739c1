package pii

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Words that announce a telephone number, behind which only marks may stand.
var telWord = regexp.MustCompile(`(?i)(?:电话|手机|座机|传真|热线|致电|来电|联系方式|電話|手機|傳真|專線|(?:^|[^a-z])(?:tele)?phone|(?:^|[^a-z])(?:tel|fax|mobile|mob|cell|call|whatsapp|office|direct|desk|landline|hotline|switchboard|ring|dial|text)|[☎☏📞📱✆]\x{FE0F}?)(?:号码|号|號碼|\s?(?:no|number))?[\s.:()\[\]*|"'：（]*$`)

// Words that announce a number of another sort.
var otherWord = regexp.MustCompile(`(?i)(?:订单|單號|单号|编号|流水|序列号|批号|批次|货号|发票|合同号|快递|运单|版本|零件号|件号|图号|料号|物料|型号|规格|条码|代码段|工单|产品|准字|注准|注册证|专利|公网安备|(?:^|[^a-z])(?:order|invoice|serial|ticket|sku|ref|version|no|id|sn|po|ean|isbn|part|model|batch|lot|item|build|commit|issue|gtin|upc))[号碼码\s.:#：（(_-]*(?:number|no)?[\s.:#]*$`)

// tel reports whether a telephone word stands right before byte i, or above it in
// its column.
func (s *scan) tel(i int) bool { return s.called[i] || telWord.MatchString(before(s.text, i, 24)) }

// other reports whether a word for another sort of number stands before byte i.
func other(text string, i int) bool { return otherWord.MatchString(before(text, i, 24)) }

// valid reports whether a number belongs to the plan of its country code, or of
// region where it has none. The plans are those of Google's libphonenumber.
func valid(number, region string) bool {
	n, err := phonenumbers.Parse(number, region)
	return err == nil && phonenumbers.IsValidNumber(n)
}

// possible reports whether a number has a length that its plan knows.
func possible(number, region string) bool {
	n, err := phonenumbers.Parse(number, region)
	return err == nil && phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE
}

// A stand says how a number stands among its neighbours.
type stand int

const (
	inside stand = iota // of a longer number, a code, a price
	worded              // a word touches it: Zhang13800138000
	free                // nothing touches it
)

var (
	wordBefore = regexp.MustCompile(`(?:^|[^0-9A-Za-z])([A-Za-z]+)$`)
	wordAfter  = regexp.MustCompile(`^([A-Za-z]+)(?:$|[^0-9A-Za-z])`)
)

// stands looks at what touches the number at lo to hi. Codes such as DD138… are
// in capitals; a word with small letters may be a name.
func (s *scan) stands(lo, hi int) stand {
	text, how := s.text, free
	if lo > 0 {
		switch c := text[lo-1]; {
		case isDigit(c), lo > 1 && c == '.' && isDigit(text[lo-2]), c == ',' && thousands(text[:lo-1]) && thousand.MatchString(text[lo-1:min(len(text), lo+5)]):
			return inside
		case isLetter(c) && !s.tel(lo):
			m := wordBefore.FindStringSubmatch(text[max(0, lo-24):lo])
			if m == nil || strings.ToUpper(m[1]) == m[1] || other(text, lo) {
				return inside
			}
			how = worded
		}
		if currency(text, lo) {
			return inside
		}
	}
	if hi < len(text) {
		switch c := text[hi]; {
		case isDigit(c), hi+1 < len(text) && c == '.' && isDigit(text[hi+1]), c == ',' && thousands(text[:hi]) && thousand.MatchString(text[hi:min(len(text), hi+6)]):
			return inside
		case isLetter(c) && !extension.MatchString(text[hi:min(len(text), hi+32)]):
			m := wordAfter.FindStringSubmatch(text[hi:min(len(text), hi+24)])
			if m == nil || strings.ToUpper(m[1]) == m[1] {
				return inside
			}
			how = worded
		}
	}
	return how
}

// price reports whether 元 follows as a unit, not as the beginning of 元旦.
func price(text string, hi int) bool {
	after, ok := strings.CutPrefix(strings.TrimLeft(text[hi:min(len(text), hi+8)], " "), "元")
	if !ok {
		return false
	}
	for _, s := range []string{"旦", "宵", "月", "首", "老", "素", "气"} {
		if strings.HasPrefix(after, s) {
			return false
		}
	}
	return true
}

// thousand is how a large number goes on; a telephone number goes on in groups.
var thousand = regexp.MustCompile(`^,\d{3}(?:$|[^\d -]|[ -](?:$|\D))`)

// thousands reports whether s ends in one to three digits, as before the comma of
// a large number; between two telephone numbers there are more.
func thousands(s string) bool {
	n := 0
	for n < len(s) && isDigit(s[len(s)-1-n]) {
		n++
	}
	return n >= 1 && n <= 3
}

// grouped reports whether a dash ties the number to further digits.
func grouped(text string, lo, hi int) bool {
	return lo > 1 && text[lo-1] == '-' && isDigit(text[lo-2]) ||
		hi+1 < len(text) && text[hi] == '-' && isDigit(text[hi+1])
}

// amount reports whether a unit follows. 元 may begin 元旦 and 万 is a surname as
// well, so that this makes a number doubtful, not another thing.
func amount(text string, hi int) bool {
	after := strings.TrimLeft(text[hi:min(len(text), hi+12)], " ")
	for _, s := range []string{"元", "万", "亿", "%", "美元", "欧元", "人民币"} {
		if strings.HasPrefix(after, s) {
			return true
		}
	}
	return false
}

var extension = regexp.MustCompile(`(?i)^[ ,，;]{0,2}(?:转|轉|分机号?|分機|内线|-|ext(?:ension|n)?\.?|x)[ :：.]{0,2}\d{1,6}`)

// withExtension is the end of the number ending at hi with its extension.
func withExtension(text string, hi int) int {
	loc := extension.FindStringIndex(text[hi:min(len(text), hi+32)])
	if loc == nil {
		return hi
	}
	end := hi + loc[1]
	// More digits: not an extension but another number.
	if end < len(text) && isDigit(text[end]) || text[hi] == '-' && end < len(text) && text[end] == '-' {
		return hi
	}
	return end
}
