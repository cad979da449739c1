package casework

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/redact"
	"consentry/redact/text"
)

const story = "王小明说，云岚科技的系统上线三个月。\n联系人：林知遥，电话 13800138000。\n王小明很满意。\n"

func TestEmptyRegistryHidesEverybody(t *testing.T) {
	b := newBench(t, "王小明", "林知遥", "云岚科技")
	b.write(t, "story.md", story)
	b.write(t, "王小明专访.txt", "这里只写了 Elena Petrova。联系 wang@example.com")
	r := b.mustClear(t, b.newCase(t))
	all := b.everything(t)
	for _, gone := range []string{"王小明", "林知遥", "云岚科技", "13800138000", "wang@example.com"} {
		if strings.Contains(all, gone) {
			t.Errorf("%d runes of a planted text survive in the package", len([]rune(gone)))
		}
	}
	if got := b.read(t, "files/story.md"); got != "客户A说，企业A的系统上线三个月。\n联系人：客户B，电话 [电话]。\n客户A很满意。\n" {
		t.Errorf("story reads %q", got)
	}
	if _, err := os.Stat(filepath.Join(b.out(), "files", "客户A专访.txt")); err != nil {
		t.Error("the file named after a person was not renamed:", err)
	}
	if r.Receipt.Size != 1 || len(r.Consents) != 0 {
		t.Errorf("release %+v", r)
	}
	if left, _ := filepath.Glob(filepath.Join(b.out(), ".consentry-*")); len(left) > 0 {
		t.Error("staging is left:", left)
	}
}

func TestConsentedStayAndWithdrawnGo(t *testing.T) {
	b := newBench(t, "王小明", "林知遥")
	b.agree(t, "lin", "林知遥", "Lin Zhiyao")
	b.write(t, "a.txt", "林知遥和王小明开会。\nLin Zhiyao came too.\n")
	b.write(t, "b.txt", "只有王小明。\n")
	c := b.newCase(t)
	r := b.mustClear(t, c)
	if got := b.read(t, "files/a.txt"); got != "林知遥和客户B开会。\nLin Zhiyao came too.\n" {
		t.Errorf("with consent: %q", got)
	}
	if !slices.Equal(r.Consents, []authz.ConsentID{"c_lin"}) {
		t.Errorf("the release leans on %v", r.Consents)
	}
	if rep := b.read(t, "report.json"); !strings.Contains(rep, "林知遥") || strings.Contains(rep, "王小明") {
		t.Error("the report names a hidden person, or not a shown one")
	}

	b.withdraw(t, "lin", today)
	b.heard.events = nil
	b.mustClear(t, c)
	if got := b.read(t, "files/a.txt"); got != "客户A和客户B开会。\nCustomer A came too.\n" {
		t.Errorf("after withdrawal: %q", got)
	}
	for step, want := range map[Step][]string{StepScan: nil, StepApply: {"a.txt"}, StepVerify: {"a.txt"}} {
		if got := b.heard.worked(step); !slices.Equal(got, want) {
			t.Errorf("%s worked on %q again, want %q", step, got, want)
		}
	}
}

func TestNamesakesAsk(t *testing.T) {
	b := newBench(t)
	b.agree(t, "one", "王敏")
	b.agree(t, "two", "王敏")
	b.write(t, "a.txt", "王敏讲话。\n")
	c := b.newCase(t)
	if _, err := b.clear(t, c); !errors.Is(err, ErrUnsettled) {
		t.Fatal("namesakes did not ask:", err)
	}
	if _, err := os.Stat(b.out()); err == nil {
		t.Error("something was written while a question was open")
	}
	c.HideUnsure = true
	b.mustClear(t, c)
	if got := b.read(t, "files/a.txt"); got != "客户A讲话。\n" {
		t.Errorf("with hide-unsure: %q", got)
	}
	c.HideUnsure = false
	p := b.scan(t, c)
	if err := b.Answer(t.Context(), p, Answer{Action: Identify, Text: "王敏", Subject: "two", By: "zhou"}); err != nil {
		t.Fatal(err)
	}
	b.mustClear(t, c)
	if got := b.read(t, "files/a.txt"); got != "王敏讲话。\n" {
		t.Errorf("identified: %q", got)
	}
	kept, err := b.Load(t.Context(), c.ID)
	if err != nil || len(kept.Answers) != 1 {
		t.Error("the answer was not kept:", err)
	}
}

