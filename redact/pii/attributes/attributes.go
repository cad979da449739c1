// Package attributes finds what words say about a person: date of birth, age,
// health, faith, whereabouts and the other kinds that have no form of their own
// and are known by the words around them ("contextual kinds").
//
// The rules are data: rules/*.yaml name, for each, the words that give it away
// (cues), what stands to their left and right, and texts in which it must and
// must not find. A small engine walks a text once; where a cue stands it looks at
// a window of bounded length, so that the work is linear in the text.
//
// Most rules want a person in the sentence: a name-like run, a pronoun, a noun
// such as 患者, or one of our own labels (客户A). A topic alone (face recognition
// as a product, ages of a target group) is no finding. Where the person stands
// only in a sentence before, the finding is for review.
package attributes

import (
	"context"
	"strings"

	"consentry/redact"
)

// Detector finds contextual kinds. It is safe for concurrent use.
type Detector struct{ set *set }

var _ redact.Detector = (*Detector)(nil)

// New is a Detector with the rules that ship.
func New() (*Detector, error) {
	s, err := shipped()
	if err != nil {
		return nil, err
	}
	return &Detector{s}, nil
}

// ID names the detector and the version of its rules.
func (*Detector) ID() string { return "attributes/2" }

// Detect reads each span by itself, and the lines of a document's paragraph together.
func (d *Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	for _, s := range p.Texts() {
		text := s.Text
		hits, err := d.set.read(ctx, text)
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			if h.kind == "post" || h.kind == "department" {
				h.start = behindParticle(text, h.start, h.end)
			}
			if h.kind == "post" && anyone[strings.ToLower(string(text[h.start:h.end]))] {
				continue
			}
			f := redact.Finding{Kind: h.kind, Tier: h.tier, Why: h.why, By: d.ID(), Score: 0.5}
			if h.tier == redact.Sure {
				f.Score = 0.9
			}
			out = p.AppendFound(out, s, h.start, h.end, f)
		}
	}
	return out, nil
}

// anyone are posts that everybody may have: they tell nothing of who has them.
var anyone = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`负责人 联系人 经办人 对接人 受访者 受访人 嘉宾 员工 职员 职工 代表 同事 同学 用户 客户 记者 作者 编辑 老师 先生 女士 师傅
		contact employee staff colleague customer client guest speaker author writer reporter user member worker`) {
		m[w] = true
	}
	return m
}()

// behindParticle is where a Chinese post begins: what leads to it, 项目组由我方的, is
// no part of it.
func behindParticle(text []rune, start, end int) int {
	for i := end - 3; i >= start; i-- { // two runes at least are left
		if strings.ContainsRune("的由是任为", text[i]) {
			return i + 1
		}
	}
	return start
}
