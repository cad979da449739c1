package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"consentry/internal/ledger"
	"consentry/internal/wiring"
)

func (c *cli) vaultCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "vault", Short: "The encrypted registry: init, passwd, user, backup, restore, purge, recovery-key"}
	var keyring bool
	initCmd := &cobra.Command{
		Use: "init", Short: "Make a new, empty vault", Args: cobra.NoArgs,
		Long: "Makes a vault. The passphrase comes from the file named in " + wiring.PassphraseFile + ", or is asked for.\nWithout the passphrase nobody can read the vault again; vault recovery-key makes a key for that day.\nWhere " + wiring.DatabaseFile + " names a file with a PostgreSQL connection string, the vault is a team's.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := c.dir()
			if err != nil {
				return err
			}
			pass, err := c.newPassphrase(dir)
			if err != nil {
				return err
			}
			if err := wiring.Init(cmd.Context(), dir, pass); err != nil {
				return err
			}
			if keyring {
				if err := wiring.Remember(dir, pass); err != nil {
					return err
				}
			}
			_, err = fmt.Fprintln(c.out, dir)
			return err
		},
	}
	initCmd.Flags().BoolVar(&keyring, "keyring", false, "keep the passphrase in the system's keyring")
	passwd := &cobra.Command{
		Use: "passwd", Short: "Change the passphrase", Args: cobra.NoArgs,
		Long: "Changes the passphrase. The new one is read from the file named by --new-file, or asked for.",
	}
	newFile := passwd.Flags().String("new-file", "", "`file` whose first line is the new passphrase")
	passwd.RunE = func(cmd *cobra.Command, _ []string) error {
		dir, err := c.dir()
		if err != nil {
			return err
		}
		old, err := c.passphrase(dir, "Old passphrase: ")
		if err != nil {
			return err
		}
		pass, err := c.chosen(*newFile)
		if err != nil {
			return err
		}
		return wiring.Passwd(dir, old, pass)
	}
	cmd.AddCommand(initCmd, passwd, c.vaultUserCmd(), c.vaultBackupCmd(), c.vaultRestoreCmd(), c.vaultRecoveryCmd(), c.vaultRecoverCmd(), c.vaultPurgeCmd(), c.vaultAssessCmd())
	return cmd
}

// chosen is a new passphrase: the first line of a file, or asked for twice.
func (c *cli) chosen(file string) ([]byte, error) {
	if file == "" {
		return c.askTwice()
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the new passphrase: %w", err)
	}
	pass, _, _ := bytes.Cut(b, []byte("\n"))
	return pass, nil
}

// newPassphrase is the one of a new vault: from the file, or asked for twice.
func (c *cli) newPassphrase(dir string) ([]byte, error) {
	p, err := wiring.Passphrase(dir)
	if err != nil || p != nil {
		return p, err
	}
	return c.askTwice()
}

func (c *cli) askTwice() ([]byte, error) {
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, fmt.Errorf("a new passphrase is needed: name a file that holds it in %s", wiring.PassphraseFile)
	}
	var got [2][]byte
	for i, prompt := range []string{"New passphrase: ", "Again: "} {
		fmt.Fprint(c.err, prompt)
		p, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(c.err)
		if err != nil {
			return nil, fmt.Errorf("read the passphrase: %w", err)
		}
		got[i] = p
	}
	if !bytes.Equal(got[0], got[1]) {
		return nil, usage("the two passphrases differ")
	}
	return got[0], nil
}

func (c *cli) ledgerCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "ledger", Short: "The append-only log: check, export"}
	var file, key string
	var heads []string
	check := &cobra.Command{
		Use: "check", Short: "Look for a changed, dropped, swapped or rewritten entry", Args: cobra.NoArgs,
		Long: `Computes every hash of the ledger anew and compares it with the signed head, and with
heads copied out earlier (--head). --file checks an exported ledger without a vault.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			old, err := readHeads(heads)
			if err != nil {
				return err
			}
			var res ledger.Result
			if file != "" {
				f, err := os.Open(file)
				if err != nil {
					return fmt.Errorf("open the ledger: %w", err)
				}
				defer f.Close()
				if res, err = ledger.CheckExport(cmd.Context(), f, key, old...); err != nil {
					return err
				}
			} else {
				err := c.withApp(func(a app) (err error) {
					res, err = a.Ledger().Check(cmd.Context(), old...)
					return err
				})
				if err != nil {
					return err
				}
			}
			_, err = fmt.Fprintf(c.out, "ledger ok: %d entries, root %s\n", res.Size, res.Root)
			return err
		},
	}
	check.Flags().StringVar(&file, "file", "", "an exported `ledger`")
	check.Flags().StringVar(&key, "key", "", "the verifier `key` it has to be signed with")
	check.Flags().StringArrayVar(&heads, "head", nil, "a `file` with a head copied out earlier")
	export := &cobra.Command{
		Use: "export", Short: "Write the ledger with its signed head to standard output", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error { return a.Ledger().Export(cmd.Context(), c.out) })
		},
	}
	cmd.AddCommand(check, export)
	return cmd
}

func readHeads(files []string) ([]string, error) {
	var heads []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("read the head: %w", err)
		}
		heads = append(heads, string(b))
	}
	return heads, nil
}
