package state

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
)

func TestFindPeople(t *testing.T) {
	p := NewPeople([]authz.Subject{
		{ID: "1", Names: []authz.Name{{Text: "林晓彤"}, {Text: "Lin Xiaotong"}}},
		{ID: "2", Names: []authz.Name{{Text: "李行舟"}}, Company: "蓝汀物流"},
		{ID: "3", Names: []authz.Name{{Text: "Margaret Ashdown"}}},
	})
	for q, want := range map[string][]int{
		"": {0, 1, 2}, "lxt": {0}, "林": {0}, "linxiao": {0}, "LXZ": {1}, "蓝汀": {1}, "ash": {2}, "marg": {2}, "zzz": nil, "l": {0, 1},
	} {
		if got := p.Find(q); !slices.Equal(got, want) && !(q == "l" && slices.Equal(got[:2], want)) {
			t.Errorf("%q finds %v, want %v", q, got, want)
		}
	}
}

func TestMeter(t *testing.T) {
	now := time.Unix(0, 0)
	var told []Progress
	m := &Meter{Every: 100 * time.Millisecond, Tell: func(p Progress) { told = append(told, p) }, Now: func() time.Time { return now }}
	m.Report(casework.Event{Step: casework.StepScan, Total: 100})
	for i := 1; i <= 100; i++ {
		now = now.Add(10 * time.Millisecond)
		m.Report(casework.Event{Step: casework.StepScan, Done: i, Total: 100, Asset: string(rune(i))})
	}
	if len(told) < 5 || len(told) > 13 {
		t.Errorf("told %d times in one second", len(told))
	}
	last := told[len(told)-1]
	if last.Done != 100 || len(last.Files) != 100 || last.Left != 0 {
		t.Errorf("the last event is %d of %d, %d files, %v left", last.Done, last.Total, len(last.Files), last.Left)
	}
	m.Report(casework.Event{Step: casework.StepApply, Total: 4})
	now = now.Add(10 * time.Second)
	m.Report(casework.Event{Step: casework.StepApply, Done: 1, Total: 4})
	if got := told[len(told)-1]; got.Left != 30*time.Second || got.Step != casework.StepApply {
		t.Errorf("after 10 s for one of four: %v left", got.Left)
	}
	if len(told[0].Files) != 0 {
		t.Error("what was told changed later")
	}
}

func TestJobs(t *testing.T) {
	var j Jobs
	var got []int
	for i := range 5 {
		j.Do(func(context.Context) { got = append(got, i) })
	}
	j.Wait()
	if !slices.Equal(got, []int{0, 1, 2, 3, 4}) {
		t.Errorf("order %v", got)
	}
	begun, stopped := make(chan bool), false
	j.Do(func(ctx context.Context) { close(begun); <-ctx.Done(); stopped = true })
	after := false
	j.Do(func(ctx context.Context) { after = ctx.Err() == nil })
	<-begun
	j.Stop()
	j.Wait()
	if !stopped || !after {
		t.Errorf("stopped %v, the next ran %v", stopped, after)
	}
	begun = make(chan bool)
	j.Do(func(ctx context.Context) { close(begun); <-ctx.Done() })
	j.Do(func(context.Context) { t.Error("ran though it was dropped") })
	<-begun
	j.Drop()
	next := false
	j.Do(func(context.Context) { next = true })
	j.Wait()
	if !next {
		t.Error("what came after Drop did not run")
	}
	j.Close()
	j.Do(func(context.Context) { t.Error("ran after Close") })
	j.Wait()
}

func TestSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a", "settings.json")
	want := Settings{Language: "zh", Look: "dark", TextSize: 150, By: "周编辑"}
	if err := want.Save(file); err != nil {
		t.Fatal(err)
	}
	if got := LoadSettings(file); got != want {
		t.Errorf("got %+v", got)
	}
	if err := os.WriteFile(file, []byte(`{"language":"zh","look":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := LoadSettings(file); got != (Settings{}) || got.Scale() != 1 {
		t.Errorf("a cut file gave %+v", got)
	}
	if err := want.Save(""); err != nil {
		t.Error(err)
	}
}

func TestPackageFolder(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "story.md")
	base := filepath.Join(dir, "story-consentry")
	if got := PackageFolder([]string{in}); got != base {
		t.Errorf("got %s", got)
	}
	if err := os.Mkdir(base, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := PackageFolder([]string{in}); got != base+"-2" {
		t.Errorf("a stranger's folder is used: %s", got)
	}
	if err := os.MkdirAll(filepath.Join(base, "bundle"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(base, "bundle", "SHA256SUMS"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := PackageFolder([]string{in}); got != base {
		t.Errorf("our own package is not used again: %s", got)
	}
}

// A case that is opened again has its package where it would have been: never in the
// folder that was taken in.
func TestKeptFolder(t *testing.T) {
	dir := t.TempDir()
	photos := filepath.Join(dir, "photos")
	if err := os.Mkdir(photos, 0o755); err != nil {
		t.Fatal(err)
	}
	at := func(title, out string, paths ...string) casework.Case {
		c := casework.Case{Title: title, Out: out}
		for _, p := range paths {
			c.Assets = append(c.Assets, casework.Asset{Path: filepath.Join(dir, p)})
		}
		return c
	}
	for _, tt := range []struct {
		c    casework.Case
		want string
	}{
		{at("photos", "", "photos/1.jpg", "photos/2.jpg"), filepath.Join(dir, "photos-consentry")},
		{at("story", "", "story.md"), filepath.Join(dir, "story-consentry")},
		{at("autumn", "", "photos/1.jpg"), filepath.Join(photos, "autumn-consentry")},
		{at("photos", filepath.Join(dir, "mine"), "photos/1.jpg"), filepath.Join(dir, "mine")},
		{at("photos", ""), ""},
	} {
		if got := KeptFolder(tt.c); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.c.Title, got, tt.want)
		}
	}
	if want := PackageFolder([]string{photos}); KeptFolder(at("photos", "", "photos/1.jpg")) != want {
		t.Errorf("not where a new case has it: %s", want)
	}
}

func TestKeys(t *testing.T) {
	seen := map[Key]bool{} // a letter may mean one thing in the case and another in the registry
	for _, k := range Keys {
		bare := Key{Key: k.Key, Ctrl: k.Ctrl, Shift: k.Shift}
		if k.Menu == MenuConsent && !k.Ctrl {
			bare.Menu = MenuConsent
		}
		if k.Key != "" && seen[bare] {
			t.Errorf("%+v is bound twice", bare)
		}
		seen[bare] = true
		if !slices.Contains(Menus, k.Menu) {
			t.Errorf("%s has no menu", k.Command)
		}
	}
	for key, want := range map[string]Command{"J": Next, "K": Previous, "H": HideIt, "A": Identify, "Space": Original, "?": KeySheet, "": "", "N": No, "Z": ""} {
		if got := Single(key); got != want {
			t.Errorf("%q does %q, want %q", key, got, want)
		}
	}
	for key, want := range map[string]Command{"R": RequestThem, "W": WithdrawThem, "?": KeySheet, "H": "", "C": ""} {
		if got := SingleOfConsents(key); got != want {
			t.Errorf("in the registry %q does %q, want %q", key, got, want)
		}
	}
}

func TestPhotos(t *testing.T) {
	dir := t.TempDir()
	put := func(name string) string {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, story := put("event/IMG_1.JPG"), put("story/story.docx")
	put("event/IMG_2.heic")
	put("event/.hidden")
	put("mixed/IMG_3.jpg")
	put("mixed/notes.txt")
	for _, c := range []struct {
		paths []string
		want  bool
	}{
		{nil, false}, {[]string{a}, true}, {[]string{dir + "/event"}, true}, {[]string{dir + "/event", story}, false}, {[]string{dir + "/mixed"}, false},
		{[]string{dir}, false}, {[]string{a, dir + "/none.jpg"}, false},
	} {
		if got := Photos(c.paths); got != c.want {
			t.Errorf("%v: %v", c.paths, got)
		}
	}
}
