package authz

import "time"

// A Handler is who asks for consents and publishes: the personal information
// handler (个人信息处理者) of PIPL 73(1), the PII controller of ISO/IEC TS 27560.
// Notices and requests name it (PIPL 17).
type Handler struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Address    string `json:"address"`
	Contact    string `json:"contact"`           // telephone or e-mail for the exercise of rights
	Officer    string `json:"officer,omitempty"` // person in charge of protection (PIPL 52)
	Type       string `json:"type,omitempty"`    // company (default), public-body, association
	Country    string `json:"country,omitempty"` // jurisdiction; CN where empty
	Storage    string `json:"storage"`           // where records and material are kept
	Withdrawal string `json:"withdrawal"`        // how a consent is withdrawn
	Rights     string `json:"rights,omitempty"`  // how the other rights are used
	Days       int    `json:"days,omitempty"`    // within which requests are answered; 15 where 0
	Security   string `json:"security,omitempty"`
	KeepYears  int    `json:"keep_years,omitempty"` // records are kept after the consent's end; 3 where 0
}

// What a piece of evidence shows.
const (
	OfAnswer     = "answer" // a returned form that nobody has read yet
	OfGrant      = "grant"
	OfRefusal    = "refusal"
	OfWithdrawal = "withdrawal"
	OfGuardian   = "guardian"
	OfLicence    = "licence"
	OfNotice     = "notice"
	OfSource     = "source" // a snapshot of a public source
)

// Evidence is a file that shows an act: a scan, a letter, a recording. The file
// itself is sealed in the vault.
type Evidence struct {
	SHA256    string    `json:"sha256"` // of the file, hex; what records point at
	Name      string    `json:"name"`   // of the file as it came
	Media     string    `json:"media,omitempty"`
	Size      int64     `json:"size"`
	Of        string    `json:"of"` // grant, refusal, withdrawal, …
	Subject   SubjectID `json:"subject,omitempty"`
	Consent   ConsentID `json:"consent,omitempty"`
	At        time.Time `json:"at"` // when it was filed
	By        string    `json:"by"`
	Retention time.Time `json:"retention,omitzero"` // when it is due for deletion; zero is with its consent
}

// String names the digest only.
func (e Evidence) String() string { return "evidence " + e.SHA256 }
