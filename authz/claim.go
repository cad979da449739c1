package authz

import "time"

// A Claim is the legal basis a publication is put on, with its evidence (PIPL
// 13). Basis 1 is consent; 2 to 7 are the other items of the first paragraph.
type Claim struct {
	Basis          int       `json:"basis,omitempty"`
	Exception      string    `json:"exception,omitempty"` // public-scene, news
	MainSubject    bool      `json:"main_subject,omitempty"`
	ContractNo     string    `json:"contract_no,omitempty"`
	Clause         string    `json:"clause,omitempty"`
	Provision      string    `json:"provision,omitempty"`
	Incident       string    `json:"incident,omitempty"`
	EditorialNote  string    `json:"editorial_note,omitempty"`
	SourceURL      string    `json:"source_url,omitempty"`
	CapturedAt     time.Time `json:"captured_at,omitzero"`
	SnapshotSHA256 string    `json:"snapshot_sha256,omitempty"`
	ScopeNote      string    `json:"scope_note,omitempty"`
	MajorEffect    bool      `json:"major_effect,omitempty"`
}
