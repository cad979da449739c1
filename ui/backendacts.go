package ui

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/state"
)

// Subjects is what is done with one record of the registry.
type Subjects interface {
	// Change puts other facts about somebody, and says why a new general form will not
	// be used in texts.
	Change(ctx context.Context, c state.SubjectChange, lang string) (hints []string, err error)
	// KeepEvidence seals a file.
	KeepEvidence(ctx context.Context, e state.NewEvidence) error
	// SaveEvidence writes a sealed file into a folder, and names it.
	SaveEvidence(ctx context.Context, e authz.Evidence, folder string) (file string, err error)
	// Receipt writes what was recorded, for the person: as .pdf, .md or .json.
	Receipt(ctx context.Context, id authz.ConsentID, ending, lang, folder string) (file string, err error)
	// Export writes the whole registry: .csv, .xlsx, .jsonld or .vcf.
	Export(ctx context.Context, ending, folder string) (file string, err error)
}

// Grounds are bases other than consent, and statutory exceptions.
type Grounds interface {
	RecordGround(ctx context.Context, g state.NewGround) error
	ApproveGround(ctx context.Context, id, reason string) error
	RevokeGround(ctx context.Context, id string) error
}

// Notices are the versions of the notice.
type Notices interface {
	Notices(ctx context.Context) ([]authz.Notice, error)
	AddNotice(ctx context.Context, n state.NewNotice) error
}

// Likenesses are faces and logos that are looked for.
type Likenesses interface {
	Face(ctx context.Context, id authz.SubjectID) (state.Face, error)
	// Enrol makes a template of a face from photos, which are not kept. alike is how many
	// others who are enrolled look so like them that a person will be asked.
	Enrol(ctx context.Context, id authz.SubjectID, photos []state.Portrait) (alike int, err error)
	ForgetFace(ctx context.Context, id authz.SubjectID) error
	// Grouping is the assessment under which unknown faces are grouped; without a note
	// they are not.
	Grouping(ctx context.Context) (note, by string, err error)
	// Group turns grouping on, under an assessment; an empty note turns it off.
	Group(ctx context.Context, note, by string) error
	Logos(ctx context.Context, id authz.SubjectID) ([]state.Logo, error)
	AddLogo(ctx context.Context, id authz.SubjectID, path string) error
	RemoveLogo(ctx context.Context, id string) error
}

// House is what belongs to the vault as a whole: its users, what is due for deletion,
// the ledger, and what needs no hiding.
type House interface {
	Users(ctx context.Context) ([]authz.User, error)
	SetUser(ctx context.Context, name string, jobs []authz.Job) error
	RemoveUser(ctx context.Context, name string) error

	// Due counts what will be due for deletion on a day; the zero time is now.
	Due(ctx context.Context, on time.Time) (state.Purged, error)
	Purge(ctx context.Context) (state.Purged, error)

	// CheckLedger computes every hash anew; head is a file with a head that was copied
	// out earlier, or empty.
	CheckLedger(ctx context.Context, head string) (state.LedgerSaid, error)
	// CheckExport checks an exported ledger.
	CheckExport(ctx context.Context, f state.LedgerFiles) (state.LedgerSaid, error)
	// SaveLedger writes the ledger, its head and its key into a folder.
	SaveLedger(ctx context.Context, folder string) (files []string, err error)

	// Check attacks a file, a folder or a package, as it is, and says what can be got out
	// of it. Nothing is kept.
	Check(ctx context.Context, path string, tell casework.Progress) (state.Checked, error)

	Allowed(ctx context.Context) ([]authz.Allowance, error)
	Permit(ctx context.Context, text, reason string) error
	Unpermit(ctx context.Context, text string) error

	// Own is a file of the owner's as it was given; nil where there is none.
	Own(ctx context.Context, what state.Own) ([]byte, error)
	UseOwn(ctx context.Context, what state.Own, path string) error
	DropOwn(ctx context.Context, what state.Own) error
	// TryOwn says what a file of the owner's, or, where path is empty, the one in use,
	// finds in a text. Nothing is kept.
	TryOwn(ctx context.Context, what state.Own, path, text string) ([]state.Tried, error)
}

// Packages is what is done with signed packages, beside the desk.
type Packages interface {
	// HandOver logs that a package is given to somebody, whose name is kept as a salted
	// digest only.
	HandOver(ctx context.Context, i casework.Impact, r *casework.Release, to string) error
	// Takedowns writes letters to whoever publishes a release that leans on what ended.
	Takedowns(ctx context.Context, release string, t state.Takedown) (files []string, err error)
	// RequestAll writes a letter to everybody whom a consent would show, into a folder.
	RequestAll(ctx context.Context, wanted []casework.Wanted, q state.Request) (folders []string, err error)
}
