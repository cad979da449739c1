package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"consentry/internal/wiring"
	"consentry/redact/faces"
)

// figures is what an evaluation prints.
type figures interface{ Write(io.Writer) error }

func (c *cli) evalCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Recall and precision of the detectors on labelled data"}
	cmd.AddCommand(
		c.evaluate(&cobra.Command{
			Use: "names GOLD.jsonl", Short: "Names in text",
			Long: `One object a line: {"text":"…","entities":[{"start":0,"end":3,"kind":"person"}]}, in runes.`,
		}, func(ctx context.Context, a *wiring.App, gold io.Reader, _ string) (figures, error) {
			return a.EvalNames(ctx, gold)
		}),
		c.evalFacesCmd(), c.evalPDFCmd(), c.evalDocumentsCmd(),
	)
	return cmd
}

func (c *cli) evalFacesCmd() *cobra.Command {
	var mode, peer string
	var how faces.Mode
	var grow float64
	cmd := c.evaluate(&cobra.Command{
		Use: "faces GOLD.jsonl", Short: "Faces in photos",
		Long: `One object a line: {"image":"path beside the file","faces":[[x,y,w,h],…]}, in pixels of
the upright picture. A face is covered when 75 % of it lie in the boxes, which are grown by a
quarter on each side before they are painted over. A native pass is the work of looking at the
photo once at its own size with CenterFace.

--peer scores the boxes of another program on the same photos beside ours, one object a line:
{"image":"the same path","boxes":[[x,y,w,h],…]}. bench/deface.sh writes them for deface.`,
	}, func(ctx context.Context, a *wiring.App, gold io.Reader, dir string) (figures, error) {
		if peer == "" {
			return a.EvalFaces(ctx, gold, dir, how, nil)
		}
		f, err := os.Open(peer)
		if err != nil {
			return nil, fmt.Errorf("open the peer's boxes: %w", err)
		}
		defer f.Close()
		return a.EvalFaces(ctx, gold, dir, how, &wiring.Peer{Boxes: f, Grow: grow})
	})
	cmd.PreRunE = func(*cobra.Command, []string) (err error) {
		if how, err = faces.ParseMode(mode); err != nil {
			return usage("--mode: %w", err)
		}
		if !(grow >= 0 && grow <= 1) {
			return usage("--peer-grow: %v is not from 0 to 1", grow)
		}
		return nil
	}
	cmd.Flags().StringVar(&mode, "mode", faces.Normal.String(), "how closely to look: fast, normal, thorough, miss-nothing")
	cmd.Flags().StringVar(&peer, "peer", "", "boxes of another program on the same photos")
	cmd.Flags().Float64Var(&grow, "peer-grow", faces.HiddenGrow, "part of its size by which the peer grows a box on each side")
	return cmd
}

func (c *cli) evalPDFCmd() *cobra.Command {
	return c.evalFolder(&cobra.Command{
		Use: "pdf FOLDER", Short: "Rewriting of PDF files: three words of each are removed and looked for again",
		Long: `Of every PDF in the folder three words are picked by digest, removed wherever they stand, and
looked for in what was written. exact: nothing else moved or was lost on any page; picture: at
least one page became a picture; refused: nothing was written; no-text: there was no word to pick.`,
	}, func(ctx context.Context, a *wiring.App, dir, out string, each func(wiring.Trial)) (figures, error) {
		return a.EvalPDF(ctx, dir, out, each)
	})
}

func (c *cli) evalDocumentsCmd() *cobra.Command {
	return c.evalFolder(&cobra.Command{
		Use: "documents FOLDER", Short: "Rewriting of other documents: three words of each are removed and looked for again",
		Long: `Of every document in the folder but PDF files and photos (Office, web pages, mail, tables, text)
three words are picked by digest, removed wherever they stand, and looked for in what was written,
by our reader and by the attacks. written: nothing was
found, and the texts without one are as they were; no-text: there was no word to pick; refused:
nothing was written; changed: a text that was to stay is another.`,
	}, func(ctx context.Context, a *wiring.App, dir, out string, each func(wiring.Trial)) (figures, error) {
		return a.EvalDocuments(ctx, dir, out, each)
	})
}

// evalFolder completes a command that tries the documents of a folder.
func (c *cli) evalFolder(cmd *cobra.Command, do func(ctx context.Context, a *wiring.App, dir, out string, each func(wiring.Trial)) (figures, error)) *cobra.Command {
	var out string
	var list bool
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		a, err := c.app(true)
		if err != nil {
			return err
		}
		defer a.Close()
		var said error
		each := func(wiring.Trial) {}
		if list {
			e := json.NewEncoder(c.out)
			each = func(t wiring.Trial) { said = errors.Join(said, e.Encode(t)) }
		}
		ts, err := do(cmd.Context(), a, args[0], out, each)
		if err != nil || list {
			return errors.Join(err, said)
		}
		return ts.Write(c.out)
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "keep what was written in this `folder`, the words beside it")
	cmd.Flags().BoolVar(&list, "json", false, "print one object a file")
	return cmd
}

func (c *cli) evaluate(cmd *cobra.Command, do func(context.Context, *wiring.App, io.Reader, string) (figures, error)) *cobra.Command {
	var asJSON bool
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := os.Open(args[0])
		if err != nil {
			return fmt.Errorf("open the labels: %w", err)
		}
		defer f.Close()
		a, err := c.app(true)
		if err != nil {
			return err
		}
		defer a.Close()
		r, err := do(cmd.Context(), a, f, filepath.Dir(args[0]))
		if err != nil {
			return err
		}
		if asJSON {
			return c.json(r)
		}
		return r.Write(c.out)
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}