func TestReviewerNamesAndOnlyConsentShows(t *testing.T) {
	b := newBench(t, "王小明")
	b.agree(t, "lin", "林知遥")
	if err := b.vault.PutSubject(t.Context(), authz.Subject{ID: "wang", Kind: authz.Person, Age: "adult", Names: []authz.Name{{Text: "王小明"}}}); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.txt", "王小明在。林知遥也在。\n")
	p := b.scan(t, b.newCase(t))
	wang, lin := p.Items[0], p.Items[1]
	for _, tc := range []struct {
		name   string
		answer Answer
		hidden bool
		refuse bool
	}{
		{"identified, without consent", Answer{Action: Identify, Item: wang.ID, Subject: "wang", By: "zhou"}, true, false},
		{"unknown subject", Answer{Action: Identify, Item: wang.ID, Subject: "nobody", By: "zhou"}, true, true},
		{"no reviewer", Answer{Action: HideIt, Item: wang.ID}, true, true},
		{"no such item", Answer{Action: HideIt, Item: "0", By: "zhou"}, true, true},
		{"clear of a sure finding", Answer{Action: Clear, Item: wang.ID, By: "zhou"}, true, true},
		{"no such action", Answer{Action: "show", Item: wang.ID, By: "zhou"}, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			n := len(p.Case.Answers)
			err := b.Answer(t.Context(), p, tc.answer)
			if tc.refuse != (err != nil) || tc.refuse && !errors.Is(err, ErrAnswer) && !errors.Is(err, authz.ErrUnknown) {
				t.Error("answer:", err)
			}
			if p.Item(wang.ID).Hidden() != tc.hidden {
				t.Error("hidden:", !tc.hidden)
			}
			if tc.refuse && len(p.Case.Answers) != n {
				t.Error("a refused answer was kept")
			}
		})
	}
	if err := b.Answer(t.Context(), p, Answer{Action: HideIt, Item: lin.ID, By: "zhou"}); err != nil || !p.Item(lin.ID).Hidden() {
		t.Error("a consented person cannot be hidden:", err)
	}
	if _, err := b.Undo(t.Context(), p); err != nil || p.Item(lin.ID).Hidden() {
		t.Error("undo:", err)
	}
}

func TestAllowListAndDrawn(t *testing.T) {
	b := newBench(t, "云岚科技")
	if err := b.vault.AddAllow(t.Context(), authz.Allowance{Text: "云岚科技", Reason: "our own company", By: "zhou", At: today}); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.txt", "云岚科技发布，项目代号海棠。\n")
	c := b.newCase(t)
	p := b.scan(t, c)
	if p.Items[0].Exempt != ExemptAllowed {
		t.Fatalf("%+v", p.Items[0])
	}
	draw := Answer{Action: Draw, Asset: c.Assets[0].Digest, Region: redact.Region{Start: 11, End: 13}, By: "zhou"}
	if err := b.Answer(t.Context(), p, draw); err != nil {
		t.Fatal(err)
	}
	b.mustClear(t, c)
	if got := b.read(t, "files/a.txt"); got != "云岚科技发布，项目代号[已隐去]。\n" {
		t.Errorf("%q", got)
	}
	if !strings.Contains(b.read(t, "report.json"), "our own company") {
		t.Error("the report does not say why a text was allowed")
	}
}

// pretending says that it redacts and copies.
type pretending struct{ text.Format }

type copied struct {
	redact.Document
	src io.Reader
}

func (f pretending) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	d, err := f.Format.Open(ctx, a, r)
	return copied{d, io.NewSectionReader(r, 0, a.Size)}, err
}

func (d copied) Rewrite(_ context.Context, w io.Writer, _ []redact.Redaction) (string, error) {
	_, err := io.Copy(w, d.src)
	return text.Plain, err
}

func (d copied) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return d.Document.Pages(ctx)
}

func TestPretendedRedactionIsCaught(t *testing.T) {
	b := newBench(t, "王小明")
	b.Formats[text.Plain] = pretending{}
	b.write(t, "a.txt", "王小明。\n")
	var leak *redact.LeakError
	if _, err := b.clear(t, b.newCase(t)); !errors.As(err, &leak) || len(leak.Leaks) == 0 {
		t.Fatal("not caught:", err)
	}
	if left, _ := filepath.Glob(filepath.Join(b.out(), "[^.]*")); len(left) > 0 {
		t.Error("something was exported:", left)
	}
}

