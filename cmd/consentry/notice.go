package main

import (
	"consentry/internal/registry"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func (c *cli) noticeCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "notice", Short: "Versions of the notice that people read before they agree: add, list, show"}
	var version, lang string
	var items []string
	add := &cobra.Command{
		Use: "add FILE", Short: "File a version; it is known by its SHA-256", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				text, err := registry.ReadFile(args[0], registry.MaxFile)
				if err != nil {
					return fmt.Errorf("read the notice: %w", err)
				}
				n := a.NewNotice(text, time.Now().UTC(), false)
				n.Version, n.Language = version, lang
				if first, _, _ := strings.Cut(strings.TrimSpace(n.Text), "\n"); first != "" {
					n.Title = strings.TrimSpace(strings.TrimLeft(first, "# "))
				}
				if n.Items, err = parsed[string]("items", a.Pack.Vocabulary.NoticeItems, items...); err != nil {
					return err
				}
				if err := a.AddNotice(cmd.Context(), n); err != nil {
					return err
				}
				_, err = fmt.Fprintln(c.out, n.SHA256)
				return err
			})
		},
	}
	add.Flags().StringVar(&version, "version", "", "its version")
	add.Flags().StringVar(&lang, "language", "zh", "its language")
	add.Flags().StringSliceVar(&items, "items", nil, "what it names: handler, purpose, method, kinds, retention, rights")
	list := &cobra.Command{
		Use: "list", Short: "List the versions", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				ns, err := a.Vault.Notices(cmd.Context())
				if err != nil {
					return err
				}
				rows := [][]string{{"SHA-256", "VERSION", "LANGUAGE", "FIRST GIVEN", "NAMES", "TITLE"}}
				for _, n := range ns {
					rows = append(rows, []string{n.SHA256, n.Version, n.Language, dayOf(n.GivenAt), strings.Join(n.Items, ","), n.Title})
				}
				return c.table(rows...)
			})
		},
	}
	show := &cobra.Command{
		Use: "show SHA-256", Short: "Print one, byte for byte", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				n, err := a.Vault.Notice(cmd.Context(), strings.ToLower(args[0]))
				if err != nil {
					return err
				}
				if n.Text == "" {
					return errors.New("only its digest is kept")
				}
				_, err = io.WriteString(c.out, n.Text)
				return err
			})
		},
	}
	cmd.AddCommand(add, list, show)
	return cmd
}
