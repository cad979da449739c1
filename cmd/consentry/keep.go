package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

func (c *cli) vaultUserCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: "Who works with this vault and what is theirs to do: add, remove, list"}
	var jobs []string
	add := &cobra.Command{
		Use: "add NAME --job JOB...", Short: "Put somebody on the list, or give them other jobs", Args: cobra.ExactArgs(1),
		Long: `Jobs: marketer (prepares case studies), pr (clears event photos), sales (sales and service: records
grants for others to confirm), legal (confirms grants, approves exceptions), keeper (people, backup,
deletion). Anybody may record a withdrawal. Until somebody is on the list, whoever holds the passphrase may
do everything; who names the first stands on it too, with every job. The list guards against mistakes; whoever holds the
passphrase can act under any name on it.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				var js []authz.Job
				for _, j := range jobs {
					js = append(js, authz.Job(j))
				}
				return a.SetUser(cmd.Context(), args[0], js)
			})
		},
	}
	add.Flags().StringSliceVar(&jobs, "job", nil, "marketer, pr, sales, legal, keeper")
	remove := &cobra.Command{
		Use: "remove NAME", Short: "Take somebody off the list", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error { return a.RemoveUser(cmd.Context(), args[0]) })
		},
	}
	list := &cobra.Command{
		Use: "list", Short: "List them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				us, err := a.Vault.Users(cmd.Context())
				if err != nil {
					return err
				}
				rows := [][]string{{"NAME", "JOBS", "SINCE", "ADDED BY"}}
				for _, u := range us {
					rows = append(rows, []string{u.Name, words(u.Jobs), dayOf(u.Added), u.By})
				}
				return c.table(rows...)
			})
		},
	}
	cmd.AddCommand(add, remove, list)
	return cmd
}

func (c *cli) vaultPurgeCmd() *cobra.Command {
	var dry bool
	var on string
	cmd := &cobra.Command{
		Use: "purge", Short: "Delete what is due for deletion, and log it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				at, err := day(on, time.Now())
				if err != nil {
					return err
				}
				if !dry {
					if _, err := a.Expire(cmd.Context()); err != nil {
						return err
					}
				}
				p, err := a.Purge(cmd.Context(), at, dry)
				if err != nil {
					return err
				}
				verb := "deleted"
				if dry {
					verb = "due"
				}
				_, err = fmt.Fprintf(c.out, "%d subject(s), %d consent(s), %d file(s) of evidence %s\n", p.Subjects, p.Consents, p.Evidence, verb)
				return err
			})
		},
	}
	cmd.Flags().BoolVarP(&dry, "dry-run", "n", false, "say what is due, and delete nothing")
	cmd.Flags().StringVar(&on, "on", "", "with --dry-run: what will be due on that `day`")
	return cmd
}

func (c *cli) vaultBackupCmd() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Write a copy of the whole vault, sealed as it is", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				return writeNew(args[0], func(f *os.File) error {
					_, err := a.Backup(cmd.Context(), f)
					return err
				})
			})
		},
	}
}

func (c *cli) vaultRestoreCmd() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Make a vault from a backup, in a folder that holds none", Args: cobra.ExactArgs(1),
		Long: "Checks every byte of the backup and the ledger in it, then makes the vault that --vault names. The\npassphrase is the backup's.",
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := c.dir()
			if err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("open the backup: %w", err)
			}
			defer f.Close()
			fi, err := f.Stat()
			if err != nil {
				return err
			}
			pass, err := c.passphrase(dir, "Passphrase of the backup: ")
			if err != nil {
				return err
			}
			var m store.Manifest
			if check {
				m, err = store.CheckBackup(f, fi.Size(), pass)
			} else {
				m, err = store.Restore(dir, f, fi.Size(), pass)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.out, "backup of %s is whole\n", m.Made.Local().Format(time.DateTime))
			return err
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "only check the backup")
	return cmd
}

func (c *cli) vaultRecoveryCmd() *cobra.Command {
	return &cobra.Command{
		Use: "recovery-key", Short: "Make a key that opens the vault when the passphrase is lost; print and lock it away", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := c.dir()
			if err != nil {
				return err
			}
			if err := c.withApp(func(a app) error { return a.Allow(cmd.Context(), authz.ActKeep) }); err != nil {
				return err
			}
			pass, err := c.passphrase(dir, "Passphrase: ")
			if err != nil {
				return err
			}
			key, err := store.NewRecovery(dir, pass)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.out, key)
			return err
		},
	}
}

func (c *cli) vaultRecoverCmd() *cobra.Command {
	var keyFile, newFile string
	cmd := &cobra.Command{
		Use: "recover --key-file FILE", Short: "Set a new passphrase with the recovery key", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := c.dir()
			if err != nil {
				return err
			}
			if keyFile == "" {
				return usage("--key-file is needed")
			}
			key, err := os.ReadFile(keyFile)
			if err != nil {
				return fmt.Errorf("read the recovery key: %w", err)
			}
			pass, err := c.chosen(newFile)
			if err != nil {
				return err
			}
			return wiring.Recover(dir, strings.TrimSpace(string(key)), pass)
		},
	}
	cmd.Flags().StringVar(&keyFile, "key-file", "", "`file` with the recovery key")
	cmd.Flags().StringVar(&newFile, "new-file", "", "`file` whose first line is the new passphrase")
	return cmd
}
