package ui

import (
	"os"
	"slices"
	"testing"
	"time"

	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// TestTurningPages measures how long the pages of a document take to turn, one
// after the other and by leaps. It wants the document in CONSENTRY_PAGES.
func TestTurningPages(t *testing.T) {
	path := os.Getenv("CONSENTRY_PAGES")
	if path == "" {
		t.Skip("CONSENTRY_PAGES names no document")
	}
	b := &backend{}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	x.take([]string{path})
	x.form.Fill("pages", "", "周编辑")
	x.form.Submit()
	c := x.room.open
	began := time.Now()
	for c.bench.Stage() != state.Review || c.bench.Busy() {
		x.step()
		if time.Since(began) > 8*time.Minute {
			t.Fatal("not scanned in 8 minutes")
		}
	}
	t.Logf("scanned in %v", time.Since(began).Round(time.Second))
	for i := range c.view.Plan.Items {
		if c.view.Plan.Items[i].Finding.Region.Part == redact.PartBody {
			c.bench.ChooseItem(i)
			break
		}
	}
	x.until("the first page is shown", func() bool { return c.photo.result != nil })
	turn := func(times, leap int, rest time.Duration) (ts []time.Duration) {
		for range times {
			for end := time.Now().Add(rest); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
				x.step() // a person looks at the page; the next one is drawn meanwhile
			}
			x.step()
			from := time.Now()
			to := c.photo.page
			for range leap {
				x.do(state.NextPage, false)
				to++
			}
			x.until("the page is shown", func() bool { return c.photo.page == to && c.photo.result != nil })
			ts = append(ts, time.Since(from))
		}
		slices.Sort(ts)
		return ts
	}
	for _, m := range []struct {
		name        string
		times, leap int
		rest        time.Duration
	}{
		{"one after the other, a second each", 20, 1, time.Second},
		{"by leaps of five", 20, 5, 0},
		{"by leaps of five, seven seconds each", 5, 5, 7 * time.Second}, // whoever read the document has let go of it
	} {
		ts := turn(m.times, m.leap, m.rest)
		t.Logf("%s: median %v, longest %v", m.name, ts[len(ts)/2].Round(time.Millisecond), ts[len(ts)-1].Round(time.Millisecond))
	}
}
