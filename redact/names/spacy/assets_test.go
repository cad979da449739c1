package spacy

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// modelFile is the fetched model: in the folder that CONSENTRY_ASSETS names, or
// in the checkout's.
var modelFile = sync.OnceValues(func() ([]byte, error) {
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "assets", "models")
	}
	return os.ReadFile(filepath.Join(dir, "spacy-md.bin"))
})

var shared = sync.OnceValues(func() (*Model, error) {
	b, err := modelFile()
	if err != nil {
		return nil, err
	}
	return Read(b)
})

func model(t testing.TB) *Model {
	t.Helper()
	m, err := shared()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return m
}
