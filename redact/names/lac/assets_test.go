package lac

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"consentry/internal/infer"
)

func folder() string {
	if dir := os.Getenv("CONSENTRY_ASSETS"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", "assets", "models")
}

// files are the fetched model's, in the folder that CONSENTRY_ASSETS names or in
// the checkout's.
var files = sync.OnceValues(func() (Files, error) {
	var f Files
	for name, to := range map[string]*[]byte{"encoder.onnx": &f.Encoder, "crf.npy": &f.CRF, "word.dic": &f.Words, "tag.dic": &f.Tags, "q2b.dic": &f.Q2B} {
		b, err := os.ReadFile(filepath.Join(folder(), "lac", name))
		if err != nil {
			return f, err
		}
		*to = b
	}
	return f, nil
})

var shared = sync.OnceValues(func() (*Tagger, error) {
	f, err := files()
	if err != nil {
		return nil, err
	}
	lib := map[string]string{"windows": "onnxruntime.dll", "darwin": "libonnxruntime.1.30.0.dylib"}[runtime.GOOS]
	if lib == "" {
		lib = "libonnxruntime.so.1"
	}
	rt, err := infer.Open(filepath.Join(folder(), "onnxruntime", lib))
	if err != nil {
		return nil, err
	}
	return New(rt, f, "test")
})

func tagger(t testing.TB) *Tagger {
	t.Helper()
	tg, err := shared()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return tg
}
