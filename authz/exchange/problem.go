package exchange

import (
	"fmt"
	"strings"
)

// A Reason is what is wrong with a cell, a row or a card: a code that does not
// change, with words in both languages. None holds what the cell says.
type Reason string

// The reasons.
const (
	NotInPack       Reason = "not-in-rule-pack"
	NotADay         Reason = "not-a-day"
	NotYesOrNo      Reason = "not-yes-or-no"
	NotADigest      Reason = "not-a-digest"
	ControlMarks    Reason = "control-characters"
	NotAsExported   Reason = "not-as-exported"
	Empty           Reason = "empty"
	TooLong         Reason = "too-long"
	NameTooLong     Reason = "name-too-long"
	Shortened       Reason = "number-shortened"
	GrantLacks      Reason = "grant-lacks"
	OthersConsent   Reason = "consent-of-another-subject"
	Contradicts     Reason = "contradicts-earlier-row"
	HeldBack        Reason = "held-back"
	NoticesDiffer   Reason = "notices-differ"
	UnknownColumn   Reason = "unknown-column"
	IgnoredColumn   Reason = "column-not-read"
	TooManyCells    Reason = "too-many-cells"
	BadQuotes       Reason = "bad-quotation-mark"
	BadCard         Reason = "bad-card"
	OldCard         Reason = "unknown-card-version"
	BadRecord       Reason = "bad-record"
	OtherController Reason = "other-controller"
	NotImported     Reason = "not-imported"
)

var reasons = map[Reason]struct{ en, zh string }{
	NotInPack:       {"not a word of the rule pack", "不是规则包中的用词"},
	NotADay:         {"not a day such as 2026-03-01", "不是日期，应如 2026-03-01"},
	NotYesOrNo:      {"neither yes nor no", "应填“是”或“否”"},
	NotADigest:      {"not a SHA-256 of 64 hexadecimal digits", "不是 64 位十六进制的 SHA-256"},
	ControlMarks:    {"control characters", "含有控制字符"},
	NotAsExported:   {"not as it was exported", "与导出时的格式不符"},
	Empty:           {"empty", "为空"},
	TooLong:         {fmt.Sprintf("longer than %d characters", MaxCell), fmt.Sprintf("超过 %d 个字符", MaxCell)},
	NameTooLong:     {fmt.Sprintf("longer than %d characters", MaxName), fmt.Sprintf("超过 %d 个字符", MaxName)},
	Shortened:       {"a number that a spreadsheet has shortened; its last digits are lost", "号码被电子表格缩写，末尾数字已丢失"},
	GrantLacks:      {"missing: the grant counts as ConsentUnknown", "缺失：该项同意按“不明”处理"},
	OthersConsent:   {"is another subject's; the row got an id of its own", "编号属于另一主体；本行另给编号"},
	Contradicts:     {"says something else of the subject than a row before", "与前面的行对同一主体的说法不一致"},
	HeldBack:        {"held back: another row of this subject cannot be read", "暂不导入：同一主体的另一行无法读取"},
	NoticesDiffer:   {"differ from a row before; only the items in both count", "与前面的行不同；只计两者都有的事项"},
	UnknownColumn:   {"column %d has an unknown name and is not read", "第 %d 列的列名不认识，未读取"},
	IgnoredColumn:   {"column %d is not read", "第 %d 列未读取"},
	TooManyCells:    {"more cells than columns", "单元格多于列数"},
	BadQuotes:       {"a quotation mark is missing or misplaced; rows up to the next one may be lost", "引号缺失或位置不对；到下一个引号为止的行可能丢失"},
	BadCard:         {"a card that cannot be read", "名片无法读取"},
	OldCard:         {"a card of an unknown version", "名片版本不认识"},
	BadRecord:       {"a record that cannot be read", "记录无法读取"},
	OtherController: {"given to another handler: it counts as a partner's", "同意是给予其他处理者的，按合作方的同意处理"},
	NotImported:     {"not taken in from this kind of file", "不从此类文件导入"},
}

// Error is the reason in English, so that what reads a cell can give it.
func (r Reason) Error() string { return r.Text("en") }

// Text is the reason in words, zh or en, without its place.
func (r Reason) Text(lang string) string {
	t, ok := reasons[r]
	switch {
	case !ok:
		return string(r)
	case lang == "zh":
		return t.zh
	}
	return t.en
}

// A Problem is what is wrong with a row, a card or a record. It holds no content
// of it.
type Problem struct {
	Line    int    `json:"line"`             // in the file, from 1; of cards the one where they begin, of consent records where they end; 0 is the whole file
	Column  string `json:"column,omitempty"` // id of the column, or empty for the row
	Reason  Reason `json:"reason"`
	Number  int    `json:"number,omitempty"` // of a column without a name that is known, from 1
	Skipped bool   `json:"skipped"`          // the row did not go in; otherwise it did, and counts for less
}

// String is the problem in English.
func (p Problem) String() string { return p.Text("en") }

// Text is the problem in words, zh or en, with its place.
func (p Problem) Text(lang string) string {
	reason := p.Reason.Text(lang)
	if strings.Contains(reason, "%d") {
		reason = fmt.Sprintf(reason, p.Number)
	}
	switch {
	case lang == "zh" && p.Line == 0:
		return reason
	case lang == "zh" && p.Column == "":
		return fmt.Sprintf("第 %d 行：%s", p.Line, reason)
	case lang == "zh":
		return fmt.Sprintf("第 %d 行，“%s”列：%s", p.Line, ColumnLabel(p.Column, "zh"), reason)
	case p.Line == 0:
		return reason
	case p.Column == "":
		return fmt.Sprintf("line %d: %s", p.Line, reason)
	}
	return fmt.Sprintf("line %d, column %s: %s", p.Line, p.Column, reason)
}
