package exchange

import (
	"time"

	"consentry/authz"
)

var (
	kinds = itself([]string{"person", "organisation"}, map[string]string{
		"个人": "person", "自然人": "person", "人": "person",
		"organization": "organisation", "company": "organisation", "企业": "organisation", "公司": "organisation", "单位": "organisation", "组织": "organisation",
	})
	consentKinds = itself([]string{"publish", "contact", "face-match"}, map[string]string{"公开": "publish", "联系": "contact", "人脸比对": "face-match"})
	givers       = itself([]string{"self", "guardian", "company", "photographer", "other"}, map[string]string{
		"本人": "self", "监护人": "guardian", "企业": "company", "单位": "company", "公司": "company", "摄影师": "photographer", "他人": "other",
	})
	collectors = itself([]string{"us", "partner"}, map[string]string{"本公司": "us", "我方": "us", "我们": "us", "合作方": "partner"})
	scopes     = itself([]string{"record", "all"}, map[string]string{"本份": "record", "全部": "all"})
	terms      = itself([]string{"open", "fixed"}, map[string]string{"无固定期限": "open", "固定期限": "fixed"})
	states     = map[string]authz.State{
		"given": authz.Given, "同意": authz.Given, "renewed": authz.Renewed, "续期": authz.Renewed, "refused": authz.Refused, "拒绝": authz.Refused,
		"withdrawn": authz.Withdrawn, "撤回": authz.Withdrawn, "撤销": authz.Withdrawn, "requested": authz.Requested, "征询": authz.Requested, "征求": authz.Requested,
		"deferred": authz.Deferred, "暂缓": authz.Deferred, "expired": authz.Expired, "到期": authz.Expired, "过期": authz.Expired,
		"terminated": authz.Terminated, "终止": authz.Terminated, "invalidated": authz.Invalidated, "无效": authz.Invalidated,
		"unknown": authz.Unknown, "不明": authz.Unknown,
	}
)