func TestNothingUnprovedIsSigned(t *testing.T) {
	b := newBench(t, "王小明")
	for name, p := range map[string]*Proof{"nil": nil, "empty": {}} {
		if _, err := b.Sign(t.Context(), p, "zhou"); !errors.Is(err, ErrUnproved) {
			t.Errorf("%s proof: %v", name, err)
		}
	}
	b.write(t, "a.txt", "王小明。\n")
	e, err := b.Apply(t.Context(), b.scan(t, b.newCase(t)), b.out())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	b.Attacks = nil
	if _, err := b.Verify(t.Context(), e); !errors.Is(err, ErrUnproved) {
		t.Error("proved without an attack:", err)
	}
	if err := b.Export(t.Context(), &Release{}); !errors.Is(err, ErrUnproved) {
		t.Error("exported without a proof:", err)
	}
}

func TestLapsedConsentStopsTheSignature(t *testing.T) {
	b := newBench(t)
	b.agree(t, "lin", "林知遥")
	b.write(t, "a.txt", "林知遥。\n")
	e, err := b.Apply(t.Context(), b.scan(t, b.newCase(t)), b.out())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	p, err := b.Verify(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	b.Now = func() time.Time { return today.AddDate(2, 0, 0) }
	if _, err := b.Sign(t.Context(), p, "zhou"); !errors.Is(err, ErrStale) {
		t.Error("signed on a lapsed consent:", err)
	}
}

func TestWithdrawalCountsForEarlierDays(t *testing.T) {
	b := newBench(t)
	b.agree(t, "lin", "林知遥")
	b.withdraw(t, "lin", today.Add(-time.Hour))
	b.write(t, "a.txt", "林知遥。\n")
	c := b.newCase(t)
	c.On = today.AddDate(0, -1, 0) // a day on which the consent was in force
	if p := b.scan(t, c); !p.Items[0].Hidden() {
		t.Error("a withdrawn person shows for a day before the withdrawal")
	}
}

func TestBadInputIsNamedAndTheRestGoesOn(t *testing.T) {
	b := newBench(t, "王小明")
	b.write(t, "good.txt", "王小明。\n")
	b.write(t, "empty.txt", "")
	b.write(t, "binary.txt", "\x00\x01\x02\x03\xff\xfe\x00")
	b.write(t, "changed.txt", "先写的。\n")
	c := b.newCase(t)
	if len(c.Assets) != 2 || len(c.Refused) != 2 {
		t.Fatalf("%d taken, refused: %v", len(c.Assets), c.Refused)
	}
	b.write(t, "changed.txt", "后来改的。\n")
	p := b.scan(t, c)
	if !errors.Is(p.Assets[0].Err, ErrChanged) || p.Assets[1].Err != nil {
		t.Fatalf("%+v", p.Assets)
	}
	b.mustClear(t, c)
	files, err := os.ReadDir(filepath.Join(b.out(), "files"))
	if err != nil || len(files) != 1 || files[0].Name() != "good.txt" {
		t.Errorf("exported %v, %v", files, err)
	}
	if !strings.Contains(b.read(t, "report.json"), "changed since") {
		t.Error("the report does not name what was left out")
	}
}

func TestCancelKeepsWhatIsDone(t *testing.T) {
	b := newBench(t, "王小明")
	for _, n := range []string{"a.txt", "b.txt", "c.txt", "d.txt"} {
		b.write(t, n, n+" 王小明。\n")
	}
	c := b.newCase(t)
	b.Workers = 1
	ctx, cancel := context.WithCancel(t.Context())
	b.Progress = stopAfter{StepScan, 2, cancel}
	if _, err := b.Scan(ctx, c); !errors.Is(err, context.Canceled) {
		t.Fatal("not cancelled:", err)
	}
	b.Progress = b.heard
	b.heard.events = nil
	b.scan(t, c)
	if again := b.heard.worked(StepScan); len(again) != 2 {
		t.Errorf("%d assets scanned again, want 2", len(again))
	}
}

// The search over the whole case says how far it is, and stops.
func TestSearchIsHeardAndStops(t *testing.T) {
	b := newBench(t, "王小明")
	for _, n := range []string{"a.txt", "b.txt", "c.txt", "d.txt"} {
		b.write(t, n, n+" 王小明。\n")
	}
	c := b.newCase(t)
	if _, err := b.Scan(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	var done []int
	for _, e := range b.heard.events {
		if e.Step == StepSearch {
			done = append(done, e.Done)
			if e.Total != 4 {
				t.Errorf("%d of %d files", e.Done, e.Total)
			}
		}
	}
	if !slices.Equal(done, []int{0, 1, 2, 3, 4}) {
		t.Errorf("heard of %v files searched", done)
	}
	ctx, cancel := context.WithCancel(t.Context())
	b.Workers, b.Progress = 1, stopAfter{StepSearch, 2, cancel}
	if _, err := b.Scan(ctx, c); !errors.Is(err, context.Canceled) {
		t.Error("not cancelled:", err)
	}
}

type stopAfter struct {
	step Step
	n    int
	stop func()
}

func (s stopAfter) Report(e Event) {
	if e.Step == s.step && e.Done == s.n {
		s.stop()
	}
}

func TestAnswersAfterApplyAreNotInTheEdition(t *testing.T) {
	b := newBench(t, "王小明")
	b.write(t, "a.txt", "王小明。\n")
	p := b.scan(t, b.newCase(t))
	e, err := b.Apply(t.Context(), p, b.out())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	p.Items[0].Exempt = ExemptCleared
	p.Items = nil
	proof, err := b.Verify(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Sign(t.Context(), proof, "zhou")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := b.Report(t.Context(), r)
	if err != nil || rep.Hidden() != 1 {
		t.Errorf("%d hidden, %v", rep.Hidden(), err)
	}
}

// What is refused is told by its code: an earlier package, whole, among it.
func TestRefusals(t *testing.T) {
	b := newBench(t, "王小明")
	b.write(t, "a.txt", "王小明。\n")
	b.write(t, "old/report.json", "{}")
	b.write(t, "old/bundle/SHA256SUMS", "")
	b.write(t, "old/files/b.txt", "客户A。\n")
	b.write(t, "reports/report.json", "{}") // no package of ours
	b.write(t, "empty.txt", "")
	in := filepath.Join(b.dir, "in")
	if err := os.Symlink(filepath.Join(in, "a.txt"), filepath.Join(in, "link.txt")); err != nil {
		t.Fatal(err)
	}
	c := &Case{ID: NewID(), By: "zhou", Purpose: "case-study", Channel: "website", Territory: "CN", Out: b.out()}
	if err := b.Ingest(t.Context(), c, in, filepath.Join(in, "none.txt")); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range c.Refused {
		got[r.Name] = r.Code
	}
	want := map[string]string{"old": "package", "empty.txt": "empty", "link.txt": "irregular", "none.txt": "gone"}
	if len(c.Assets) != 2 || !maps.Equal(got, want) {
		t.Errorf("%d assets, refused %v", len(c.Assets), got)
	}
	for code, err := range map[string]error{
		"type": typeError{fmt.Errorf("%w: .raw", redact.ErrUnreadable)}, "password": typeError{fmt.Errorf("%w: %w", redact.ErrUnreadable, redact.ErrPassword)},
		"large": fmt.Errorf("%w: %w", redact.ErrUnreadable, redact.ErrTooLarge), "damaged": redact.ErrUnreadable, "": errors.New("else"),
	} {
		if got := RefusalCode(err); got != code {
			t.Errorf("%v is %q", err, got)
		}
	}
	// Who means the files of a package names the folder itself.
	c = &Case{ID: NewID(), By: "zhou", Purpose: "case-study", Channel: "website", Territory: "CN", Out: b.out()}
	if err := b.Ingest(t.Context(), c, filepath.Join(in, "old", "files")); err != nil || len(c.Assets) != 1 {
		t.Errorf("%d assets, %v", len(c.Assets), err)
	}
}

func TestIngestPassesOverItsOwnPackage(t *testing.T) {
	b := newBench(t, "王小明")
	b.write(t, "a.txt", "王小明。\n")
	b.write(t, "out/files/a.txt", "客户A。\n")
	b.write(t, ".hidden", "x\n")
	c := &Case{ID: NewID(), By: "zhou", Purpose: "case-study", Channel: "website", Territory: "CN", Out: filepath.Join(b.dir, "in", "out")}
	if err := b.Ingest(t.Context(), c, filepath.Join(b.dir, "in")); err != nil {
		t.Fatal(err)
	}
	if len(c.Assets) != 1 || c.Assets[0].Name != "a.txt" || len(c.Refused) != 0 {
		t.Errorf("%d assets, refused %v", len(c.Assets), c.Refused)
	}
}
