// Package exchange moves a registry in and out of files: tables (CSV, XLSX), cards
// (vCard) and consent records (JSON-LD of ISO/IEC TS 27560). What is written down
// here are the columns of tables; docs/exchange.md has the rest.
//
// One row is one subject with at most one consent. Rows with the same id, or
// without ids the same kind, name and company, are one subject with several
// consents. The first row names the columns, in English or Chinese, in any order:
//
//	id|编号                       the subject's; else a random one
//	kind|类型                     person, organisation (个人, 企业)
//	name|姓名|名称                 the full name; script|文字 its ISO 15924 code
//	aliases|别名                  ";" between; "pinyin:", "english:", "former:", "short:", "brand:" before one says what it is
//	company|单位, employer|任职企业编号, post|职务, since|任职起, role|角色, age|年龄段
//	phones|电话, emails|邮箱, address|地址, contacts|其他联系方式 (JSON)
//	deceased|已故, state_organ|国家机关, confidential|保密条款
//	guardian_name|监护人, guardian_relationship|监护关系, guardian_evidence|监护证明
//	credit_code|统一社会信用代码, domains|域名, general_form|概括称呼, contract|合同编号
//	clause|宣传条款, logo_rules|标志使用规范, quote_approval|引语须经同意
//	note|备注, subject_retention|登记保存至
//	consent_id|同意编号            else made from the subject's id and the scope
//	consent_kind|同意种类          publish (default), contact, face-match
//	given_by|给出人               self, guardian, company, photographer, other (本人, 监护人, 企业, 摄影师, 他人)
//	collected_by|收集人           us (default), partner; onward_use|允许转用, licence_sha256|转用许可
//	purposes|目的, channels|渠道, territories|地域, shows|展示内容, kinds|信息种类
//	                             ";" between, ids or labels of the rule pack
//	from|起, until|止             days; until is the last day, included
//	state|状态, state_at|状态日期   given, refused, withdrawn … (同意, 拒绝, 撤回 …) or one of the ten ids
//	received_at|收到日期, state_evidence|状态证据
//	                             of that state: when it reached us, the digest of what shows it
//	withdrawn_at|撤回日期, withdraw_scope|撤回范围 (record, all), intake|撤回途径
//	events|事件                   the whole history as Export writes it; wins over state
//	notice_sha256|告知书, notice_at|告知日期, notice_changed_at|告知变更日期
//	notice_items|告知事项          ";" between: handler, purpose, method, kinds, retention, rights
//	notice_title|告知书标题, notice_version|告知书版本, notice_language|告知书语言
//	evidence_sha256|证据, voluntary|自愿, separate|单独同意, written|书面
//	authority|有权签署, allowed_forms|允许形式 (full, short, general)
//	quote_sha256|引语摘要, figures_sha256|数据摘要
//	sensitive_kinds|敏感种类, sensitive_separate|敏感单独同意, sensitive_necessity|必要性, sensitive_effect|影响
//	term|期限类型 (open, fixed), oversized|过宽条款, cross_border|境外提供
//	recipients|接收方, retention|保存至
//
// Only read, from other programs' tables: given_name|名, middle_name|中间名,
// family_name|姓, phonetic_given|名拼音, phonetic_family|姓拼音, english_name|英文名.
// A Mapping says what other columns are.
//
// An empty cell counts against showing. What is wrong with a row is listed by
// line and column, never by content, and the rest goes in; but all rows of a
// subject are held back where one cannot be read, because that one may be a no.
// A refusal or withdrawal goes in even where its other cells cannot be read: then
// it counts for everything. What only serves to reach or to know a subject
// (contacts, post, domains) is left out where it cannot be read.
package exchange
