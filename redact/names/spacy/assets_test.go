package spacy

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// fetched is a file of the folder that CONSENTRY_ASSETS names, or of the
// checkout's.
func fetched(name string) ([]byte, error) {
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "assets", "models")
	}
	return os.ReadFile(filepath.Join(dir, name))
}

func modelFile() ([]byte, error) { return fetched("spacy-md.bin") }

func once[T any](name string, read func([]byte) (T, error)) func() (T, error) {
	return sync.OnceValues(func() (t T, err error) {
		b, err := fetched(name)
		if err != nil {
			return t, err
		}
		return read(b)
	})
}

var (
	shared       = once("spacy-md.bin", Read)
	sharedSmall  = once("spacy-sm.bin", Read)
	sharedTagger = once("spacy-tags.bin", ReadTagger)
)

func tagger(t testing.TB) *Tagger {
	t.Helper()
	m, err := sharedTagger()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return m
}

func model(t testing.TB) *Model {
	t.Helper()
	m, err := shared()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return m
}
