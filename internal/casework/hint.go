package casework

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"consentry/authz"
	"consentry/redact"
)

// Hint words an error for people: what happened and what to do, in one sentence
// without found text or file paths.
func Hint(err error) string {
	var leak *redact.LeakError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &leak):
		return "the attacks got hidden information back out of the output; nothing was exported"
	case errors.Is(err, context.Canceled):
		return "stopped; what is done is kept, start again to go on"
	case errors.Is(err, ErrUnsettled):
		return "a person has to decide first; nothing was exported"
	case errors.Is(err, ErrUnassessed):
		return err.Error() + " (PIPL 55): `consentry case assess CASE` says what it is about; nothing was exported"
	case errors.Is(err, ErrPreview):
		return "a fast scan is a preview; scan again without it to make a package"
	case errors.Is(err, ErrNoCase):
		return "there is no such case; `consentry case list` names those there are"
	case errors.Is(err, authz.ErrUnknown):
		return "nobody of that name or id is registered; `consentry subject list` names those who are"
	case errors.Is(err, ErrStale):
		return "a consent lapsed since the scan; scan again"
	case errors.Is(err, ErrChanged):
		return "the file changed since it was added; add it again"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read it; check the file's access rights"
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full; free some space and start again, nothing is lost"
	case errors.Is(err, ErrNotOurs):
		return err.Error()
	case errors.Is(err, redact.ErrPassword):
		return "it is protected by a password; give a PDF's password (--passwords on the command line), save any other document without one, and scan again"
	case errors.Is(err, redact.ErrUnreadable), errors.Is(err, redact.ErrTooLarge):
		return strings.TrimPrefix(err.Error(), redact.ErrUnreadable.Error()+": ")
	}
	return err.Error()
}
