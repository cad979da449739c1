package eval

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Write prints the evaluation as a table, in per cent.
func (e Evaluation) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "language\tkind\tentities\tcharR\tcharP\tanyR\tfull\tsure anyR\tsure full")
	parts := append([]Result{e.Result}, e.Languages...)
	for _, r := range parts {
		for _, s := range r.Scores {
			fmt.Fprintf(t, "%s\t%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\n", r.name(), s.Kind, s.Entities,
				100*s.Recall, 100*s.Precision, 100*s.AnyRecall, 100*s.Full, 100*s.SureAny, 100*s.SureFull)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, r := range parts {
		fmt.Fprintf(w, "%s: anyP %.1f, flagged %.1f of %d characters in %d texts; sure tier alone: anyP %.1f, flagged %.1f\n",
			r.name(), 100*r.AnyPrecision, 100*r.Flagged, r.Characters, r.Texts, 100*r.SurePrecision, 100*r.SureFlagged)
	}
	if e.Took > 0 {
		if _, err := fmt.Fprintf(w, "%.0f characters a second, %.1f s\n", e.Speed, e.Took.Seconds()); err != nil {
			return err
		}
	}
	return nil
}

func (r Result) name() string {
	if r.Language == "" {
		return "all"
	}
	return string(r.Language)
}
