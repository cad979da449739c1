package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Variable is the environment variable that names the assets folder.
const Variable = "CONSENTRY_ASSETS"

// ErrNoFolder is wrapped by Dir and Open when there is no assets folder.
var ErrNoFolder = errors.New("no assets folder")

// Dir finds the assets folder: the one named by CONSENTRY_ASSETS, else models
// or assets/models beside the program (or in the Resources of a macOS bundle),
// else assets/models of the checkout that the working directory lies in.
func Dir() (string, error) {
	if dir := os.Getenv(Variable); dir != "" {
		if !isDir(dir) {
			return "", fmt.Errorf("%w: %s names %q, which is not a folder: run `make assets`, or correct the variable", ErrNoFolder, Variable, dir)
		}
		return filepath.Abs(dir)
	}
	for _, dir := range besideProgram() {
		if isDir(dir) {
			return dir, nil
		}
	}
	if root, ok := Checkout(); ok {
		if dir := filepath.Join(root, "assets", "models"); isDir(dir) {
			return dir, nil
		}
	}
	return "", fmt.Errorf("%w beside the program or in a checkout: run `make assets`, or name the folder in %s", ErrNoFolder, Variable)
}

// Checkout finds the root of the source tree that the working directory lies
// in, and whether there is one.
func Checkout() (root string, ok bool) {
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		if isFile(filepath.Join(dir, "go.mod")) && isFile(filepath.Join(dir, "assets", "models.lock")) {
			return dir, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

func besideProgram() []string {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	dir := filepath.Dir(exe)
	return []string{
		filepath.Join(dir, "models"),
		filepath.Join(dir, "assets", "models"),
		filepath.Join(dir, "..", "Resources", "models"),
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Type() == fs.FileMode(0)
}
