// Package exchange moves a registry in and out of CSV, the form that a CRM or a
// spreadsheet gives.
//
// One row is one subject with at most one consent. Rows with the same id, or
// without ids the same kind, name and company, are one subject with several
// consents. The first row names the columns, in English or Chinese, in any order:
//
//	id|编号                       the subject's; else a random one
//	kind|类型                     person, organisation (个人, 企业)
//	name|姓名|名称                 the full name
//	aliases|别名                  ";" between; "pinyin:", "english:", "former:", "short:", "brand:" before one says what it is
//	company|单位, role|角色, age|年龄段, note|备注
//	deceased|已故, state_organ|国家机关, confidential|保密条款, employer|任职企业编号
//	guardian_name|监护人, guardian_relationship|监护关系, guardian_evidence|监护证明
//	consent_id|同意编号            else made from the subject's id and the scope
//	consent_kind|同意种类          publish (default), contact, face-match
//	given_by|给出人               self, guardian, company, photographer, other (本人, 监护人, 企业, 摄影师, 他人)
//	collected_by|收集人           us (default), partner; onward_use|允许转用, licence_sha256|转用许可
//	purposes|目的, channels|渠道, territories|地域, shows|展示内容, kinds|信息种类
//	                             ";" between, ids or labels of the rule pack
//	from|起, until|止             days; until is the last day, included
//	state|状态, state_at|状态日期   given, refused, withdrawn … (同意, 拒绝, 撤回 …) or one of the ten ids
//	withdrawn_at|撤回日期, withdraw_scope|撤回范围 (record, all), intake|撤回途径
//	events|事件                   the whole history as Export writes it; wins over state
//	notice_sha256|告知书, notice_at|告知日期, notice_changed_at|告知变更日期
//	notice_items|告知事项          ";" between: handler, purpose, method, kinds, retention, rights
//	evidence_sha256|证据, voluntary|自愿, separate|单独同意, written|书面
//	authority|有权签署, allowed_forms|允许形式 (full, short, general)
//	quote_sha256|引语摘要, figures_sha256|数据摘要
//	sensitive_kinds|敏感种类, sensitive_separate|敏感单独同意, sensitive_necessity|必要性, sensitive_effect|影响
//	term|期限类型 (open, fixed), oversized|过宽条款, cross_border|境外提供, retention|保存至
//
// An empty cell counts against showing. What is wrong with a row is listed by
// line and column, never by content, and the rest goes in; but all rows of a
// subject are held back where one cannot be read, because that one may be a no.
// A refusal or withdrawal goes in even where its other cells cannot be read: then
// it counts for everything.
package exchange

import (
	"fmt"
	"time"

	"consentry/authz"
)

// Limits of what is read.
const (
	MaxBytes = 32 << 20 // of a file
	MaxRows  = 100_000  // below the header
	MaxName  = 200      // characters of a name
	MaxCell  = 20_000   // characters of any other cell
)

// A Sheet reads and writes registries in CSV.
type Sheet struct {
	// Vocabulary is the rule pack's: words that it does not list are problems.
	Vocabulary authz.Vocabulary
	// Zone is where a day begins and ends; nil is Asia/Shanghai.
	Zone *time.Location
}

// China is Asia/Shanghai, the zone of days where none is given. It is fixed, so
// that it needs no time-zone database.
var China = time.FixedZone("Asia/Shanghai", 8*60*60)

func (s Sheet) zone() *time.Location {
	if s.Zone == nil {
		return China
	}
	return s.Zone
}

// A Batch is what a sheet holds.
type Batch struct {
	Subjects []authz.Subject
	Consents []authz.Consent
	Notices  []authz.Notice // digest, dates and items; the text is not in a sheet
	Problems []Problem      // by line
}

// A Problem is what is wrong with a row. It holds no content of the row.
type Problem struct {
	Line    int    // in the file, from 1
	Column  string // English name, or empty for the row
	Reason  string
	Skipped bool // the row did not go in; otherwise it did, and counts for less
}

func (p Problem) String() string {
	if p.Column == "" {
		return fmt.Sprintf("line %d: %s", p.Line, p.Reason)
	}
	return fmt.Sprintf("line %d, column %s: %s", p.Line, p.Column, p.Reason)
}
