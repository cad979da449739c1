package browse

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// browsed is a folder with what a person may have in one.
func browsed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{"照片", "old", ".cache"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"IMG_10.jpg", "IMG_2.jpg", "张.txt", "安.txt", ".secret", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, f), []byte("12345"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func shown(b *Browser) (all []string) {
	for i := range b.Len() {
		all = append(all, b.At(i).Name)
	}
	return all
}

func TestListIsInPeoplesOrder(t *testing.T) {
	dir := browsed(t)
	if runtime.GOOS != "windows" {
		for name, to := range map[string]string{"link": filepath.Join(dir, "old"), "broken": filepath.Join(dir, "nowhere")} {
			if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	entries, err := List(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	b := &Browser{Want: File, Dir: dir}
	b.Set(entries)
	want := []string{"link", "old", "照片", "b.txt", "IMG_2.jpg", "IMG_10.jpg", "安.txt", "张.txt"}
	if got := shown(b); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if e := b.At(0); !e.Folder {
		t.Error("a link to a folder is no folder")
	}
	if e := b.At(3); e.Folder || e.Size != 5 || e.Changed.IsZero() {
		t.Errorf("%+v", e)
	}
	if _, err := List(t.Context(), filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that does not exist is listed")
	}
}

func TestBrowserMarks(t *testing.T) {
	dir := browsed(t)
	entries, err := List(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	b := &Browser{Want: Files, Dir: dir}
	b.Set(entries)
	b.Filter("IMG")
	b.MarkAll()
	if got, want := b.Chosen(), []string{filepath.Join(dir, "IMG_2.jpg"), filepath.Join(dir, "IMG_10.jpg")}; !slices.Equal(got, want) {
		t.Errorf("all that is shown: %q, want %q", got, want)
	}
	b.Filter("")
	b.Mark(0) // a folder
	b.Mark(slices.Index(shown(b), "IMG_2.jpg"))
	if got := b.Chosen(); len(got) != 1 || filepath.Base(got[0]) != "IMG_10.jpg" {
		t.Errorf("after one mark was taken away: %q", got)
	}
	b.MarkAll()
	if len(b.Chosen()) != 5 {
		t.Errorf("%d of 5 files are marked", len(b.Chosen()))
	}
	b.MarkAll()
	if len(b.Chosen()) != 0 {
		t.Error("marks stay after all were taken away")
	}

	one := &Browser{Want: File, Dir: dir}
	one.Set(entries)
	one.Mark(2)
	one.Mark(3)
	if got := one.Chosen(); len(got) != 1 || got[0] != one.Path(3) {
		t.Errorf("of two, one file is taken: %q", got)
	}
	one.Enter(filepath.Join(dir, "old"))
	if one.Len() != 0 || len(one.Chosen()) != 0 || one.Parent() != dir {
		t.Error("another folder still has what the one before had")
	}
}

func TestBrowserMakesFolders(t *testing.T) {
	dir := browsed(t)
	b := &Browser{Want: Folder, Dir: dir}
	if _, ok := b.NewFolder("new"); ok {
		t.Error("a folder is made before it is known what there is")
	}
	entries, err := List(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	b.Set(entries)
	if got := shown(b); !slices.Equal(got, []string{"old", "照片"}) {
		t.Errorf("files stand among folders: %q", got)
	}
	if got := b.Chosen(); !slices.Equal(got, []string{dir}) {
		t.Errorf("%q is taken, want the folder itself", got)
	}
	for _, no := range []string{"", " ", ".", "..", "a/b", `a\b`, "OLD", "b.txt"} {
		if dir, ok := b.NewFolder(no); ok {
			t.Errorf("%q becomes %s", no, dir)
		}
	}
	if got, ok := b.NewFolder(" 新 "); !ok || got != filepath.Join(dir, "新") {
		t.Errorf("%s, %v", got, ok)
	}
}

func TestNamedPath(t *testing.T) {
	home := t.TempDir()
	for query, want := range map[string]string{home + "/a/../b": filepath.Join(home, "b"), "~": home, "~/照片": filepath.Join(home, "照片")} {
		if got, ok := Named(query, home); !ok || got != want {
			t.Errorf("%q: %q, %v", query, got, ok)
		}
	}
	for _, q := range []string{"", "IMG", "a/b", "~other"} {
		if got, ok := Named(q, home); ok {
			t.Errorf("%q is the path %s", q, got)
		}
	}
}

func TestPlacesAreThoseOfTheDesktop(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("folders have other names on this system only on Linux")
	}
	home := t.TempDir()
	config := filepath.Join(home, "config")
	for _, d := range []string{config, filepath.Join(home, "图片"), filepath.Join(home, "Documents")} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	dirs := "# written by xdg-user-dirs-update\nXDG_PICTURES_DIR=\"$HOME/图片\"\nXDG_DOWNLOAD_DIR=\"$HOME/\"\nXDG_MUSIC_DIR=\"$HOME/音乐\"\n"
	if err := os.WriteFile(filepath.Join(config, "user-dirs.dirs"), []byte(dirs), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", config)
	got := map[string]string{}
	for _, p := range Places() {
		if p.Key != "" {
			got[p.Key] = p.Dir
		}
	}
	want := map[string]string{"home": home, "documents": filepath.Join(home, "Documents"), "pictures": filepath.Join(home, "图片")}
	if len(got) != len(want) {
		t.Errorf("%q, want %q", got, want)
	}
	for k, dir := range want {
		if got[k] != dir {
			t.Errorf("%s is %q, want %q", k, got[k], dir)
		}
	}
}
