package wiring

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"consentry/assets"
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/sandbox"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/faces"
)

// The matching tests run on the sample photos with the real models. The faces of
// sample 3, from the left, are x, y and z; their names are invented.
const (
	sha    = "1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c"
	photo3 = "sample3.jpg"
)

// matchBench is an app with a vault on disk, whose temporary files go to a
// folder of its own.
type matchBench struct {
	*App
	dir        string // vault/, tmp/, in/
	hideUnsure bool
}

func newMatchBench(t *testing.T) *matchBench {
	t.Helper()
	b := &matchBench{dir: t.TempDir()}
	for _, d := range []string{"tmp", "in", "cache"} {
		if err := os.Mkdir(filepath.Join(b.dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TMPDIR", filepath.Join(b.dir, "tmp"))
	t.Setenv("XDG_CACHE_HOME", filepath.Join(b.dir, "cache"))
	vault := filepath.Join(b.dir, "vault")
	if err := store.Init(vault, []byte("correct horse"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	a, err := Open(vault, []byte("correct horse"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	b.App = a
	if err := a.Vault.PutNotice(t.Context(), authz.Notice{
		SHA256: sha, GivenAt: time.Now().AddDate(0, -3, 0), Items: []string{"handler", "purpose", "method", "kinds", "retention", "rights"},
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func samplePath(t *testing.T, name string) string {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "samples", name)
}

func (b *matchBench) person(t *testing.T, id authz.SubjectID) {
	t.Helper()
	if err := b.AddSubject(t.Context(), authz.Subject{ID: id, Kind: authz.Person, Age: "adult", Names: []authz.Name{{Text: string(id)}}, Created: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

// agree files a consent of a kind, changed by edit.
func (b *matchBench) agree(t *testing.T, id authz.SubjectID, kind string, edit func(*authz.Consent)) authz.ConsentID {
	t.Helper()
	now := time.Now().UTC()
	c := authz.Consent{
		ID: authz.ConsentID(store.NewID("c_")), Subject: id, Kind: kind, GivenBy: "self", CollectedBy: "us",
		Events:   []authz.Event{{State: authz.Given, At: now.AddDate(0, -2, 0)}},
		Evidence: sha, Notice: sha, NoticeSHA256: sha, Voluntary: true, Separate: true, Written: true,
		From: now.AddDate(0, -2, 0), Until: now.AddDate(1, 0, 0),
	}
	if kind == "publish" {
		c.Purposes, c.Channels, c.Territories = []authz.Purpose{"event-report"}, []authz.Channel{"website"}, []authz.Territory{"CN"}
		c.Shows = []authz.Shows{"portrait"}
	}
	if edit != nil {
		edit(&c)
	}
	if _, err := b.Grant(t.Context(), registry.Grant{Consent: c}); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// view writes a part of a sample photo as a photo of its own: scaled, lighter.
func (b *matchBench) view(t *testing.T, name string, part image.Rectangle, scale, light float64) string {
	t.Helper()
	f, err := os.Open(samplePath(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(image.Rect(0, 0, int(float64(part.Dx())*scale), int(float64(part.Dy())*scale)))
	draw.BiLinear.Scale(out, out.Rect, img, part, draw.Src, nil)
	for i, v := range out.Pix {
		if i%4 != 3 {
			out.Pix[i] = byte(min(255, float64(v)*light))
		}
	}
	path := filepath.Join(b.dir, fmt.Sprintf("view-%d-%.1f-%.1f.jpg", part.Min.X, scale, light))
	w, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := jpeg.Encode(w, out, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	return path
}

// portraits opens photos for Enrol.
func portraits(t *testing.T, face int, paths ...string) (ps []Portrait) {
	t.Helper()
	for _, p := range paths {
		f, err := os.Open(p)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		st, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, Portrait{Name: filepath.Base(p), Body: f, Size: st.Size(), Face: face})
	}
	return ps
}

// faces of sample 3, each with some room around it.
var (
	faceX = image.Rect(500, 250, 880, 690)
	faceY = image.Rect(980, 120, 1400, 610)
	faceZ = image.Rect(1420, 200, 1780, 660)
)

func (b *matchBench) copy(t *testing.T, names ...string) {
	t.Helper()
	for _, n := range names {
		data, err := os.ReadFile(samplePath(t, n))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(b.dir, "in", n), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (b *matchBench) desk(t *testing.T) *casework.Desk {
	t.Helper()
	d, err := b.Desk(t.Context(), casework.Writing{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (b *matchBench) scan(t *testing.T, d *casework.Desk) *casework.Plan {
	t.Helper()
	c := &casework.Case{ID: "C-match", Created: time.Now(), By: "zhou", Purpose: "event-report", Channel: "website", Territory: "CN", Mode: casework.Anonymise, HideUnsure: b.hideUnsure}
	if err := d.Ingest(t.Context(), c, filepath.Join(b.dir, "in")); err != nil {
		t.Fatal(err)
	}
	p, err := d.Scan(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at is the face of a photo whose middle lies in part.
func at(t *testing.T, p *casework.Plan, name string, part image.Rectangle) *casework.Item {
	t.Helper()
	for i := range p.Items {
		it := &p.Items[i]
		box := it.Finding.Region.Box
		if it.Finding.Kind == redact.Face && p.Case.Assets[it.Asset].Name == name && box.Min.Add(box.Max).Div(2).In(part) {
			return it
		}
	}
	t.Fatalf("no face in %v of %s", part, name)
	return nil
}

// entries are the actions that the ledger tells of.
func (b *matchBench) entries(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := b.Ledger().Export(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEnrolNeedsTheOwnConsent(t *testing.T) {
	b := newMatchBench(t)
	good := b.view(t, photo3, faceX, 1, 1)
	past := time.Now().AddDate(0, 0, -1)
	for name, c := range map[string]struct {
		kind string
		edit func(*authz.Consent)
		age  authz.Age
	}{
		"none":              {},
		"portrait only":     {kind: "publish"},
		"by the company":    {kind: "face-match", edit: func(c *authz.Consent) { c.GivenBy = "company" }},
		"by another":        {kind: "face-match", edit: func(c *authz.Consent) { c.GivenBy, c.Authority = "other", true }},
		"bundled":           {kind: "face-match", edit: func(c *authz.Consent) { c.Separate = false }},
		"over":              {kind: "face-match", edit: func(c *authz.Consent) { c.Until = past }},
		"without end":       {kind: "face-match", edit: func(c *authz.Consent) { c.Until = time.Time{} }},
		"withdrawn":         {kind: "face-match", edit: func(c *authz.Consent) { c.Events = append(c.Events, authz.Event{State: authz.Withdrawn, At: past}) }},
		"without notice":    {kind: "face-match", edit: func(c *authz.Consent) { c.Notice, c.NoticeSHA256 = "", "" }},
		"a minor's":         {kind: "face-match", age: "under-18"},
		"of an unclear age": {kind: "face-match", age: "unclear"},
	} {
		t.Run(name, func(t *testing.T) {
			id := authz.SubjectID(store.NewID("s_"))
			s := authz.Subject{ID: id, Kind: authz.Person, Age: c.age, Names: []authz.Name{{Text: string(id)}}}
			if err := b.AddSubject(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if c.kind != "" {
				b.agree(t, id, c.kind, c.edit)
			}
			if _, err := b.Enrol(t.Context(), id, "zhou", portraits(t, 0, good)); !errors.Is(err, ErrEnrol) {
				t.Errorf("enrolled, or failed otherwise: %v", err)
			}
		})
	}
	if ids, err := b.Vault.Docs(t.Context(), casework.TemplateBucket); err != nil || len(ids) != 0 {
		t.Errorf("%d templates, %v", len(ids), err)
	}
}

func TestEnrolNeedsClearPhotosOfOnePerson(t *testing.T) {
	b := newMatchBench(t)
	b.person(t, "s_x")
	b.agree(t, "s_x", "face-match", nil)
	x1, x2 := b.view(t, photo3, faceX, 1, 1), b.view(t, photo3, faceX, 0.8, 1.2)
	y := b.view(t, photo3, faceY, 1, 1)
	small := b.view(t, photo3, faceX, 0.3, 1)
	for name, ps := range map[string][]Portrait{
		"several faces":    portraits(t, 0, samplePath(t, photo3)),
		"no fourth face":   portraits(t, 4, samplePath(t, photo3)),
		"a small face":     portraits(t, 0, small),
		"no face":          portraits(t, 0, b.view(t, photo3, image.Rect(0, 0, 200, 200), 1, 1)),
		"another's photo":  portraits(t, 0, x1, x2, y),
		"two people's":     portraits(t, 0, x1, y),
		"no photo":         nil,
		"too many":         portraits(t, 0, slices.Repeat([]string{x1}, maxPortraits+1)...),
		"a text":           {{Name: "a.txt", Body: strings.NewReader("王小明"), Size: 9}},
		"an empty file":    {{Name: "a.jpg", Body: strings.NewReader(""), Size: 0}},
		"a damaged photo":  {{Name: "a.jpg", Body: strings.NewReader("\xff\xd8\xff\xe0 and nothing more"), Size: 21}},
		"a place, no face": {{Name: "b.jpg", Body: portraits(t, 0, x1)[0].Body, Size: portraits(t, 0, x1)[0].Size, Box: image.Rect(0, 0, 5, 5)}},
	} {
		if _, err := b.Enrol(t.Context(), "s_x", "zhou", ps); err == nil {
			t.Errorf("%s: enrolled", name)
		}
	}
	e, err := b.Enrol(t.Context(), "s_x", "zhou", append(portraits(t, 0, x1, x2), portraits(t, 1, samplePath(t, photo3))...))
	if err != nil || e.Photos != 3 {
		t.Fatalf("%+v, %v", e, err)
	}
	if log := b.entries(t); strings.Count(log, "face.enrol") != 1 {
		t.Error("the ledger does not tell of one enrolment")
	}
}

// Who is enrolled and agreed to be shown is shown by the match; who is enrolled
// only stays hidden without a question; a stranger is unknown. A withdrawal ends
// it at once, template and all.
func TestMatch(t *testing.T) {
	b := newMatchBench(t)
	ctx := t.Context()
	b.copy(t, photo3, "sample5.jpg", "sample1.jpg")
	for _, id := range []authz.SubjectID{"s_x", "s_y"} {
		b.person(t, id)
		b.agree(t, id, "face-match", nil)
	}
	shows := b.agree(t, "s_x", "publish", nil)
	for id, part := range map[authz.SubjectID]image.Rectangle{"s_x": faceX, "s_y": faceY} {
		if _, err := b.Enrol(ctx, id, "zhou", portraits(t, 0, b.view(t, photo3, part, 0.9, 1.15), b.view(t, photo3, part, 0.7, 0.9))); err != nil {
			t.Fatal(err)
		}
	}
	d := b.desk(t)
	p := b.scan(t, d)
	x, y, z := at(t, p, photo3, faceX), at(t, p, photo3, faceY), at(t, p, photo3, faceZ)
	if x.Hidden() || x.Decision.Subject != "s_x" || !slices.Equal(x.Decision.Consents, []authz.ConsentID{shows}) || x.Likely[0].Why != casework.WhyFaceMatch {
		t.Errorf("enrolled and consented: %+v, %+v", x.Decision, x.Likely)
	}
	if y.Decision.Verdict != authz.Hide || y.Decision.Reason != "no-consent" || len(y.Likely) == 0 {
		t.Errorf("enrolled only: %+v, %+v", y.Decision, y.Likely)
	}
	if z.Decision.Verdict != authz.Hide || len(z.Likely) > 0 && z.Likely[0].Why == casework.WhyFaceMatch {
		t.Errorf("stranger: %+v, %+v", z.Decision, z.Likely)
	}
	// In sample 1 y seems to stand again, made up and in other light.
	if y := at(t, p, "sample1.jpg", image.Rect(1400, 150, 1750, 500)); !y.Hidden() || len(y.Likely) == 0 || y.Likely[0].Subject != "s_y" {
		t.Errorf("in another photo: %+v, %+v", y.Decision, y.Likely)
	}
	for _, it := range p.Items {
		if p.Case.Assets[it.Asset].Name == "sample5.jpg" && !it.Hidden() {
			t.Errorf("a stranger of another photo is shown: %+v", it.Likely)
		}
	}
	if log := b.entries(t); strings.Count(log, "face.match") != 1 {
		t.Error("the ledger does not tell of one matching")
	}

	// A reviewer's word goes before the match.
	if err := d.Answer(ctx, p, casework.Answer{Action: casework.Identify, Item: x.ID, Subject: "s_y", By: "li"}); err != nil {
		t.Fatal(err)
	}
	if x := at(t, p, photo3, faceX); !x.Hidden() || x.Decision.Subject != "s_y" {
		t.Errorf("identified as another: %+v", x.Decision)
	}
	if _, err := d.Undo(ctx, p); err != nil {
		t.Fatal(err)
	}

	// A box that a reviewer moves leaves the match behind, and hides.
	x = at(t, p, photo3, faceX)
	to := redact.Region{Box: x.Finding.Region.Box.Add(image.Pt(400, 0))}
	if err := d.Answer(ctx, p, casework.Answer{Action: casework.Move, Item: x.ID, Region: to, By: "li"}); err != nil {
		t.Fatal(err)
	}
	for _, it := range p.Items {
		if !it.Hidden() {
			t.Errorf("shown after the box was moved: %v, %+v", it.Finding.Region.Box, it.Decision)
		}
	}
	if _, err := d.Undo(ctx, p); err != nil {
		t.Fatal(err)
	}
	if x := at(t, p, photo3, faceX); x.Hidden() {
		t.Errorf("after undo: %+v", x.Decision)
	}

	// Kept results do not outlive the consent.
	if n, err := b.Withdraw(ctx, "s_x", registry.No{Intake: "call"}); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if ids, err := b.Vault.Docs(ctx, casework.TemplateBucket); err != nil || !slices.Equal(ids, []string{"s_y"}) {
		t.Errorf("templates after the withdrawal: %v, %v", ids, err)
	}
	if log := b.entries(t); strings.Count(log, "face.template.delete") != 1 {
		t.Error("the ledger does not tell of one deletion")
	}
	if x := at(t, b.scan(t, b.desk(t)), photo3, faceX); !x.Hidden() || slices.ContainsFunc(x.Likely, func(l casework.Likely) bool { return l.Subject == "s_x" }) {
		t.Errorf("after the withdrawal: %+v, %+v", x.Decision, x.Likely)
	}
}

// A consent that runs out ends the use at once and the template at the next
// opening; a template of other models is left alone and said to be.
func TestTemplateEnds(t *testing.T) {
	b := newMatchBench(t)
	ctx := t.Context()
	b.copy(t, photo3)
	b.person(t, "s_x")
	b.agree(t, "s_x", "publish", nil)
	b.agree(t, "s_x", "face-match", func(c *authz.Consent) { c.Until = time.Now().Add(time.Hour) })
	if _, err := b.Enrol(ctx, "s_x", "zhou", portraits(t, 0, b.view(t, photo3, faceX, 1, 1))); err != nil {
		t.Fatal(err)
	}
	d := b.desk(t)
	if x := at(t, b.scan(t, d), photo3, faceX); x.Hidden() {
		t.Fatalf("not matched: %+v, %+v", x.Decision, x.Likely)
	}
	d.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	p := b.scan(t, d)
	if x := at(t, p, photo3, faceX); !x.Hidden() || len(x.Likely) != 0 || len(p.Unused) != 1 || p.Unused[0].Reason != "face-match-ended" {
		t.Errorf("after the last day: %+v, %+v, %+v", x.Decision, x.Likely, p.Unused)
	}
	doc, err := b.Vault.Doc(ctx, casework.TemplateBucket, "s_x")
	if err != nil {
		t.Fatal(err)
	}
	old := bytes.Replace(doc, []byte("face-match/"), []byte("face-match/0."), 1)
	if err := b.Vault.PutDoc(ctx, casework.TemplateBucket, "s_x", old); err != nil {
		t.Fatal(err)
	}
	p = b.scan(t, b.desk(t))
	if x := at(t, p, photo3, faceX); !x.Hidden() || len(p.Unused) != 1 || p.Unused[0].Reason != casework.TemplateStale {
		t.Errorf("of other models: %+v, %+v", x.Decision, p.Unused)
	}
	if es, err := b.Enrolled(ctx); err != nil || len(es) != 1 || es[0].Unused != casework.TemplateStale {
		t.Errorf("listed as %+v, %v", es, err)
	}
	// Its consent runs out: the next to look deletes it.
	b.person(t, "s_y")
	over := b.agree(t, "s_y", "face-match", nil)
	if err := b.Vault.PutDoc(ctx, casework.TemplateBucket, "s_y", bytes.ReplaceAll(doc, []byte("s_x"), []byte("s_y"))); err != nil {
		t.Fatal(err)
	}
	if err := b.Vault.AppendEvent(ctx, over, authz.Event{State: authz.Expired, At: time.Now().UTC()}); err != nil {
		t.Fatal(err)
	}
	if n, err := b.PurgeTemplates(ctx); n != 1 || err != nil {
		t.Errorf("%d purged, %v", n, err)
	}
}

// Two people whose faces cannot be told apart are a question, even where both
// agreed to be shown.
func TestLookAlikesAsk(t *testing.T) {
	b := newMatchBench(t)
	b.copy(t, photo3)
	for i, id := range []authz.SubjectID{"s_x", "s_twin"} {
		b.person(t, id)
		b.agree(t, id, "publish", nil)
		b.agree(t, id, "face-match", nil)
		e, err := b.Enrol(t.Context(), id, "zhou", portraits(t, 0, b.view(t, photo3, faceX, 1-0.2*float64(i), 1+0.1*float64(i))))
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Alike) != i {
			t.Errorf("%s: looks like %v", id, e.Alike)
		}
	}
	x := at(t, b.scan(t, b.desk(t)), photo3, faceX)
	if x.Decision.Verdict != authz.Ask || x.Decision.Reason != "namesakes" || len(x.Candidates) != 2 {
		t.Errorf("%+v, %+v", x.Decision, x.Likely)
	}
}

// recorder keeps what steps keep.
type recorder struct {
	casework.Results
	mu   sync.Mutex
	kept [][]byte
}

func (r *recorder) Put(ctx context.Context, key [32]byte, data []byte) error {
	r.mu.Lock()
	r.kept = append(r.kept, data)
	r.mu.Unlock()
	return r.Results.Put(ctx, key, data)
}

// written are how a vector could be written down: numbers next to each other in
// memory, or any number in text.
func written(v []float32) (fs [][]byte) {
	for i := 0; i+3 < len(v); i += 16 {
		var le, be []byte
		for _, x := range v[i : i+3] {
			le = binary.LittleEndian.AppendUint32(le, math.Float32bits(x))
			be = binary.BigEndian.AppendUint32(be, math.Float32bits(x))
		}
		fs = append(fs, le, be)
	}
	for _, x := range v {
		if s := fmt.Sprint(x); len(s) >= 10 {
			fs = append(fs, []byte(s))
		}
	}
	return fs
}

// Nothing of a stranger's vector is written: not to the vault, not in what is
// sealed in it, not to caches and temporary files; with matching and grouping on
// and a package made.
func TestStrangersVectorsAreNotWritten(t *testing.T) {
	b := newMatchBench(t)
	ctx := t.Context()
	b.copy(t, photo3, "sample6.jpg", "sample1.jpg")
	b.person(t, "s_x")
	b.agree(t, "s_x", "publish", nil)
	b.agree(t, "s_x", "face-match", nil)
	if _, err := b.Enrol(ctx, "s_x", "zhou", portraits(t, 0, b.view(t, photo3, faceX, 1, 1))); err != nil {
		t.Fatal(err)
	}
	if err := b.AssessGrouping(ctx, "needed to settle many photos at once", "zhou"); err != nil {
		t.Fatal(err)
	}
	b.hideUnsure = true
	d := b.desk(t)
	rec := &recorder{Results: d.Results}
	d.Results = rec
	var heard heardFeatures
	heard.Recogniser = d.Recogniser
	d.Recogniser = &heard
	p := b.scan(t, d)
	e, err := d.Apply(ctx, p, filepath.Join(b.dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if len(heard.features) < 7 {
		t.Fatalf("only %d strangers were described: the test looks for nothing", len(heard.features))
	}
	template, err := b.Vault.Doc(ctx, casework.TemplateBucket, "s_x")
	if err != nil {
		t.Fatal(err)
	}
	var own casework.Template
	if err := json.Unmarshal(template, &own); err != nil {
		t.Fatal(err)
	}
	if !holds(template, written(own.Prints[0])) {
		t.Fatal("the search does not find a vector where one is")
	}
	var all [][]byte
	all = append(all, rec.kept...)
	all = append(all, template, []byte(b.entries(t)))
	for _, bucket := range []string{store.CaseBucket, store.ReleaseBucket, casework.AssessmentBucket} {
		ids, err := b.Vault.Docs(ctx, bucket)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			doc, err := b.Vault.Doc(ctx, bucket, id)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, doc)
		}
	}
	files := 0
	err = filepath.WalkDir(b.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		all = append(all, data)
		return err
	})
	if err != nil || files < 5 || len(rec.kept) < 6 {
		t.Fatalf("%d files, %d results, %v", files, len(rec.kept), err)
	}
	for n, v := range heard.features {
		fs := written(v)
		for _, data := range all {
			if holds(data, fs) {
				t.Errorf("stranger %d of %d: the vector was written", n, len(heard.features))
			}
		}
	}
}

func holds(data []byte, forms [][]byte) bool {
	return slices.ContainsFunc(forms, func(f []byte) bool { return bytes.Contains(data, f) })
}

// heardFeatures keeps the features that a recogniser gave of strangers.
type heardFeatures struct {
	casework.Recogniser
	mu       sync.Mutex
	features []casework.Features
}

func (h *heardFeatures) Recognise(ctx context.Context, p redact.Page, fs []redact.Finding, ts []casework.Template, features bool) ([]casework.Recognised, error) {
	rs, err := h.Recogniser.Recognise(ctx, p, fs, ts, features)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range rs {
		if r.Features != nil && (len(r.Near) == 0 || r.Near[0].Distance > casework.Proposes) {
			h.features = append(h.features, slices.Clone(r.Features))
		}
	}
	return rs, err
}

// Grouping is off until an assessment is written; one answer then settles all
// photos of a person, and stands after grouping is off again.
func TestGrouping(t *testing.T) {
	b := newMatchBench(t)
	ctx := t.Context()
	b.copy(t, photo3, "sample6.jpg")
	for i, scale := range []float64{0.9, 0.7} { // two more photos of x
		data, err := os.ReadFile(b.view(t, photo3, faceX, scale, 1.1))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(b.dir, "in", fmt.Sprintf("more%d.jpg", i)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.person(t, "s_x")
	b.agree(t, "s_x", "publish", nil)
	d := b.desk(t)
	if p := b.scan(t, d); len(p.Groups()) != 0 || at(t, p, photo3, faceX).Group != "" {
		t.Error("grouped without an assessment")
	}
	if err := b.AssessGrouping(ctx, " ", "zhou"); !errors.Is(err, ErrAssessment) {
		t.Errorf("an empty assessment: %v", err)
	}
	if err := b.AssessGrouping(ctx, "many photos of few people; in memory only", "zhou"); err != nil {
		t.Fatal(err)
	}
	p := b.scan(t, d)
	x := at(t, p, photo3, faceX)
	if gs := p.Groups(); len(gs) != 1 || len(gs[0].Items) != 3 || gs[0].ID != x.Group {
		t.Fatalf("groups: %+v; x is in %q", p.Groups(), x.Group)
	}
	if z := at(t, p, photo3, faceZ); z.Group != "" {
		t.Error("another face of the photo is in the group")
	}
	again := b.scan(t, d)
	if !slices.EqualFunc(p.Groups(), again.Groups(), func(a, b casework.Group) bool { return a.ID == b.ID && slices.Equal(a.Items, b.Items) }) {
		t.Errorf("kept groups differ: %+v", again.Groups())
	}
	if log := b.entries(t); strings.Count(log, "face.group\\\"") != 1 && strings.Count(log, `face.group"`) != 1 {
		t.Error("the ledger does not tell of one grouping")
	}
	for name, a := range map[string]casework.Answer{
		"nobody's":      {Action: casework.HideIt},
		"a clearing":    {Action: casework.Clear, By: "li"},
		"of a stranger": {Action: casework.Identify, Subject: "s_none", By: "li"},
	} {
		if err := d.AnswerGroup(ctx, p, x.Group, a); !errors.Is(err, casework.ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.AnswerGroup(ctx, p, x.Group, casework.Answer{Action: casework.Identify, Subject: "s_x", By: "li"}); err != nil {
		t.Fatal(err)
	}
	shown := func(p *casework.Plan) (n int) {
		for _, it := range p.Items {
			if !it.Hidden() {
				n++
			}
		}
		return n
	}
	if n := shown(p); n != 3 {
		t.Errorf("%d of 3 faces are shown", n)
	}
	if _, err := d.Undo(ctx, p); err != nil || shown(p) != 0 || len(p.Case.Answers) != 0 {
		t.Errorf("after undo %d shown, %d answers, %v", shown(p), len(p.Case.Answers), err)
	}
	if err := d.AnswerGroup(ctx, p, x.Group, casework.Answer{Action: casework.Identify, Subject: "s_x", By: "li"}); err != nil {
		t.Fatal(err)
	}
	if err := b.StopGrouping(ctx); err != nil {
		t.Fatal(err)
	}
	later, err := d.Scan(ctx, p.Case)
	if err != nil || len(later.Groups()) != 0 || shown(later) != 3 {
		t.Errorf("grouping off: %d groups, %d shown, %v", len(later.Groups()), shown(later), err)
	}
}

// The test binary is its own sandboxed child.
func TestMain(m *testing.M) {
	sandbox.Main(Tasks(), Services())
	os.Exit(m.Run())
}

func TestStrangerAmongPortraits(t *testing.T) {
	// Each photo is a point on a line; SFace agrees where dlib's network does.
	at := func(xs ...float32) (ps []faces.Print) {
		for _, x := range xs {
			p := faces.Print{Dlib: [128]float32{x}}
			p.SFace[int(x)] = 1
			ps = append(ps, p)
		}
		return ps
	}
	for name, c := range map[string]struct {
		ps   []faces.Print
		want int
	}{
		"none":                {nil, -1},
		"one":                 {at(1), -1},
		"two of one":          {at(1, 1.5), -1},
		"two people":          {at(1, 3), 1},
		"the first":           {at(5, 1, 1.2), 0},
		"the last":            {at(1, 1.2, 5), 2},
		"two against three":   {at(5, 1, 5.1, 1.2, 1.4), 0},
		"joined by the third": {at(1, 1.9, 1.45), -1},
	} {
		if got := stranger(c.ps); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	near := at(1, 1.1)
	near[1].SFace = [128]float32{9: 1}
	if got := stranger(near); got != 1 {
		t.Errorf("SFace differs: %d", got)
	}
}

// Both rooms speak of the same bounds.
func TestBoundsAreTheSame(t *testing.T) {
	if casework.Proposes != faces.Near || casework.Asks != faces.Far {
		t.Error("casework and redact/faces differ")
	}
}
