package letters

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// An Assessment is the sheet of a personal information protection impact
// assessment of one package (PIPL 55, 56). Facts are filled in; what only a person
// can judge comes from Said, and is plainly open where that is nil. Its boxes,
// signatures and conclusion are left to those who make it.
type Assessment struct {
	Terms    // Lang, Vocabulary, Work, Purposes, Channels, Territories, Zone; the others are not looked at
	ID       string
	Release  string
	Date     time.Time
	RulePack string   // its version
	Causes   []string // why one is owed, ids of causes; none: none is owed
	People   []Assessed
	Kinds    []string // of information that stays, in words
	Notices  []string // SHA-256

	Hidden, Shown   int // places
	HiddenSensitive int // of the hidden ones
	Clues           int // places that stay and may still tell whom it is about
	Files           int // in the package
	LeftOut         int // files that could not be handled
	Style           string
	Attacks         []string
	Pseudonymise    bool

	Security   string // the handler's own measures; may be empty
	Withdrawal string // how a consent is withdrawn; may be empty
	Said       *Said
}

// Assessed is a person of whom something stays.
type Assessed struct {
	Name    string
	Shows   []string // in words
	Records []string // ids of consents
	Grounds []string // ids of other grounds
	Until   time.Time
	Child   bool // under fourteen, or perhaps
}

// Said is what somebody judged.
type Said struct {
	Necessity, Effect, Measures, Remaining, By string
	At                                         time.Time
	Risks                                      map[string][2]string // by risk: likelihood and severity, low, medium or high
}

// Text makes the sheet. The error is a *Missing.
func (a Assessment) Text() (Markdown, error) {
	if err := speaks(a.Lang); err != nil {
		return "", err
	}
	s, err := a.scope()
	if err != nil {
		return "", fmt.Errorf("make the assessment: %w", err)
	}
	w := assessed[a.Lang]
	said, open := Said{Necessity: w.open, Effect: w.open, Measures: w.open, Remaining: w.open, By: w.nobody, At: a.Date}, []string{"unassessed"}
	switch {
	case a.Said != nil:
		said, open = *a.Said, nil
	case len(a.Causes) == 0:
		said = Said{Necessity: w.unneeded, Effect: w.unneeded, Measures: w.unneeded, Remaining: w.unneeded, By: w.nobody, At: a.Date}
		open = []string{"unneeded"}
	}
	f := Fields{
		"assessment_id": a.ID, "release_id": a.Release, "work_title": a.Work, "assessment_date": a.day(said.At), "assessor": said.By, "rulepack_version": a.RulePack,
		"purpose_list": lines(s.purposes), "channel_list": lines(s.channels), "territory_list": lines(s.territories),
		"people_count": strconv.Itoa(len(a.People)), "kinds_list": lines(a.Kinds), "notice_list": lines(a.Notices),
		"minimisation": sentence(said.Necessity), "effect_note": said.Effect, "measures_note": said.Measures, "conclusion_note": said.Remaining,
		"redaction_mode": words[a.Lang].anonymised, "redaction_note": fmt.Sprintf(w.redaction, a.Hidden, a.HiddenSensitive, a.Shown, a.Style),
		"verification_result": fmt.Sprintf(w.verified, a.Files, len(a.Attacks), strings.Join(a.Attacks, pick(a.Lang, "、", ", ")), a.LeftOut),
		"metadata_result":     w.metadata, "security_measures": w.security + sentence(a.Security), "withdrawal_plan": w.withdrawal + sentence(a.Withdrawal),
		"keep_until": a.day(said.At.AddDate(3, 0, 0)),
	}
	if a.Pseudonymise {
		f["redaction_mode"] = words[a.Lang].deidentified
	}
	var causes, rows []string
	for _, c := range a.Causes {
		causes = append(causes, w.causes[c])
	}
	if f["cause_list"] = lines(causes); len(causes) == 0 {
		f["cause_list"] = none(a.Lang)
	}
	children, last := 0, time.Time{}
	for _, p := range a.People {
		if p.Child {
			children++
		}
		if !p.Until.IsZero() && (last.IsZero() || p.Until.Before(last)) {
			last = p.Until
		}
		basis, sep := w.consent, pick(a.Lang, "、", ", ")
		if len(p.Records) == 0 {
			basis = w.ground
		}
		end := none(a.Lang)
		if !p.Until.IsZero() {
			end = Terms{Until: p.Until, Zone: a.Zone}.last()
		}
		rows = append(rows, row(p.Name, strings.Join(p.Shows, sep), basis, strings.Join(append(p.Records, p.Grounds...), sep), end))
	}
	if len(rows) == 0 {
		rows = []string{row(none(a.Lang), "—", "—", "—", "—")}
	}
	f["basis_rows"] = lines(rows)
	if f["period"] = fmt.Sprintf(w.from, a.day(a.From)); !last.IsZero() {
		f["period"] += fmt.Sprintf(w.until, Terms{Until: last, Zone: a.Zone}.last())
	}
	for _, id := range []string{"kinds_list", "notice_list"} {
		if f[id] == "" {
			f[id] = none(a.Lang)
		}
	}
	notes := map[string]string{
		"recognition": fmt.Sprintf(w.recognition, len(a.People), a.Hidden), "sensitive": fmt.Sprintf(w.sensitive, a.HiddenSensitive, children),
		"inference": fmt.Sprintf(w.inference, a.Clues), "repost": w.repost, "leak": w.leak,
	}
	for name, note := range notes {
		r := said.Risks[name]
		f["risk_"+name+"_likelihood"], f["risk_"+name+"_severity"], f["risk_"+name+"_note"] = or(w.rates[r[0]], w.unrated), or(w.rates[r[1]], w.unrated), note
	}
	return Fill("impact-assessment", a.Lang, f, open...)
}

