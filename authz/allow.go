package authz

import "time"

// An Allowance is a text that needs no hiding though a detector finds it: the
// publisher's own name, a product, a public body, a place. The list ships empty;
// each entry has a reason and an author and shows in the report.
type Allowance struct {
	Text   string    `json:"text"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}
