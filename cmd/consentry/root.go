package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/redact"
)

// Exit codes.
const (
	exitDone      = 0
	exitError     = 1
	exitUsage     = 2
	exitUndecided = 3 // a person has to decide; nothing was exported
	exitLeak      = 4 // leak found, or release refused
)

// errPartly says that some inputs failed and were named; the rest was done.
var errPartly = errors.New("some files could not be handled")

// errUsage marks a wrong call.
type errUsage struct{ error }

func (e errUsage) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return errUsage{fmt.Errorf(format, args...)} }

// cli is one call of the program.
type cli struct {
	in        io.Reader
	out, err  io.Writer
	vaultDir  string
	lang, as  string
	passwords string
	writing   casework.Writing
	quiet     bool
	running   bool // the call was understood; errors from now on are no usage errors
}

func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	c := &cli{in: in, out: out, err: errw}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(in)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errPartly) {
		fmt.Fprintln(errw, "consentry:", hint(err))
	}
	if !c.running {
		return exitUsage
	}
	var leak *redact.LeakError
	if errors.As(err, &leak) {
		for _, l := range leak.Leaks {
			fmt.Fprintf(errw, "  %s found by %s: %s\n", l.Kind, l.By, l.Where)
		}
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var leak *redact.LeakError
	var use errUsage
	switch {
	case errors.As(err, &use):
		return exitUsage
	case errors.Is(err, casework.ErrUnsettled), errors.Is(err, casework.ErrUnassessed):
		return exitUndecided
	case errors.As(err, &leak), errors.Is(err, casework.ErrStale), errors.Is(err, casework.ErrUnproved), errors.Is(err, errLeaks):
		return exitLeak
	}
	return exitError
}

// hint words what only the command line knows a remedy for.
func hint(err error) string {
	switch {
	case errors.Is(err, store.ErrNoVault):
		return "there is no vault here; make one with `consentry vault init`, or name it with --vault"
	case errors.Is(err, store.ErrPassphrase):
		return "the passphrase does not open this vault"
	case errors.Is(err, store.ErrNewer):
		return "this vault was written by a newer version of the program; use that one"
	case errors.Is(err, store.ErrFull):
		return "the vault's disk is full; free some space and start again, nothing is lost"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return err.Error() // what is missing is not a file of the case: say which
	}
	return casework.Hint(err)
}

func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "consentry",
		Short: "Hide every person and company without consent before a case study or photo is published",
		Long: `Consentry scans case studies and event photos for names and faces, checks each
person and company against a registry of consents, hides whatever lacks consent,
attacks its own output and writes a package with a report. Everything is offline.

Exit codes: 0 done, 1 error, 2 usage, 3 a person has to decide (nothing was
exported), 4 leak found or release refused.`,
		Version:       wiring.Version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	f := root.PersistentFlags()
	f.StringVar(&c.vaultDir, "vault", "", "the vault's `folder` (default: in the user's data directory)")
	f.StringVar(&c.lang, "lang", "", "language of reports and reasons: zh or en (default: from the environment)")
	f.StringVar(&c.as, "as", "", "`name` under which you act (default: "+registry.UserVariable+", or your account's)")
	f.StringVar(&c.passwords, "passwords", "", "a `file` with the passwords of protected documents, one a line")
	f.BoolVar(&c.writing.SnapGaps, "pdf-snap", false, "in PDFs leave the rest of a line as it is, with gaps in steps of 4 em, instead of setting it anew")
	f.BoolVar(&c.writing.Searchable, "pdf-searchable", false, "give PDF pages that become pictures a text layer of what stays")
	f.BoolVar(&c.writing.KeepChanges, "keep-changes", false, "keep tracked changes and comments of Office documents, without authors and dates, instead of settling and dropping them")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "no progress")
	root.AddCommand(
		c.clearCmd(), c.scanCmd(), c.checkCmd(), c.caseCmd(),
		c.subjectCmd(), c.consentCmd(), c.evidenceCmd(), c.groundCmd(), c.requestCmd(), c.noticeCmd(), c.handlerCmd(), c.recallCmd(), c.allowCmd(), c.dictionaryCmd(), c.kindCmd(), c.vaultCmd(), c.ledgerCmd(),
		c.evalCmd(), c.doctorCmd(), c.demoCmd(),
	)
	root.SetOut(c.out) // the completion commands take it as they are made
	root.SetErr(c.err)
	root.InitDefaultCompletionCmd()
	c.understood(root)
	return root
}

