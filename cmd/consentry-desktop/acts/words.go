package acts

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"consentry/assets"
	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/authz/exchange/vcard"
	"consentry/authz/exchange/xlsx"
	"consentry/internal/casework"
	"consentry/internal/ledger"
	"consentry/internal/letters"
	"consentry/internal/registry"
	"consentry/internal/sandbox"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/redact"
	"consentry/redact/generalise"
	"consentry/redact/pii/custom"
	"consentry/redact/pseudonym"
	"consentry/ui/state"
)

// ErrChanged is returned where a file is not the one that was looked at before.
var ErrChanged = errors.New("the file is not the one that was looked at")

// A reason is an error that people meet, and the window's word for it.
type reason struct {
	err error
	why state.Why
}

// reasons are all of them. Of several that an error wraps the first counts, so that
// what says more stands before what says less.
var reasons = []reason{
	{context.Canceled, "stopped"},
	{context.DeadlineExceeded, "late"}, {state.ErrNoPlan, "noplan"},

	// The vault.
	{wiring.ErrNotRemembered, "notremembered"}, {wiring.ErrKeyring, "keyring"},
	{store.ErrPassphrase, "passphrase"}, {store.ErrRecovery, "recovery"}, {store.ErrNoBackup, "nobackup"}, {store.ErrBackup, "backup"},
	{store.ErrNewer, "newer"}, {store.ErrBusy, "busy"}, {store.ErrExists, "vaultthere"}, {store.ErrNoVault, "novault"}, {store.ErrFolder, "folder"},
	{store.ErrTeam, "team"}, {store.ErrUnreachable, "unreachable"}, {store.ErrMemory, "memory"},
	{ledger.ErrMismatch, "ledger"}, {ledger.ErrProof, "ledger"}, {ledger.ErrConflict, "busy"},
	{store.ErrFull, "full"}, {syscall.ENOSPC, "full"}, {store.ErrDamaged, "damaged"},

	// Who may do what, and when.
	{registry.ErrNotYours, "notyours"}, {registry.ErrOwnWord, "ownword"}, {registry.ErrOwnGround, "ownground"}, {registry.ErrLastKeeper, "keeper"},
	{registry.ErrNoUser, "nouser"}, {registry.ErrNamesakes, "namesakes"}, {registry.ErrNothingToConfirm, "confirmed"}, {registry.ErrFuture, "future"}, {registry.ErrKind, "kind"},
	{registry.ErrUnsaid, "unsaid"}, {registry.ErrNoText, "notext"}, {registry.ErrAction, "action"}, {exchange.ErrContradicts, "contradicts"},

	// Requests and letters.
	{registry.ErrNoHandler, "nohandler"}, {wiring.ErrNoCode, state.NoCode}, {wiring.ErrSeveral, "several"}, {registry.ErrNoRequest, "norequest"},
	{registry.ErrWider, "wider"}, {registry.ErrUnanswered, "unsaid"}, {registry.ErrAnswered, "answered"}, {letters.ErrGlyph, "glyph"},
	{letters.ErrNoticeText, "notext"}, {letters.ErrNoticeLanguage, "noticelanguage"}, {letters.ErrNoticeLacks, "noticelacks"},
	{letters.ErrPeople, "people"}, {letters.ErrPeriod, "period"}, {letters.ErrRecipient, "recipient"}, {letters.ErrValue, "value"},

	// Photos, logos, files of the owner's.
	{wiring.ManyFaces, "photo.many"}, {wiring.NoFace, "photo.none"}, {wiring.SmallFace, "photo.small"}, {wiring.BlurFace, "photo.blur"},
	{wiring.OtherFace, "photo.stranger"}, {wiring.NoPhoto, "photo.other"}, {wiring.MinorFace, "photo.minor"}, {wiring.Unmatched, "photo.consent"}, {wiring.ErrNotOrganisation, "notcompany"}, {wiring.ErrLogo, "logo"}, {wiring.ErrAssessment, "unsaid"},
	{generalise.ErrDictionary, "own"}, {custom.ErrTooLarge, "large"}, {wiring.ErrOwn, "own"},

	// Files that are imported.
	{ErrChanged, "changed"}, {exchange.ErrNoSubject, "nosubject"}, {exchange.ErrHeader, "header"}, {exchange.ErrMapping, "mapping"},
	{exchange.ErrRows, "rows"}, {exchange.ErrEncoding, "encoding"}, {exchange.ErrContext, "context"}, {exchange.ErrVersion, "format"},
	{exchange.ErrRecord, "record"}, {exchange.ErrFormat, "format"}, {xlsx.ErrFormat, "format"}, {vcard.ErrCard, "format"}, {xlsx.ErrCell, "cell"},
	{exchange.ErrTooLarge, "large"}, {xlsx.ErrTooLarge, "large"},

	// Cases and packages.
	{casework.ErrUnsettled, "unsettled"}, {casework.ErrStale, "stale"}, {casework.ErrUnproved, "unproved"}, {casework.ErrPreview, "preview"},
	{casework.ErrNothing, "nothing"}, {casework.ErrChanged, "material"}, {casework.ErrNoCase, "nocase"}, {casework.ErrUnassessed, "unassessed"},
	{casework.ErrJudgement, "judgement"}, {casework.ErrNotOurs, "notours"}, {casework.ErrAnswer, "answer"}, {casework.ErrPlace, "place"},
	{pseudonym.ErrFull, "pseudonyms"},

	// What is installed.
	{assets.ErrNoFolder, "models"}, {assets.ErrDigest, "models"}, {assets.ErrLock, "models"},

	// Files.
	{redact.ErrPassword, "password"}, {redact.ErrTooLarge, "large"}, {registry.ErrLong, "large"}, {store.ErrTooLarge, "large"}, {store.ErrEmpty, "empty"},
	{sandbox.ErrLimit, "hard"}, {sandbox.ErrCrashed, "hard"}, {sandbox.ErrOver, "hard"}, {redact.ErrUnreadable, "unreadable"},
	{fs.ErrExist, "there"}, {fs.ErrPermission, "permission"}, {syscall.EROFS, "permission"}, {fs.ErrNotExist, "nofile"}, {registry.ErrFile, "file"},

	// What says least.
	{authz.ErrUnknown, "gone"}, {store.ErrNotFound, "gone"}, {wiring.ErrEnrol, "enrol"},
}

