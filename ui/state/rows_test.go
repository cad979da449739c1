package state

import (
	"image"
	"slices"
	"testing"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

func textItem(asset int, text, entity string, v authz.Verdict, start int) casework.Item {
	return casework.Item{ID: entity + string(rune('a'+start)), Asset: asset, Entity: entity, Label: "客户A",
		Finding:  redact.Finding{Kind: redact.Person, Text: text, Tier: redact.Sure, Region: redact.Region{Start: start, End: start + len([]rune(text))}},
		Decision: authz.Decision{Verdict: v}}
}

func face(asset, x int, v authz.Verdict) casework.Item {
	return casework.Item{ID: string(rune('A'+asset)) + string(rune('0'+x)), Asset: asset,
		Finding:  redact.Finding{Kind: redact.Face, Region: redact.Region{Box: image.Rect(x, 0, x+9, 9)}},
		Decision: authz.Decision{Verdict: v}}
}

func plan(items ...casework.Item) *casework.Plan {
	return &casework.Plan{Case: &casework.Case{}, Items: items}
}

func TestRows(t *testing.T) {
	p := plan(
		textItem(0, "Petrova", "petrova", authz.Hide, 3), face(1, 1, authz.Hide),
		textItem(0, "Elena Petrova", "petrova", authz.Hide, 20), textItem(0, "Wang Min", "wang", authz.Ask, 50),
		face(1, 2, authz.Show), textItem(2, "Petrova", "petrova", authz.Hide, 0))
	rows := Rows(p)
	var got []string
	for _, r := range rows {
		got = append(got, r.Verdict.String()+" "+r.Title)
	}
	if want := []string{"ask Wang Min", "show ", "hide Elena Petrova", "hide "}; !slices.Equal(got, want) {
		t.Fatalf("rows %q, want %q", got, want)
	}
	if r := rows[2]; len(r.Items) != 3 {
		t.Errorf("a person's places are %v", r.Items)
	}
	if rows[1].Number != 2 || rows[3].Number != 1 {
		t.Errorf("faces are numbered %d and %d", rows[1].Number, rows[3].Number)
	}
	for _, c := range []struct {
		filter Filter
		asset  int
		want   []int
	}{{All, -1, []int{0, 1, 2, 3}}, {Asks, -1, []int{0}}, {Faces, -1, []int{1, 3}}, {Texts, -1, []int{0, 2}}, {All, 2, []int{2}}, {Faces, 0, nil}} {
		if got := Pick(p, rows, c.filter, c.asset, ""); !slices.Equal(got, c.want) {
			t.Errorf("%s of asset %d: %v, want %v", c.filter, c.asset, got, c.want)
		}
	}
	if RowOf(rows, 5) != 2 || RowOf(rows, 9) != -1 {
		t.Error("RowOf is wrong")
	}
	if NextQuestion(rows, 3) != 0 || NextQuestion(rows[1:], 0) != -1 || NextQuestion(nil, 0) != -1 {
		t.Error("NextQuestion is wrong")
	}
	if a, h, s := Tally(p); a != 1 || h != 5 || s != 1 {
		t.Errorf("tally %d %d %d", a, h, s)
	}
	if Rows(nil) != nil {
		t.Error("rows of no plan")
	}
}

// What a file says about itself comes last.
func TestRowsData(t *testing.T) {
	data := textItem(0, "Camera", "camera", authz.Hide, 0)
	data.Finding.Region.Part = redact.PartMetadata
	rows := Rows(plan(data, face(0, 1, authz.Hide), textItem(0, "Lin", "lin", authz.Show, 9)))
	if len(rows) != 3 || !rows[2].Data || rows[0].Data || rows[1].Data {
		t.Errorf("rows %+v", rows)
	}
}

// An exempt item is a row of its own and counts as shown.
func TestRowsExempt(t *testing.T) {
	a, b := textItem(0, "北京", "北京", authz.Hide, 0), textItem(0, "北京", "北京", authz.Hide, 9)
	b.Exempt = casework.ExemptCleared
	rows := Rows(plan(a, b))
	if len(rows) != 2 || !rows[0].Shown() || rows[1].Shown() {
		t.Errorf("rows %+v", rows)
	}
}

func TestSpanRuns(t *testing.T) {
	s := redact.Span{ID: 0, Text: "甲乙丙丁戊己庚"}
	// What overlaps something hidden is hidden too: casework sees to that.
	hide, over := textItem(0, "乙丙", "x", authz.Hide, 1), textItem(0, "丙丁戊", "y", authz.Hide, 2)
	p := plan(hide, over, textItem(0, "庚", "z", authz.Ask, 6))
	type want struct {
		text string
		item int
	}
	for _, c := range []struct {
		original bool
		want     []want
	}{
		{false, []want{{"甲", -1}, {"客户A", 0}, {"己", -1}, {"客户A", 2}}},
		{true, []want{{"甲", -1}, {"乙丙丁戊", 0}, {"己", -1}, {"庚", 2}}},
	} {
		var got []want
		runes := 0
		var gone []redact.Redaction
		if !c.original {
			gone = p.Replaced(0)(redact.Page{}, s)
		}
		for _, r := range spanRuns(p, s, []int{0, 1, 2}, gone) {
			got = append(got, want{r.Text, r.Item})
			if r.Start != runes {
				t.Errorf("a run begins at %d, want %d", r.Start, runes)
			}
			runes += r.Len
		}
		if !slices.Equal(got, c.want) || runes != 7 {
			t.Errorf("original %v: %v over %d runes, want %v", c.original, got, runes, c.want)
		}
	}
}

// Faces that seem to be one unknown person's are one row, as long as they share
// their outcome; the place where a moved box was found stays a row of its own.
func TestRowsOfGroups(t *testing.T) {
	items := []casework.Item{face(0, 1, authz.Hide), face(0, 2, authz.Hide), face(1, 1, authz.Hide), face(2, 1, authz.Hide), face(3, 1, authz.Show), face(2, 5, authz.Hide)}
	for _, i := range []int{1, 2, 3, 4, 5} {
		items[i].Group = "g1"
	}
	items[4].Decision.Subject = "lin"
	items[5].RestOf = items[3].ID
	var got [][]int
	for _, r := range Rows(plan(items...)) {
		got = append(got, r.Items)
	}
	want := [][]int{{4}, {0}, {1, 2, 3}, {5}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("rows %v, want %v", got, want)
	}
}

func TestNudge(t *testing.T) {
	for _, k := range Keys {
		dx, dy := k.Command.Nudge(false)
		fx, fy := k.Command.Nudge(true)
		arrow := k.Key == "Left" || k.Key == "Right" || k.Key == "Up" || k.Key == "Down"
		if moves := dx*dx+dy*dy == 1 && fx == 10*dx && fy == 10*dy; moves != arrow {
			t.Errorf("%s moves by %d,%d and %d,%d", k.Command, dx, dy, fx, fy)
		}
		single := Single
		if k.Menu == MenuConsent {
			single = SingleOfConsents // the registry's letters are its own
		}
		if k.Key != "" && !k.Ctrl && single(k.Key) != k.Command {
			t.Errorf("two commands are bound to %s", k.Key)
		}
	}
}
