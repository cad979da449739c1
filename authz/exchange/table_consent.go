package exchange

import (
	"encoding/json"
	"time"

	"consentry/authz"
)

var (
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

// Collector reads who collected a consent, us or partner, in the words of a table.
func Collector(word string) (string, bool) {
	id, ok := collectors[fold(word)]
	return id, ok
}

var consentColumns = []column{
	plainColumn("consent_id", "同意编号", true, func(r *record) *string { return (*string)(&r.consent.ID) }),
	choiceColumn("consent_kind", "同意种类", true, func(r *record) *string { return &r.consent.Kind }, consentKinds),
	choiceColumn("given_by", "给出人", true, func(r *record) *string { return &r.consent.GivenBy }, givers),
	choiceColumn("collected_by", "收集人", true, func(r *record) *string { return &r.consent.CollectedBy }, collectors),
	flagColumn("onward_use", "允许转用", true, func(r *record) *bool { return &r.consent.OnwardUse }),
	hashColumn("licence_sha256", "转用许可", true, func(r *record) *string { return &r.consent.Licence }),
	termsColumn("purposes", "目的", func(v authz.Vocabulary) authz.Terms { return v.Purposes }, func(r *record) *[]authz.Purpose { return &r.consent.Purposes }),
	termsColumn("channels", "渠道", func(v authz.Vocabulary) authz.Terms { return v.Channels }, func(r *record) *[]authz.Channel { return &r.consent.Channels }),
	termsColumn("territories", "地域", func(v authz.Vocabulary) authz.Terms { return v.Territories }, func(r *record) *[]authz.Territory { return &r.consent.Territories }),
	termsColumn("shows", "展示内容", func(v authz.Vocabulary) authz.Terms { return v.Shows }, func(r *record) *[]authz.Shows { return &r.consent.Shows }),
	termsColumn("kinds", "信息种类", func(v authz.Vocabulary) authz.Terms { return v.Kinds }, func(r *record) *[]string { return &r.consent.Kinds }),
	dayColumn("from", "起", true, func(r *record) *time.Time { return &r.consent.From }),
	{id: "until", zh: []string{"止"}, consent: true,
		read:  func(s Sheet, r *record, cell string) (err error) { r.consent.Until, err = s.lastDay(cell); return err },
		write: func(s Sheet, r *record) string { return s.writeLastDay(r.consent.Until) }},
	{id: "state", zh: []string{"状态"}, consent: true, read: readState,
		write: func(_ Sheet, r *record) string { return string(r.state) }},
	dayColumn("state_at", "状态日期", true, func(r *record) *time.Time { return &r.stateAt }),
	{id: "withdrawn_at", zh: []string{"撤回日期"}, consent: true,
		read: func(s Sheet, r *record, cell string) (err error) {
			r.withdrawn = true
			r.withdrawnAt, _, err = s.day(cell)
			return err
		},
		write: func(Sheet, *record) string { return "" }},
	choiceColumn("withdraw_scope", "撤回范围", true, func(r *record) *string { return &r.consent.WithdrawScope }, scopes),
	dayColumn("received_at", "收到日期", true, func(r *record) *time.Time { return &r.stateReceived }),
	hashColumn("state_evidence", "状态证据", true, func(r *record) *string { return &r.stateEvidence }),
	plainColumn("intake", "撤回途径", true, func(r *record) *string { return &r.intake }),
	{id: "events", zh: []string{"事件"}, consent: true, read: readEvents, write: writeEvents},
	hashColumn("notice_sha256", "告知书", true, func(r *record) *string { return &r.consent.NoticeSHA256 }),
	dayColumn("notice_at", "告知日期", true, func(r *record) *time.Time { return &r.notice.GivenAt }),
	dayColumn("notice_changed_at", "告知变更日期", true, func(r *record) *time.Time { return &r.notice.ChangedAt }),
	termsColumn("notice_items", "告知事项", func(v authz.Vocabulary) authz.Terms { return v.NoticeItems }, func(r *record) *[]string { return &r.notice.Items }),
	plainColumn("notice_title", "告知书标题", true, func(r *record) *string { return &r.notice.Title }),
	plainColumn("notice_version", "告知书版本", true, func(r *record) *string { return &r.notice.Version }),
	plainColumn("notice_language", "告知书语言", true, func(r *record) *string { return &r.notice.Language }),
	hashColumn("evidence_sha256", "证据", true, func(r *record) *string { return &r.consent.Evidence }),
	flagColumn("voluntary", "自愿", true, func(r *record) *bool { return &r.consent.Voluntary }),
	flagColumn("separate", "单独同意", true, func(r *record) *bool { return &r.consent.Separate }),
	flagColumn("written", "书面", true, func(r *record) *bool { return &r.consent.Written }),
	flagColumn("authority", "有权签署", true, func(r *record) *bool { return &r.consent.Authority }),
	termsColumn("allowed_forms", "允许形式", func(v authz.Vocabulary) authz.Terms { return v.Forms }, func(r *record) *[]string { return &r.consent.AllowedForms }),
	hashColumn("quote_sha256", "引语摘要", true, func(r *record) *string { return &r.consent.QuoteSHA256 }),
	hashColumn("figures_sha256", "数据摘要", true, func(r *record) *string { return &r.consent.FiguresSHA256 }),
	termsColumn("sensitive_kinds", "敏感种类", func(v authz.Vocabulary) authz.Terms { return v.Kinds }, func(r *record) *[]string { return &sensitive(r).Kinds }),
	flagColumn("sensitive_separate", "敏感单独同意", true, func(r *record) *bool { return &sensitive(r).Separate }),
	plainColumn("sensitive_necessity", "必要性", true, func(r *record) *string { return &sensitive(r).Necessity }),
	plainColumn("sensitive_effect", "影响", true, func(r *record) *string { return &sensitive(r).Effect }),
	choiceColumn("term", "期限类型", true, func(r *record) *string { return &r.consent.Term }, terms),
	flagColumn("oversized", "过宽条款", true, func(r *record) *bool { return &r.consent.Oversized }),
	flagColumn("cross_border", "境外提供", true, func(r *record) *bool { return &r.consent.CrossBorder }),
	{id: "recipients", zh: []string{"接收方"}, consent: true,
		read: func(_ Sheet, r *record, cell string) error {
			r.consent.Recipients = append(r.consent.Recipients, freeList(cell)...)
			return nil
		},
		write: func(_ Sheet, r *record) string { return writeList(r.consent.Recipients) }},
	dayColumn("retention", "保存至", true, func(r *record) *time.Time { return &r.consent.Retention }),
}

func readState(s Sheet, r *record, cell string) error {
	st, ok := states[fold(cell)]
	if !ok {
		var id string
		id, ok = s.term("state", s.Vocabulary.States, cell)
		st = authz.State(id)
	}
	if !ok {
		return NotInPack
	}
	r.state = st
	return nil
}

func sensitive(r *record) *authz.Sensitive {
	if r.consent.Sensitive == nil {
		r.consent.Sensitive = &authz.Sensitive{}
	}
	return r.consent.Sensitive
}

func readEvents(_ Sheet, r *record, cell string) error {
	var es []authz.Event
	if err := json.Unmarshal([]byte(cell), &es); err != nil {
		return NotAsExported
	}
	for i := range es {
		if es[i].Evidence == "" {
			continue
		}
		d, err := digest(es[i].Evidence)
		if err != nil {
			return err
		}
		es[i].Evidence = d
	}
	r.consent.Events = es
	return nil
}

func writeEvents(_ Sheet, r *record) string {
	if len(r.consent.Events) == 0 {
		return ""
	}
	b, err := json.Marshal(r.consent.Events)
	if err != nil { // years that JSON cannot write
		return ""
	}
	return string(b)
}
