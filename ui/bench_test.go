package ui

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"consentry/assets"
	"consentry/authz"
	"consentry/cmd/consentry-desktop/acts"
	"consentry/internal/casework"
	"consentry/internal/sandbox"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/ui/state"
	"consentry/ui/theme"
)

func TestMain(m *testing.M) {
	sandbox.Main(wiring.Tasks(), wiring.Services()) // photos are decoded in a child of this very program
	os.Exit(m.Run())
}

// backend is the real thing on throw-away vaults.
type backend struct {
	dir  string
	pass string
	made int
	real bool // the vault is in a folder, and empty
	ring bool // the system has a keyring
}

func (b *backend) Named(err error) error { return acts.Named(err) }

func (b *backend) Installed(context.Context) (state.Installed, error) {
	return acts.Installed(b.folder())
}

func (b *backend) Vault() (string, bool) { return b.dir, b.pass != "" }

func (b *backend) Create(ctx context.Context, p string) (Session, error) {
	b.pass = p
	b.made++
	if b.real {
		if err := wiring.Init(ctx, b.folder(), []byte(p)); err != nil {
			return nil, err
		}
	}
	return b.Unlock(ctx, p)
}

func (b *backend) folder() string { return filepath.Join(b.dir, "vault") }

func (b *backend) Unlock(ctx context.Context, p string) (Session, error) {
	if b.real {
		a, err := wiring.Open(b.folder(), []byte(p))
		if err != nil {
			return nil, err
		}
		return vault{a, acts.Keeper{App: a, Dir: b.folder()}}, nil
	}
	if p != b.pass {
		return nil, store.ErrPassphrase
	}
	s, _, err := b.Sample(ctx)
	return s, err
}

func (b *backend) Keyring() bool { return b.ring }

func (b *backend) UnlockRemembered(ctx context.Context) (Session, error) {
	p, err := wiring.Remembered(b.folder())
	if err != nil {
		return nil, err
	}
	return b.Unlock(ctx, string(p))
}

func (b *backend) Remember(_ context.Context, p string) error {
	return wiring.Remember(b.folder(), []byte(p))
}

func (b *backend) Forget(context.Context) error { return wiring.Forget(b.folder()) }

func (b *backend) Restore(_ context.Context, file, pass string) (time.Time, error) {
	made, err := acts.Restore(b.folder(), file, pass)
	if err == nil {
		b.pass = pass
	}
	return made, err
}

func (b *backend) Recover(_ context.Context, key, pass string) error {
	return wiring.Recover(b.folder(), key, []byte(pass))
}

func (b *backend) Sample(ctx context.Context) (Session, Sample, error) {
	a, c, paths, err := wiring.Sample(ctx, filepath.Join(b.dir, "sample"))
	if err != nil {
		return nil, Sample{}, err
	}
	return vault{a, nil}, Sample{Case: *c, Paths: paths, Out: filepath.Join(b.dir, "package")}, nil
}

type vault struct {
	app    *wiring.App
	keeper Keeper
}

func (v vault) Records() *casework.Desk { return v.app.Cases() }
func (v vault) Desk(ctx context.Context, how casework.Writing) (*casework.Desk, error) {
	if err := v.app.Allow(ctx, authz.ActPrepare); err != nil {
		return nil, err
	}
	return v.app.Desk(ctx, how, nil)
}
func (v vault) Registry() Registry           { return acts.On(v.app) }
func (v vault) Keeper() Keeper               { return v.keeper }
func (v vault) AddPassword(p string)         { v.app.AddPassword(p) }
func (v vault) Vocabulary() authz.Vocabulary { return v.app.Pack.Vocabulary }
func (v vault) Close() error                 { return v.app.Close() }

// bench is a window whose hand-overs wait until the test runs them, so that the
// test's goroutine is the window's.
type bench struct {
	*window
	t  *testing.T
	mu sync.Mutex
	in []func()
}

func fonts(t *testing.T) (regular, bold []byte) {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if regular, err = set.Read("fonts/NotoSansSC-Regular.ttf"); err != nil {
		t.Fatal(err)
	}
	if bold, err = set.Read("fonts/NotoSansSC-Bold.ttf"); err != nil {
		t.Fatal(err)
	}
	return regular, bold
}

func newBench(t *testing.T, b *backend, lang string, look theme.Look) *bench {
	t.Helper()
	if b.dir == "" {
		b.dir = t.TempDir()
	}
	a := test.NewTempApp(t)
	o := Options{Backend: b, Language: lang, Look: look, Version: "test", SettingsFile: filepath.Join(t.TempDir(), "settings.json")}
	o.Regular, o.Bold = fonts(t)
	firstTheme(o, state.Settings{}).Wear(a.Settings())
	x := &bench{t: t}
	x.window = newWindow(a, o, state.Settings{}, func(f func()) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.in = append(x.in, f)
	})
	t.Cleanup(x.end)
	x.win.Resize(fyne.NewSize(1440, 900))
	x.begin()
	return x
}

// step runs what workers handed over.
func (x *bench) step() {
	x.mu.Lock()
	in := x.in
	x.in = nil
	x.mu.Unlock()
	for _, f := range in {
		f()
	}
	time.Sleep(time.Millisecond)
}

// until runs what workers hand over until something is so.
func (x *bench) until(what string, ok func() bool) {
	x.t.Helper()
	for end := time.Now().Add(4 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		x.step()
		if ok() {
			return
		}
	}
	if c := x.room.open; c != nil {
		x.t.Logf("stage %d, busy %v, last failure: %v", c.bench.Stage(), c.bench.Busy(), c.err)
	}
	x.t.Fatalf("waited in vain until %s\n%s", what, stacks())
}

// fit lays out anew what needs another size than it had, as a driver does at each frame.
func (x *bench) fit() {
	x.win.Content().Refresh()
	for _, s := range x.sheets {
		s.Content().Refresh()
	}
}

// shot renders the window and makes sure that it is not blank.
func (x *bench) shot(name string) image.Image {
	x.t.Helper()
	x.fit()
	img := x.win.Canvas().Capture()
	seen := map[any]bool{}
	b := img.Bounds()
	for i := b.Min.X; i < b.Max.X; i += 3 {
		for j := b.Min.Y; j < b.Max.Y; j += 3 {
			seen[img.At(i, j)] = true
		}
	}
	if len(seen) < 20 {
		x.t.Errorf("%s has %d colours", name, len(seen))
	}
	if dir := os.Getenv("CONSENTRY_SHOTS"); dir != "" {
		f, err := os.Create(filepath.Join(dir, name+".png"))
		if err != nil {
			x.t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, img); err != nil {
			x.t.Fatal(err)
		}
	}
	return img
}

func stacks() []byte {
	b := make([]byte, 1<<20)
	return b[:runtime.Stack(b, true)]
}

func (x *bench) typed(keys string) {
	for _, r := range keys {
		x.TypedRune(r)
	}
}

// staff makes whoever acts sales, and 韩宁 somebody who may do everything.
func (x *bench) staff() {
	x.t.Helper()
	app := x.session.(vault).app
	for _, u := range []authz.User{{Name: "韩宁", Jobs: authz.Jobs}, {Name: app.User(), Jobs: []authz.Job{authz.Sales}}} {
		if err := app.SetUser(x.t.Context(), u.Name, u.Jobs); err != nil {
			x.t.Fatal(err)
		}
	}
}

func uri(p string) fyne.URI { return storage.NewFileURI(p) }
