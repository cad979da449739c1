package letters

import (
	"fmt"
	"time"

	"consentry/authz"
)

// Faces asks for face matching (PIPL 28 to 30, 55).
type Faces struct {
	Photos       int    // that the person gives
	Scope        string // where matching is done
	Necessity    string
	Until        time.Time // exclusive: the template is deleted before
	Assessment   string    // number of the impact assessment
	AssessmentOn time.Time
}

// fill adds the fields of the note and the form.
func (x Faces) fill(t Terms, f Fields) {
	if x.Photos > 0 {
		f["enrolment_photo_count"] = fmt.Sprint(x.Photos)
	}
	until := Terms{Until: x.Until, Zone: t.Zone}.last()
	f["matching_scope"], f["face_necessity"] = x.Scope, sentence(x.Necessity)
	f["face_template_until"] = until
	f["assessment_id"], f["assessment_date"] = x.Assessment, t.day(x.AssessmentOn)
	f["face_rows"] = fmt.Sprintf(words[t.Lang].faceYes, until) + "\n" + words[t.Lang].faceNo
}

// FaceNotice makes the privacy note on face matching, which is a notice of its own
// (PIPL 17, 30): a consent to face matching points at its SHA-256. The error is a
// *Missing where something that must be told is not given.
func FaceNotice(h authz.Handler, t Terms, x Faces, version string) (authz.Notice, error) {
	if err := speaks(t.Lang); err != nil {
		return authz.Notice{}, err
	}
	f, err := t.values(h)
	if err != nil {
		return authz.Notice{}, fmt.Errorf("make the note on face matching: %w", err)
	}
	f["notice_version"] = version
	x.fill(t, f)
	md, err := Fill("face-matching-note", t.Lang, f)
	if err != nil {
		return authz.Notice{}, fmt.Errorf("make the note on face matching: %w", err)
	}
	return noticeOf(md, t.Lang, version, true), nil
}
