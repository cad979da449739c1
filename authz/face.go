package authz

// MayMatchFace says which consent allows keeping a template of a subject's face
// and comparing faces with it at f.Use.At, or the code of what stands against it.
// It is stricter than the decision about one face: nobody's word but the
// person's own counts, and no template is made of a minor. f holds the
// subject, all its consents and their notices; of the use only the instant
// counts.
func (p *Pack) MayMatchFace(f Facts, id SubjectID) (ConsentID, string) {
	m := matter{Facts: f, p: p, subject: f.Subjects[id], id: id}
	if p == nil || m.subject.Kind != Person || m.Use.At.IsZero() {
		return "", faceMatchNoConsent
	}
	if code := m.who(); code != "" {
		return "", code
	}
	if m.subject.Role == "minor" || m.subject.Age != "" && m.subject.Age != "adult" {
		return "", faceMatchNoConsent // a minor's own word is none
	}
	for _, c := range f.Consents {
		if c.Subject == id {
			m.own = append(m.own, c)
		}
	}
	code := faceMatchNoConsent
	for i, c := range m.own {
		if c.Kind != faceMatchKind || c.GivenBy != "self" {
			continue
		}
		got := m.faceConsent(i, c)
		if got == "" {
			return c.ID, ""
		}
		if p.rank(got) > p.rank(code) {
			code = got
		}
	}
	return "", code
}

// faceMatchKind is the kind of a consent to face matching.
const faceMatchKind = "face-match"