// columns are all there are, in the order in which they are written.
var columns = []column{
	text("id", "编号", false, func(r *record) *string { return (*string)(&r.subject.ID) }),
	choice("kind", "类型", false, func(r *record) *string { return (*string)(&r.subject.Kind) }, kinds),
	{"name", []string{"姓名", "名称", "姓名/名称", "姓名或名称"}, false,
		func(_ Sheet, r *record, cell string) error {
			n, err := name(cell, "")
			if n.Use == "legal" { // the default
				n.Use = ""
			}
			r.subject.Names = []authz.Name{n}
			return err
		},
		func(_ Sheet, r record) string { return writeName(r.subject.Names) }},
	{"aliases", []string{"别名"}, false,
		func(_ Sheet, r *record, cell string) error { r.aliases = cell; return nil }, // read once the kind is known
		func(_ Sheet, r record) string { return writeNames(r.subject.Names) }},
	text("company", "单位", false, func(r *record) *string { return &r.subject.Company }),
	term("role", "角色", func(v authz.Vocabulary) authz.Terms { return v.Roles }, func(r *record) *string { return (*string)(&r.subject.Role) }),
	term("age", "年龄段", func(v authz.Vocabulary) authz.Terms { return v.Ages }, func(r *record) *string { return (*string)(&r.subject.Age) }),
	text("employer", "任职企业编号", false, func(r *record) *string { return (*string)(&r.subject.Employer) }),
	flag("deceased", "已故", false, func(r *record) *bool { return &r.subject.Deceased }),
	flag("state_organ", "国家机关", false, func(r *record) *bool { return &r.subject.StateOrgan }),
	flag("confidential", "保密条款", false, func(r *record) *bool { return &r.subject.Confidential }),
	text("guardian_name", "监护人", false, func(r *record) *string { return &guardian(r).Name }),
	text("guardian_relationship", "监护关系", false, func(r *record) *string { return &guardian(r).Relationship }),
	hash("guardian_evidence", "监护证明", false, func(r *record) *string { return &guardian(r).Evidence }),
	text("note", "备注", false, func(r *record) *string { return &r.subject.Note }),

	text("consent_id", "同意编号", true, func(r *record) *string { return (*string)(&r.consent.ID) }),
	choice("consent_kind", "同意种类", true, func(r *record) *string { return &r.consent.Kind }, consentKinds),
	choice("given_by", "给出人", true, func(r *record) *string { return &r.consent.GivenBy }, givers),
	choice("collected_by", "收集人", true, func(r *record) *string { return &r.consent.CollectedBy }, collectors),
	flag("onward_use", "允许转用", true, func(r *record) *bool { return &r.consent.OnwardUse }),
	hash("licence_sha256", "转用许可", true, func(r *record) *string { return &r.consent.Licence }),
	list("purposes", "目的", func(v authz.Vocabulary) authz.Terms { return v.Purposes }, func(r *record) *[]authz.Purpose { return &r.consent.Purposes }),
	list("channels", "渠道", func(v authz.Vocabulary) authz.Terms { return v.Channels }, func(r *record) *[]authz.Channel { return &r.consent.Channels }),
	list("territories", "地域", func(v authz.Vocabulary) authz.Terms { return v.Territories }, func(r *record) *[]authz.Territory { return &r.consent.Territories }),
	list("shows", "展示内容", func(v authz.Vocabulary) authz.Terms { return v.Shows }, func(r *record) *[]authz.Shows { return &r.consent.Shows }),
	list("kinds", "信息种类", func(v authz.Vocabulary) authz.Terms { return v.Kinds }, func(r *record) *[]string { return &r.consent.Kinds }),
	day("from", "起", func(r *record) *time.Time { return &r.consent.From }),
	{"until", []string{"止"}, true,
		func(s Sheet, r *record, cell string) (err error) { r.consent.Until, err = s.lastDay(cell); return err },
		func(s Sheet, r record) string { return s.writeLastDay(r.consent.Until) }},
	{"state", []string{"状态"}, true, readState,
		func(_ Sheet, r record) string { return string(r.state) }},
	day("state_at", "状态日期", func(r *record) *time.Time { return &r.stateAt }),
	{"withdrawn_at", []string{"撤回日期"}, true,
		func(s Sheet, r *record, cell string) (err error) {
			r.withdrawn = true
			r.withdrawnAt, _, err = s.day(cell)
			return err
		},
		func(Sheet, record) string { return "" }},
	choice("withdraw_scope", "撤回范围", true, func(r *record) *string { return &r.consent.WithdrawScope }, scopes),
	text("intake", "撤回途径", true, func(r *record) *string { return &r.intake }),
	{"events", []string{"事件"}, true, readEvents, writeEvents},
	hash("notice_sha256", "告知书", true, func(r *record) *string { return &r.consent.NoticeSHA256 }),
	day("notice_at", "告知日期", func(r *record) *time.Time { return &r.notice.GivenAt }),
	day("notice_changed_at", "告知变更日期", func(r *record) *time.Time { return &r.notice.ChangedAt }),
	list("notice_items", "告知事项", func(v authz.Vocabulary) authz.Terms { return v.NoticeItems }, func(r *record) *[]string { return &r.notice.Items }),
	hash("evidence_sha256", "证据", true, func(r *record) *string { return &r.consent.Evidence }),
	flag("voluntary", "自愿", true, func(r *record) *bool { return &r.consent.Voluntary }),
	flag("separate", "单独同意", true, func(r *record) *bool { return &r.consent.Separate }),
	flag("written", "书面", true, func(r *record) *bool { return &r.consent.Written }),
	flag("authority", "有权签署", true, func(r *record) *bool { return &r.consent.Authority }),
	list("allowed_forms", "允许形式", func(v authz.Vocabulary) authz.Terms { return v.Forms }, func(r *record) *[]string { return &r.consent.AllowedForms }),
	hash("quote_sha256", "引语摘要", true, func(r *record) *string { return &r.consent.QuoteSHA256 }),
	hash("figures_sha256", "数据摘要", true, func(r *record) *string { return &r.consent.FiguresSHA256 }),
	list("sensitive_kinds", "敏感种类", func(v authz.Vocabulary) authz.Terms { return v.Kinds }, func(r *record) *[]string { return &sensitive(r).Kinds }),
	flag("sensitive_separate", "敏感单独同意", true, func(r *record) *bool { return &sensitive(r).Separate }),
	text("sensitive_necessity", "必要性", true, func(r *record) *string { return &sensitive(r).Necessity }),
	text("sensitive_effect", "影响", true, func(r *record) *string { return &sensitive(r).Effect }),
	choice("term", "期限类型", true, func(r *record) *string { return &r.consent.Term }, terms),
	flag("oversized", "过宽条款", true, func(r *record) *bool { return &r.consent.Oversized }),
	flag("cross_border", "境外提供", true, func(r *record) *bool { return &r.consent.CrossBorder }),
	day("retention", "保存至", func(r *record) *time.Time { return &r.consent.Retention }),
}

func term(id, zh string, of func(authz.Vocabulary) authz.Terms, field func(*record) *string) column {
	return column{id, []string{zh}, false,
		func(s Sheet, r *record, cell string) error {
			t, ok := of(s.Vocabulary).Parse(cell)
			if !ok {
				return errWord
			}
			*field(r) = t.ID
			return nil
		},
		func(_ Sheet, r record) string { return *field(&r) }}
}

func day(id, zh string, field func(*record) *time.Time) column {
	return column{id, []string{zh}, true,
		func(s Sheet, r *record, cell string) (err error) { *field(r), _, err = s.day(cell); return err },
		func(s Sheet, r record) string { return s.writeDay(*field(&r)) }}
}

func readState(s Sheet, r *record, cell string) error {
	st, ok := states[authz.FoldName(cell)]
	if t, found := s.Vocabulary.States.Parse(cell); !ok && found {
		st, ok = authz.State(t.ID), true
	}
	if !ok {
		return errWord
	}
	r.state = st
	return nil
}
