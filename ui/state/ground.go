package state

import (
	"strings"
	"time"

	"consentry/authz"
)

// A GroundKind is a basis of PIPL 13(1) other than consent, or a statutory exception.
type GroundKind string

// The kinds.
const (
	GroundContract    GroundKind = "contract"     // 2
	GroundDuty        GroundKind = "duty"         // 3
	GroundEmergency   GroundKind = "emergency"    // 4
	GroundNews        GroundKind = "news"         // 5
	GroundPublic      GroundKind = "public"       // 6
	GroundLaw         GroundKind = "law"          // 7
	GroundPublicScene GroundKind = "public-scene" // CC 1020
	GroundNewsPicture GroundKind = "news-picture" // CC 999
)

// GroundKinds are all of them, in the order of a form.
var GroundKinds = []GroundKind{GroundContract, GroundDuty, GroundEmergency, GroundNews, GroundPublic, GroundLaw, GroundPublicScene, GroundNewsPicture}

// put is the claim.
func (c NewGround) put() authz.Claim {
	x := authz.Claim{
		MainSubject: c.MainSubject, MajorEffect: c.MajorEffect, ContractNo: c.ContractNo, Clause: c.Clause, Provision: c.Provision, Incident: c.Incident,
		EditorialNote: c.EditorialNote, SourceURL: c.Source, CapturedAt: c.Captured, ScopeNote: c.ScopeNote,
	}
	switch c.Kind {
	case GroundPublicScene:
		x.Exception = "public-scene"
	case GroundNewsPicture:
		x.Exception = "news"
	default:
		for i, k := range GroundKinds {
			if k == c.Kind {
				x.Basis = i + 2
			}
		}
	}
	return x
}

// GroundKindOf is what a recorded ground is.
func GroundKindOf(c authz.Claim) GroundKind {
	switch c.Exception {
	case "public-scene":
		return GroundPublicScene
	case "news":
		return GroundNewsPicture
	}
	if i := c.Basis - 2; i >= 0 && i < 6 {
		return GroundKinds[i]
	}
	return ""
}

// NewGround is a ground to be recorded, with its evidence.
type NewGround struct {
	Subject                  authz.SubjectID
	Kind                     GroundKind
	Purposes                 []authz.Purpose
	Case                     string // only for this case; empty: every case
	ContractNo, Clause       string
	Provision, Incident      string
	EditorialNote            string
	Source, ScopeNote        string
	Captured                 time.Time
	Snapshot                 string // a file
	MainSubject, MajorEffect bool
	Until                    time.Time // the last day; zero: without an end
}

// Missing is the key of what is not said yet, or empty: the rules ask for all of it
// before they let a ground count.
func (g NewGround) Missing(now time.Time) string {
	lacks := func(key string, texts ...string) string {
		for _, t := range texts {
			if strings.TrimSpace(t) == "" {
				return key
			}
		}
		return ""
	}
	m := ""
	switch g.Kind {
	case GroundContract:
		m = lacks("ground.contract", g.ContractNo, g.Clause)
	case GroundDuty, GroundLaw:
		m = lacks("ground.provision", g.Provision)
	case GroundEmergency:
		m = lacks("ground.incident", g.Incident)
	case GroundNews, GroundNewsPicture:
		m = lacks("ground.note", g.EditorialNote)
	case GroundPublic:
		if m = lacks("ground.source", g.Source, g.ScopeNote, g.Snapshot); g.Captured.IsZero() {
			m = "ground.source"
		}
	case GroundPublicScene:
	default:
		return "ground.kind"
	}
	switch {
	case len(g.Purposes) == 0:
		return "purpose"
	case m != "":
		return m
	case g.Captured.After(now):
		return "future"
	case !g.Until.IsZero() && g.Until.Before(now):
		return "past"
	}
	return ""
}

// Ground is the record.
func (g NewGround) Ground() authz.Ground {
	out := authz.Ground{Subject: g.Subject, Case: strings.TrimSpace(g.Case), Claim: g.put(), Purposes: g.Purposes}
	if !g.Until.IsZero() {
		out.Until = g.Until.AddDate(0, 0, 1)
	}
	return out
}

// GroundStands is how a ground stands.
type GroundStands string

// The ways.
const (
	GroundWaits    GroundStands = "waits" // for somebody else's approval
	GroundApproved GroundStands = "approved"
	GroundRevoked  GroundStands = "revoked"
	GroundEnded    GroundStands = "ended"
)

// StandsGround is how a ground stands at an instant.
func StandsGround(g authz.Ground, now time.Time) GroundStands {
	switch {
	case !g.Revoked.IsZero() && !g.Revoked.After(now):
		return GroundRevoked
	case !g.Until.IsZero() && !now.Before(g.Until):
		return GroundEnded
	case g.Approval == nil:
		return GroundWaits
	}
	return GroundApproved
}
