package state

import "consentry/authz"

// A Pair are two records that may be of one and the same. Merge is the id of their
// merge, once they are one.
type Pair struct {
	A, B  authz.Subject
	Why   []string // in the window's language
	Merge string
}
