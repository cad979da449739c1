package authz

import (
	"slices"
	"time"
)

// A Job is what somebody does here; it says which actions are theirs.
type Job string

// The jobs. Somebody may have several.
const (
	Marketer Job = "marketer" // prepares case studies
	PR       Job = "pr"       // clears event photos
	Sales    Job = "sales"    // sales and customer service: hears of consents and withdrawals first
	Legal    Job = "legal"    // confirms grants, approves exceptions and releases
	Keeper   Job = "keeper"   // keeps the vault: people, backups, deletion
)

// Jobs lists all of them.
var Jobs = []Job{Marketer, PR, Sales, Legal, Keeper}

// A User is somebody under whose name actions are recorded.
type User struct {
	ID    string    `json:"id"` // random; what the ledger says instead of the name
	Name  string    `json:"name"`
	Jobs  []Job     `json:"jobs"`
	Added time.Time `json:"added"`
	By    string    `json:"by,omitempty"` // who added them; empty for the founder of the vault
}

// An Act is a thing that not everybody may do.
type Act string

// The acts.
const (
	ActPrepare  Act = "prepare"  // make, review and rewrite a case
	ActRegister Act = "register" // add and change subjects
	ActRequest  Act = "request"  // ask for a consent
	ActRecord   Act = "record"   // record a grant that somebody else has to confirm
	ActConfirm  Act = "confirm"  // record a grant, or confirm one
	ActWithdraw Act = "withdraw" // record a refusal or withdrawal
	ActApprove  Act = "approve"  // allow an exception, with a reason
	ActSign     Act = "sign"     // release a package
	ActKeep     Act = "keep"     // people, backup, purge, erasure, rules
)

// jobs says whose each act is. A withdrawal is everybody's: it is recorded by
// whoever hears of it (PIPL 15).
var jobs = map[Act][]Job{
	ActPrepare:  {Marketer, PR, Legal},
	ActRegister: {Marketer, PR, Sales, Legal, Keeper},
	ActRequest:  {Marketer, PR, Sales, Legal},
	ActRecord:   {Marketer, PR, Sales, Legal},
	ActConfirm:  {Legal},
	ActWithdraw: Jobs,
	ActApprove:  {Legal},
	ActSign:     {Marketer, PR, Legal},
	ActKeep:     {Keeper},
}

// May reports whether a user may do an act. Who has no job may do nothing.
func (u User) May(a Act) bool {
	return slices.ContainsFunc(u.Jobs, func(j Job) bool { return slices.Contains(jobs[a], j) })
}

// WhoMay lists the jobs that an act is part of.
func WhoMay(a Act) []Job { return slices.Clone(jobs[a]) }
