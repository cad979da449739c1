package main

import (
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/internal/wiring"
)

func (c *cli) demoCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "demo -o DIR", Short: "Run the main job on the sample case: invented texts, sample photos, a sample registry", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("-o names the folder to write to")
			}
			start := time.Now()
			in := filepath.Join(out, "in")
			a, cs, paths, err := wiring.Sample(cmd.Context(), in)
			if err != nil {
				return err
			}
			defer a.Close()
			a.Lang = c.language()
			cs.HideUnsure = true // nobody is asked who is meant
			if err := a.Cases().Ingest(cmd.Context(), cs, paths...); err != nil {
				return err
			}
			pkg := filepath.Join(out, "package")
			if err := c.clear(cmd.Context(), a, cs, pkg, "", false); err != nil {
				return err
			}
			pic := filepath.Join(out, "before-after.jpg")
			if err := beforeAfter(pic, cs, pkg); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.out, "  %s\n  done in %.1f s\n", pic, time.Since(start).Seconds())
			return err
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "`folder` to write to")
	return cmd
}

// beforeAfter sets the first photo of the case beside what became of it.
func beforeAfter(name string, cs *casework.Case, pkg string) error {
	for _, a := range cs.Assets {
		if a.Type != "image/jpeg" {
			continue
		}
		before, err := readJPEG(a.Path)
		if err != nil {
			return err
		}
		after, err := readJPEG(filepath.Join(pkg, "files", filepath.FromSlash(a.Name)))
		if err != nil {
			return err
		}
		b := before.Bounds()
		both := image.NewRGBA(image.Rect(0, 0, 2*b.Dx()+8, b.Dy()))
		draw.Draw(both, both.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(both, image.Rect(0, 0, b.Dx(), b.Dy()), before, b.Min, draw.Src)
		draw.Draw(both, image.Rect(b.Dx()+8, 0, 2*b.Dx()+8, b.Dy()), after, after.Bounds().Min, draw.Src)
		f, err := os.Create(name)
		if err != nil {
			return fmt.Errorf("write the before-and-after picture: %w", err)
		}
		defer f.Close()
		if err := jpeg.Encode(f, both, &jpeg.Options{Quality: 90}); err != nil {
			return fmt.Errorf("write the before-and-after picture: %w", err)
		}
		return f.Close()
	}
	return nil
}

// readJPEG reads one of the program's own sample photos, or what it wrote.
func readJPEG(name string) (image.Image, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return jpeg.Decode(f)
}
