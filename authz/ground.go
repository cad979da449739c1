package authz

import "time"

// A Ground is a recorded claim to a basis other than consent, or to a statutory
// exception, for one subject: its evidence, and who approved it. It never makes
// up for a refusal.
type Ground struct {
	ID       string    `json:"id"`
	Subject  SubjectID `json:"subject"`
	Case     string    `json:"case,omitempty"` // empty: every case
	Claim    Claim     `json:"claim"`
	Purposes []Purpose `json:"purposes,omitempty"` // empty: none
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Until    time.Time `json:"until,omitzero"` // exclusive; zero is without an end
	Approval *Approval `json:"approval,omitempty"`
	Revoked  time.Time `json:"revoked,omitzero"`
}