// Whys are the words that errors get.
func Whys() []state.Why {
	all := []state.Why{"leak", "missing", "ledger"}
	for _, r := range reasons {
		if !slices.Contains(all, r.why) {
			all = append(all, r.why)
		}
	}
	return all
}

// detailed are the words beside which the error itself says more.
var detailed = map[state.Why]bool{"action": true, "own": true, "models": true, "ledger": true, "damaged": true, "hard": true, "enrol": true}

// Named gives an error the window's word for it. One that nobody foresaw gets none, and
// details to be copied. It is the only place that knows.
func Named(err error) error {
	if t := (*state.Trouble)(nil); err == nil || errors.As(err, &t) {
		return err
	}
	t := &state.Trouble{Err: err}
	leak, missing, tampered := (*redact.LeakError)(nil), (*letters.Missing)(nil), (*ledger.TamperError)(nil)
	switch {
	case errors.As(err, &leak):
		t.Why = "leak"
	case errors.As(err, &missing):
		t.Why, t.Fields = "missing", missing.In
	case errors.As(err, &tampered):
		t.Why = "ledger"
	}
	for _, r := range reasons {
		if t.Why == "" && errors.Is(err, r.err) {
			t.Why = r.why
		}
	}
	if t.Why == "" || detailed[t.Why] {
		t.Details = details(err)
	}
	return t
}

// private is what may name somebody or something in an error's text: what stands in
// quotation marks, and names of files with their folders.
var private = regexp.MustCompile("\"[^\"]*\"|'[^']*'|`[^`]*`|“[^”]*”|(?:[A-Za-z]:)?[/\\\\][^:\"]*|\\S*\\pL\\.[A-Za-z0-9]{1,5}\\b")

// details are an error as it may be sent to somebody: what it says, without names of
// files and what was quoted, and what it is made of.
func details(err error) string {
	text := err.Error()
	for _, name := range names(err) {
		if name != "" {
			text = strings.ReplaceAll(text, name, "(…)")
		}
	}
	return fmt.Sprintf("%s, %s/%s\n%s\n%s", wiring.Tool(), runtime.GOOS, runtime.GOARCH, private.ReplaceAllString(text, "(…)"), strings.Join(kinds(err), " < "))
}

// names are the files that an error is about.
func names(err error) (ns []string) {
	p, l := (*fs.PathError)(nil), errors.Unwrap(err)
	if errors.As(err, &p) {
		ns = append(ns, p.Path)
	}
	if l != nil {
		ns = append(ns, names(l)...)
	}
	return ns
}

// kinds are the types of an error and of those that it wraps.
func kinds(err error) (ks []string) {
	for err != nil {
		if k := fmt.Sprintf("%T", err); k != "*fmt.wrapError" && k != "*errors.errorString" {
			ks = append(ks, k)
		}
		many, ok := err.(interface{ Unwrap() []error })
		if !ok {
			err = errors.Unwrap(err)
			continue
		}
		for _, e := range many.Unwrap() {
			ks = append(ks, kinds(e)...)
		}
		return ks
	}
	return ks
}
