package wiring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/errgroup"

	"consentry/assets"
	"consentry/internal/casework"
	"consentry/internal/infer"
	"consentry/internal/sandbox"
	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/codes"
	"consentry/redact/faces"
	"consentry/redact/inside"
	"consentry/redact/mail"
	"consentry/redact/names"
	"consentry/redact/names/lac"
	"consentry/redact/names/spacy"
	"consentry/redact/ocr"
	"consentry/redact/office"
	"consentry/redact/office/audit"
	"consentry/redact/office/older"
	"consentry/redact/pdf"
	"consentry/redact/photo"
	"consentry/redact/pii"
	"consentry/redact/pii/attributes"
	"consentry/redact/text"
	"consentry/redact/text/subtitle"
	"consentry/redact/text/table"
	"consentry/redact/web"
)

// models are the loaded detectors, attacks and formats.
type models struct {
	readers   []redact.Reader
	detectors []redact.Detector
	looks     map[casework.Look][]redact.Detector
	attacks   func(map[string]redact.Format) []redact.Attack // that read with these formats
	set       *assets.Set
	named     []casework.Model
	face      *faces.Detector
	matcher   *faces.Matcher
	closers   []io.Closer
}

func (m *models) close() error {
	if m == nil {
		return nil
	}
	var first error
	for _, c := range m.closers {
		if err := c.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// decode opens untrusted pictures in a child process.
var decode = photo.Sandboxed(&sandbox.Runner{})

// formats are those of each way of writing files that was asked for.
type formats struct {
	mu   sync.Mutex
	made map[casework.Writing]map[string]redact.Format
}

// written are the files this program reads and writes in one way, by media type. Not to
// be changed.
func (a *App) written(how casework.Writing) map[string]redact.Format {
	f := &a.formats
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.made == nil {
		f.made = map[casework.Writing]map[string]redact.Format{}
	}
	if f.made[how] == nil {
		f.made[how] = newFormats(a.passwords.all, how)
	}
	return f.made[how]
}

func newFormats(passwords func() []string, how casework.Writing) map[string]redact.Format {
	pictures, texts := photo.New(decode, labelFont), text.Format{}
	formats := map[string]redact.Format{text.Plain: texts, text.Markdown: texts}
	formats[table.CSV], formats[table.TSV] = table.Format{}, table.Format{}
	formats[subtitle.SRT], formats[subtitle.VTT] = subtitle.Format{}, subtitle.Format{}
	pages := web.New(web.Options{Open: opener(formats)})
	formats[web.HTML], formats[web.XHTML], formats[web.SVG] = pages, pages, pages
	formats[mail.Type] = mail.New(mail.Options{Open: opener(formats)})
	formats[pdf.Type] = pdf.New(pdf.Options{
		Runner: &sandbox.Runner{Limits: pdf.Limits}, Engine: pdfium, Font: labelFont, Passwords: passwords,
		Attached: opener(formats), Snap: how.SnapGaps, Search: how.Searchable,
	})
	papers := office.New(office.Options{Inside: opener(formats), KeepChanges: how.KeepChanges})
	for _, t := range office.Types() {
		formats[t] = papers
	}
	before := older.New(papers)
	for _, t := range older.Types() {
		formats[t] = before
	}
	for _, t := range photo.Types() {
		formats[t] = pictures
	}
	return formats
}

// opener opens files inside files by the formats, to some depth.
func opener(formats map[string]redact.Format) inside.Opener {
	return func(ctx context.Context, name string, b []byte) (redact.Document, error) {
		ctx, err := inside.Deeper(ctx)
		if err != nil {
			return nil, err
		}
		t, err := Sniff(name, b)
		if err != nil {
			return nil, err
		}
		return formats[t].Open(ctx, redact.Asset{Digest: redact.Sum(b), Name: name, Type: t, Size: int64(len(b))}, bytes.NewReader(b))
	}
}

// pdfium is where the PDF engine lies, whole as the lock says, and where its
// compiled form is kept.
func pdfium() (wasm, cache string, err error) {
	dir, err := assets.Dir()
	if err != nil {
		return "", "", err
	}
	set, err := assets.Open(dir)
	if err != nil {
		return "", "", err
	}
	if wasm, err = set.Path("pdfium/pdfium.wasm"); err != nil {
		return "", "", err
	}
	if cache, err = os.UserCacheDir(); err != nil {
		return wasm, "", nil // it is compiled anew each time
	}
	return wasm, filepath.Join(cache, "consentry", "pdfium"), nil
}

// labels is the typeface of labels, once it was read: a page is drawn in less time.
var labels struct {
	mu  sync.Mutex
	ttf []byte
}

// labelFont is the typeface of labels in photos and documents. Not to be changed.
func labelFont() ([]byte, error) {
	labels.mu.Lock()
	defer labels.mu.Unlock()
	if labels.ttf == nil {
		ttf, err := installed("fonts/NotoSansSC-Regular.ttf")
		if err != nil {
			return nil, err
		}
		labels.ttf = ttf
	}
	return labels.ttf, nil
}

// installed reads a file of the assets folder, checked against the lock.
func installed(name string) ([]byte, error) {
	dir, err := assets.Dir()
	if err != nil {
		return nil, err
	}
	set, err := assets.Open(dir)
	if err != nil {
		return nil, err
	}
	return set.Read(name)
}

// pixels decodes the first page of a photo.
func pixels(ctx context.Context, r io.ReaderAt, size int64) (*image.NRGBA, error) {
	list, err := decode(ctx, r, size, 0, 1)
	if err != nil {
		return nil, err
	}
	return list[0].Pix, nil
}

// load reads every model once, each checked against the lock as it is read.
func (a *App) load(ctx context.Context) (*models, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.models != nil {
		return a.models, nil
	}
	dir, err := assets.Dir()
	if err != nil {
		return nil, err
	}
	set, err := assets.Open(dir)
	if err != nil {
		return nil, err
	}
	m, err := loadModels(ctx, set)
	if err != nil {
		return nil, err
	}
	a.models = m
	debug.FreeOSMemory() // the files' bytes, of which the networks have copies of their own
	return m, nil
}

// used are the models that results lean on.
var used = []string{"centerface.onnx", "yunet.onnx", "dlib-resnet.onnx", "sface.onnx", "lac/encoder.onnx", "lac/crf.npy", "lac/word.dic", "lac/tag.dic", "lac/q2b.dic", "spacy-md.bin", "spacy-sm.bin", "spacy-tags.bin", "ocr/det.onnx", "ocr/rec.onnx"}

func loadModels(ctx context.Context, set *assets.Set) (*models, error) {
	lib, err := set.Library()
	if err != nil {
		return nil, err
	}
	rt, err := infer.Open(lib)
	if err != nil {
		return nil, err
	}
	m := &models{set: set}
	var (
		face     *faces.Detector
		second   *faces.YuNet // of the detector, and alone the attack's eyes
		embedder *faces.Embedder
		sface    *faces.SFace // the second opinion on whether two faces are one person
		zh       *lac.Tagger
		en       names.English
		words    *ocr.Reader
	)
	var g errgroup.Group
	g.Go(func() (err error) { face, second, err = loadFaces(set, rt); return })
	g.Go(func() (err error) { embedder, err = loadEmbedder(set, rt); return })
	g.Go(func() (err error) { sface, err = loadSFace(set, rt); return })
	g.Go(func() (err error) { zh, err = loadLAC(set, rt); return })
	g.Go(func() (err error) { en, err = loadSpacy(set); return })
	g.Go(func() (err error) { words, err = loadOCR(set, rt); return })
	g.Go(func() error { _, _, err := (&models{set: set}).fonts(); return err }) // before anything is signed
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.closers = append(m.closers, face, second, embedder, sface, zh, words)
	name, err := names.New(zh, en)
	if err != nil {
		return nil, err
	}
	m.readers = []redact.Reader{words}
	facts, err := attributes.New()
	if err != nil {
		return nil, err
	}
	with := func(f redact.Detector) []redact.Detector {
		return []redact.Detector{name, pii.Detector{}, facts, f, codes.Detector{}}
	}
	m.detectors = with(face)
	m.looks = map[casework.Look][]redact.Detector{
		casework.Fast: with(face.In(faces.Fast)), casework.Thorough: with(face.In(faces.Thorough)), casework.MissNothing: with(face.In(faces.MissNothing)),
	}
	m.face = face
	m.matcher = faces.NewMatcher(embedder, set.Digest("dlib-resnet.onnx"), sface, set.Digest("sface.onnx"))
	m.attacks = func(formats map[string]redact.Format) []redact.Attack {
		return []redact.Attack{
			attack.Text{Formats: formats}, attack.Bytes{}, attack.Opened{}, attack.Metadata{}, formats[pdf.Type].(*pdf.Format).Attack(), audit.Attack{},
			attack.Words{Formats: formats, Reader: words.At(1.25), Codes: codes.Detector{}}, // before the recognisers are loaded, which saves memory
			attack.Faces{Outside: second, Inside: face, Embedder: embedder, Second: sface, Formats: formats},
		}
	}
	for _, name := range used {
		m.named = append(m.named, casework.Model{Name: name, SHA256: set.Digest(name)})
	}
	return m, nil
}

// loadFaces opens the face detector and the YuNet that it shares with the
// attack.
func loadFaces(set *assets.Set, rt *infer.Runtime) (*faces.Detector, *faces.YuNet, error) {
	o := faces.Options{Threads: runtime.NumCPU()}
	small, err := set.Read("yunet.onnx")
	if err != nil {
		return nil, nil, err
	}
	large, err := set.Read("centerface.onnx")
	if err != nil {
		return nil, nil, err
	}
	y, err := faces.NewYuNet(rt, small, set.Digest("yunet.onnx"), o)
	if err != nil {
		return nil, nil, err
	}
	d, err := faces.New(rt, large, set.Digest("centerface.onnx"), y, o)
	if err != nil {
		return nil, nil, errors.Join(err, y.Close())
	}
	return d, y, nil
}

// later is a model that is read when it is needed, and now once, so that a damaged
// one is told at once.
func later(set *assets.Set, name string) (func() ([]byte, error), error) {
	if _, err := set.Read(name); err != nil {
		return nil, err
	}
	return func() ([]byte, error) { return set.Read(name) }, nil
}

func loadEmbedder(set *assets.Set, rt *infer.Runtime) (*faces.Embedder, error) {
	m, err := later(set, "dlib-resnet.onnx")
	if err != nil {
		return nil, err
	}
	return faces.NewEmbedder(rt, m), nil
}

func loadSFace(set *assets.Set, rt *infer.Runtime) (*faces.SFace, error) {
	m, err := later(set, "sface.onnx")
	if err != nil {
		return nil, err
	}
	return faces.NewSFace(rt, m), nil
}

func loadLAC(set *assets.Set, rt *infer.Runtime) (*lac.Tagger, error) {
	var f lac.Files
	for name, to := range map[string]*[]byte{
		"lac/encoder.onnx": &f.Encoder, "lac/crf.npy": &f.CRF, "lac/word.dic": &f.Words, "lac/tag.dic": &f.Tags, "lac/q2b.dic": &f.Q2B,
	} {
		b, err := set.Read(name)
		if err != nil {
			return nil, err
		}
		*to = b
	}
	return lac.New(rt, f, set.Digest("lac/encoder.onnx"))
}

func loadSpacy(set *assets.Set) (en names.English, err error) {
	if en.Medium, err = loaded(set, "spacy-md.bin", spacy.Read); err != nil {
		return
	}
	if en.Small, err = loaded(set, "spacy-sm.bin", spacy.Read); err != nil {
		return
	}
	en.Tags, err = loaded(set, "spacy-tags.bin", spacy.ReadTagger)
	return
}

func loaded[T any](set *assets.Set, name string, read func([]byte) (T, error)) (t T, err error) {
	b, err := set.Read(name)
	if err != nil {
		return t, err
	}
	if t, err = read(b); err != nil {
		return t, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}

func loadOCR(set *assets.Set, rt *infer.Runtime) (*ocr.Reader, error) {
	f := ocr.Files{DetectionDigest: set.Digest("ocr/det.onnx"), RecognitionDigest: set.Digest("ocr/rec.onnx")}
	var err error
	if f.Detection, err = set.Read("ocr/det.onnx"); err != nil {
		return nil, err
	}
	if f.Recognition, err = set.Read("ocr/rec.onnx"); err != nil {
		return nil, err
	}
	return ocr.New(rt, f, ocr.Options{})
}

// fonts are the faces of reports.
func (m *models) fonts() (regular, bold []byte, err error) {
	if regular, err = m.set.Read("fonts/NotoSansSC-Regular.ttf"); err != nil {
		return nil, nil, err
	}
	bold, err = m.set.Read("fonts/NotoSansSC-Bold.ttf")
	return regular, bold, err
}