// assessed are the sentences of a sheet that the program answers for.
var assessed = map[string]struct {
	open, unneeded, nobody, unrated                                      string
	redaction, verified, metadata, security, withdrawal, consent, ground string
	from, until, recognition, sensitive, inference, repost, leak         string
	causes, rates                                                        map[string]string
}{
	Zh: {
		open: "尚未评估", unneeded: "无须评估", nobody: "无", unrated: "未评",
		redaction: "隐藏 %d 处，其中敏感信息 %d 处；留下 %d 处。人脸用%s，文字换成代称", verified: "写出的 %d 个文件均经 %d 种攻击，未还原：%s。未能处理而未放入的文件 %d 个",
		metadata: "成品不带原件的位置、设备和作者信息；留有人脸的照片写有同意记录编号", security: "登记记录、证据和扫描结果加密存放在保险库；本包的文件未加密。", withdrawal: "本包所依据的记录已登记，任一终止后，程序列出本包及其发布之处。",
		consent: "同意（第十三条第一款第一项）", ground: "其他已登记的基础", from: "自 %s 起", until: "；最早的一项记录止于 %s（含当日）",
		recognition: "%d 人以姓名、职务或者肖像留下；%d 处已隐藏", sensitive: "隐藏敏感信息 %d 处；留下的人中未满十四周岁或者年龄不明的 %d 人", inference: "仍有 %d 处可能指向某人，见 report.pdf",
		repost: "他人复制或者转载的，程序无法收回", leak: "包以普通文件交付，由收到的人保管",
		causes: map[string]string{"sensitive": "留有敏感个人信息", "faces": "比对过人脸", "publish": "公开个人信息", "pseudonym": "去标识化，仍属个人信息", "partner": "由合作方收集或者提供给第三方", "abroad": "发布地域不限于境内"},
		rates:  map[string]string{"low": "低", "medium": "中", "high": "高"},
	},
	En: {
		open: "not yet assessed", unneeded: "none is owed", nobody: "nobody", unrated: "not rated",
		redaction: "%d places hidden, %d of them sensitive; %d stay. Faces by %s, texts by other words", verified: "Each of the %d files written withstood %d attacks: %s. Files left out since they could not be handled: %d",
		metadata: "Outputs carry no place, device or author of the originals; photos that keep a face name the records of consent", security: "Records, evidence and scan results are sealed in the vault; the files of this package are not encrypted. ", withdrawal: "The records that this package leans on are logged; once one ends, the program lists the package and where it stands. ",
		consent: "consent (article 13(1)(1))", ground: "another recorded ground", from: "from %s", until: "; the first record ends on %s (that day included)",
		recognition: "Of %d people a name, a post or a picture stays; %d places are hidden", sensitive: "%d places of sensitive kinds are hidden; %d of the people who stay are under fourteen or of unclear age", inference: "%d places stay that may still tell whom it is about, listed in report.pdf",
		repost: "What others copy or repost the program cannot call back", leak: "The package is handed over as plain files and kept by whoever gets it",
		causes: map[string]string{"sensitive": "sensitive information stays", "faces": "faces were compared", "publish": "personal information is published", "pseudonym": "de-identified, and so still personal information", "partner": "collected by a partner, or provided to a third party", "abroad": "published beyond the mainland"},
		rates:  map[string]string{"low": "low", "medium": "medium", "high": "high"},
	},
}
