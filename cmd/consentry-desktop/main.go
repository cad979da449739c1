// Command consentry-desktop is the window. It wires and decides nothing.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"consentry/assets"
	"consentry/internal/casework"
	"consentry/internal/sandbox"
	"consentry/internal/wiring"
	"consentry/redact"
	"consentry/ui"
	"consentry/ui/theme"
)

func main() {
	sandbox.Main(wiring.Tasks(), wiring.Services())
	sandbox.NoDumps()
	wiring.TuneMemory()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "consentry-desktop:", casework.Hint(err))
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	o := ui.Options{Version: wiring.Version, Locale: locale()}
	vault := flag.String("vault", "", "the vault's `folder` (default: in the user's data directory)")
	look := flag.String("look", "", "light, dark or high-contrast, before the settings")
	flag.StringVar(&o.Language, "lang", "", "zh or en, before the settings and the system's language")
	flag.StringVar(&o.SettingsFile, "settings", "", "the settings `file` (default: in the user's configuration directory)")
	flag.BoolVar(&o.Sample, "sample", false, "open the sample case, on a vault in memory")
	flag.DurationVar(&o.QuitAfter, "quit-after", 0, "close the window after this `time`")
	flag.Parse()
	o.Paths, o.Look = flag.Args(), theme.Look(*look)

	b := &backend{dir: *vault}
	if b.dir == "" {
		dir, err := wiring.DefaultDir()
		if err != nil {
			return err
		}
		b.dir = dir
	}
	defer b.clean()
	go endAnyway(b.clean)
	if cmp.Or(o.Language, o.Locale) != "" && isChinese(cmp.Or(o.Language, o.Locale)) {
		b.lang = redact.Chinese
	}
	o.Backend = b
	if o.SettingsFile == "" {
		if dir, err := os.UserConfigDir(); err == nil {
			o.SettingsFile = filepath.Join(dir, "consentry", "settings.json")
		}
	}
	dir, err := assets.Dir()
	if err != nil {
		return err
	}
	set, err := assets.Open(dir)
	if err != nil {
		return err
	}
	if o.Regular, err = set.Read("fonts/NotoSansSC-Regular.ttf"); err != nil {
		return err
	}
	if o.Bold, err = set.Read("fonts/NotoSansSC-Bold.ttf"); err != nil {
		return err
	}
	if o.Icon, err = fs.ReadFile(assets.Icons(), "icon-512.png"); err != nil {
		return err
	}
	began := time.Now()
	err = ui.Run(ctx, o)
	if o.QuitAfter > 0 {
		fmt.Fprintf(os.Stderr, "closed after %s\n", time.Since(began).Round(time.Second))
	}
	return err
}

// closing is how long the window may take to close after a signal.
const closing = 5 * time.Second

// endAnyway ends the program where an interrupt or SIGTERM, on which Fyne closes
// the window, does not do so in time: under load that was seen once. Every answer
// was kept when it was given, so nothing is lost.
func endAnyway(clean func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	<-signals
	time.Sleep(closing)
	clean()
	os.Exit(0)
}

// locale is the system's language as POSIX names it; empty means English.
func locale() string { return cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")) }

func isChinese(lang string) bool { return len(lang) >= 2 && lang[:2] == "zh" }