// understood makes whatever fails before a command runs a usage error: unknown
// commands and flags, missing or too many arguments.
func (c *cli) understood(cmd *cobra.Command) {
	if runE := cmd.RunE; runE != nil {
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			c.running = true
			if l := c.lang; l != "" && l != "zh" && l != "en" {
				return usage("--lang: %q is neither zh nor en", l)
			}
			return runE(cmd, args)
		}
	} else if cmd.HasSubCommands() {
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("no command %q for %q", args[0], cmd.CommandPath())
			}
			return cmd.Help()
		}
	}
	for _, sub := range cmd.Commands() {
		c.understood(sub)
	}
}

func (c *cli) dir() (string, error) {
	if c.vaultDir != "" {
		return c.vaultDir, nil
	}
	return wiring.DefaultDir()
}

// app opens the vault. Where there is none, it fails, or opens a throw-away
// one if the command can do without.
func (c *cli) app(orMemory bool) (*wiring.App, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	var a *wiring.App
	if !wiring.Exists(dir) {
		if !orMemory {
			return nil, store.ErrNoVault
		}
		if !c.quiet {
			fmt.Fprintln(c.err, "consentry: no vault yet, so nobody is registered and everything is hidden (`consentry vault init` makes one)")
		}
		a, err = wiring.Memory()
	} else {
		var pass []byte
		if pass, err = c.passphrase(dir, "Passphrase: "); err != nil {
			return nil, err
		}
		a, err = wiring.Open(dir, pass)
	}
	if err != nil {
		return nil, err
	}
	a.Lang = c.language()
	a.As(c.as)
	if last, err := a.Vault.Latest(context.Background()); err == nil && time.Until(last) > time.Minute && !c.quiet {
		fmt.Fprintf(c.err, "consentry: the clock stands before the last entry of the ledger (%s): set it right, consents are judged by it\n", last.Local().Format(time.DateTime))
	}
	a.Writing = c.writing
	if c.passwords != "" {
		b, err := os.ReadFile(c.passwords)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read the passwords: %w", err), a.Close())
		}
		for line := range strings.Lines(string(b)) {
			a.AddPassword(strings.TrimRight(line, "\r\n"))
		}
	}
	return a, nil
}

// appFor is app for acts that have to be the user's to do.
func (c *cli) appFor(ctx context.Context, orMemory bool, acts ...authz.Act) (*wiring.App, error) {
	a, err := c.app(orMemory)
	if err != nil {
		return nil, err
	}
	for _, act := range acts {
		if err := a.Allow(ctx, act); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

// passphrase asks file, keyring and terminal, in this order.
func (c *cli) passphrase(dir, prompt string) ([]byte, error) {
	p, err := wiring.Passphrase(dir)
	if err != nil || p != nil {
		return p, err
	}
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, fmt.Errorf("the vault needs its passphrase: name a file that holds it in %s", wiring.PassphraseFile)
	}
	fmt.Fprint(c.err, prompt)
	p, err = term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(c.err)
	if err != nil {
		return nil, fmt.Errorf("read the passphrase: %w", err)
	}
	return p, nil
}

func (c *cli) language() redact.Lang {
	l := c.lang
	for _, env := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if l == "" {
			l = os.Getenv(env)
		}
	}
	if len(l) >= 2 && l[:2] == "zh" {
		return redact.Chinese
	}
	return redact.English
}

// who is under whose name the program acts.
func (c *cli) who() string { return cmp.Or(strings.TrimSpace(c.as), registry.Account()) }
