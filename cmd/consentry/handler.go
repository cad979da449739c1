package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"consentry/authz"
)

func (c *cli) handlerCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "handler", Short: "Who asks for consents and publishes; notices and letters name it: set, show"}
	var h authz.Handler
	set := &cobra.Command{
		Use: "set --name N --address A --contact C --storage S --withdrawal W", Short: "Say who it is; what is not given stays as it was", Args: cobra.NoArgs,
	}
	f := set.Flags()
	texts := []struct {
		flag, usage string
		of          func(*authz.Handler) *string
	}{
		{"name", "full name", func(h *authz.Handler) *string { return &h.Name }},
		{"address", "address", func(h *authz.Handler) *string { return &h.Address }},
		{"contact", "telephone or e-mail for the exercise of rights", func(h *authz.Handler) *string { return &h.Contact }},
		{"officer", "person in charge of protection", func(h *authz.Handler) *string { return &h.Officer }},
		{"type", "company, public-body, association", func(h *authz.Handler) *string { return &h.Type }},
		{"country", "jurisdiction (CN)", func(h *authz.Handler) *string { return &h.Country }},
		{"storage", "where records and material are kept", func(h *authz.Handler) *string { return &h.Storage }},
		{"withdrawal", "how a consent is withdrawn", func(h *authz.Handler) *string { return &h.Withdrawal }},
		{"rights", "how the other rights are used", func(h *authz.Handler) *string { return &h.Rights }},
		{"security", "how it is protected", func(h *authz.Handler) *string { return &h.Security }},
	}
	for _, t := range texts {
		f.StringVar(t.of(&h), t.flag, "", t.usage)
	}
	f.IntVar(&h.Days, "days", 0, "days within which requests are answered (15)")
	f.IntVar(&h.KeepYears, "keep-years", 0, "years for which records are kept after a consent's end (3)")
	set.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withApp(func(a app) error {
			now, err := a.Vault.Handler(cmd.Context())
			if err != nil && !isNotFound(err) {
				return err
			}
			for _, t := range texts {
				if cmd.Flags().Changed(t.flag) {
					*t.of(&now) = *t.of(&h)
				}
			}
			if cmd.Flags().Changed("days") {
				now.Days = h.Days
			}
			if cmd.Flags().Changed("keep-years") {
				now.KeepYears = h.KeepYears
			}
			return a.SetHandler(cmd.Context(), now)
		})
	}
	show := &cobra.Command{
		Use: "show", Short: "Show it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				h, err := a.Vault.Handler(cmd.Context())
				if isNotFound(err) {
					return fmt.Errorf("nobody said yet who the handler is: consentry handler set")
				}
				if err != nil {
					return err
				}
				enc := json.NewEncoder(c.out)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(h)
			})
		},
	}
	cmd.AddCommand(set, show)
	return cmd
}
