//go:build linux

// Command measure opens the case room on a display with a case of invented
// findings, and prints how long the window takes: to filter and scroll them, and to
// move and zoom a photo. It is for docs/evaluation/desktop.md.
package main

import (
	"flag"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

func main() {
	findings := flag.Int("findings", 50000, "how many findings the case has")
	files := flag.Int("files", 2000, "how many files it has")
	photo := flag.String("photo", "", "a `JPEG` to move and zoom")
	regular := flag.String("regular", "", "Noto Sans SC as TTF")
	steps := flag.Int("steps", 50, "how often each thing is done")
	only := flag.String("only", "", "findings, files or photo: measure this `part` alone")
	flag.Parse()
	font, err := os.ReadFile(*regular)
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
	debug.SetGCPercent(25) // as both programs do
	a := app.NewWithID("io.consentry.measure")
	a.Settings().SetTheme(theme.New(theme.Light, 1, font, font))
	w := a.NewWindow("measure")
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1440, 900))
	m := &meter{painted: make(chan time.Time, 1)}
	m.raster = canvas.NewRaster(func(int, int) image.Image {
		select {
		case m.painted <- time.Now():
		default:
		}
		return image.NewUniform(theme.Paper)
	})
	m.raster.SetMinSize(fyne.NewSize(1, 1))
	plan := invented(*findings, *files)
	tiles := &grey{made: map[state.Tile]state.Drawn{}}
	bench := screens.NewWorkbench(i18n.For("zh"), authz.Vocabulary{}, *plan.Case, "/tmp", nil, idle{}, idle{}, tiles, nil, func(fyne.Focusable) {})
	view := widgets.NewPhotoView()
	stack := container.NewStack(bench.Content)
	w.SetContent(container.NewBorder(nil, m.raster, nil, nil, stack))
	w.Show()
	go func() {
		time.Sleep(time.Second)
		v := state.NewView(plan, state.Review)
		for i := range v.Files {
			v.Files[i].Drawn = true // each has a small picture
		}
		m.once("the view is shown", func() { bench.SetView(v, screens.Known{}) })
		if *only == "" || *only == "findings" {
			scroll(m, bench, *steps)
		}
		if *only == "" || *only == "files" {
			m.once("files", func() { bench.ShowFiles(true) })
			m.steps("scroll files with small pictures", *steps, func(i int) { bench.Files.ScrollToOffset(float32(i * 40)) })
			m.steps("jump through files", *steps, func(i int) { bench.Files.ScrollToOffset(float32(i*1171%2000) * 60) })
		}
		if *photo != "" && (*only == "" || *only == "photo") {
			pan(m, view, stack, *photo, *steps)
		}
		fmt.Print(memory())
		fyne.Do(a.Quit)
	}()
	a.Run()
}

// scroll filters the findings and moves through them.
func scroll(m *meter, bench *screens.Workbench, steps int) {
	for _, f := range []state.Filter{state.Asks, state.Faces, state.Texts, state.Sensitive, state.All} {
		m.once("filter "+string(f), func() { bench.SetFilter(f) })
	}
	m.steps("scroll findings", steps, func(i int) { bench.List.ScrollToOffset(float32(i * 40)) })
}

// pan moves and zooms a photo that was decoded before.
func pan(m *meter, view *widgets.PhotoView, stack *fyne.Container, path string, steps int) {
	f, err := os.Open(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		return
	}
	defer f.Close()
	began := time.Now()
	img, _, err := image.Decode(f)
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		return
	}
	decoded := time.Now()
	result, source := widgets.NewPyramid(img), widgets.NewPyramid(upright(img))
	fmt.Printf("photo of %v: decoded in %v, two pyramids in %v\n", img.Bounds().Size(), decoded.Sub(began).Round(time.Millisecond), time.Since(decoded).Round(time.Millisecond))
	img = nil
	m.once("photo shown", func() {
		stack.Objects = []fyne.CanvasObject{view}
		stack.Refresh()
		view.SetPicture(result)
	})
	m.steps("zoom in", steps, func(int) { view.Zoom(1.1) })
	m.steps("pan", steps, func(i int) {
		view.MouseDown(&desktop.MouseEvent{})
		view.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(float32(7-i/max(steps/2, 1)*14), 5)})
		view.DragEnd()
	})
	m.once("compare", func() { view.Compare(source) })
	m.steps("slide", steps, func(i int) { view.Slide(float64(i) / float64(steps)) })
	m.steps("zoom out", steps, func(int) { view.Zoom(1 / 1.1) })
}

// upright is a picture as the photos' format gives it.
func upright(img image.Image) *image.NRGBA {
	m := image.NewNRGBA(img.Bounds())
	draw.Draw(m, m.Rect, img, m.Rect.Min, draw.Src)
	return m
}

// meter times what the window does until it has painted.
type meter struct {
	raster  *canvas.Raster
	painted chan time.Time
}

// thread asks for the times of the calling thread alone: the window's goroutine
// never leaves its thread.
const thread = 1

// cpu is the processor time that the program, or the calling thread, has used.
func cpu(who int) time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(who, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// frame does something on the window's goroutine and waits for the frame; block is
// the processor time for which the goroutine was held, all the time until the frame
// was painted, waiting for other programs included.
func (m *meter) frame(do func()) (block, all time.Duration) {
	select {
	case <-m.painted:
	default:
	}
	began := time.Now()
	fyne.DoAndWait(func() {
		from := cpu(thread)
		do()
		block = cpu(thread) - from
		m.raster.Refresh()
	})
	at := <-m.painted
	fyne.DoAndWait(func() {}) // runs after the frame is swapped
	return block, max(at.Sub(began), time.Since(began))
}

func (m *meter) once(what string, do func()) {
	used := cpu(syscall.RUSAGE_SELF)
	block, all := m.frame(do)
	fmt.Printf("%s: %v, with its frame %v; processor %v\n", what, block.Round(time.Millisecond), all.Round(time.Millisecond), (cpu(syscall.RUSAGE_SELF) - used).Round(time.Millisecond))
}

func (m *meter) steps(what string, n int, do func(int)) {
	var frames, blocks []time.Duration
	began, used := time.Now(), cpu(syscall.RUSAGE_SELF)
	for i := range n {
		b, f := m.frame(func() { do(i) })
		blocks, frames = append(blocks, b), append(frames, f)
	}
	all := time.Since(began)
	slices.Sort(frames)
	slices.Sort(blocks)
	fmt.Printf("%s: %.0f frames a second, frame median %v, 95 %% %v, longest block %v; processor a frame %v\n", what, float64(n)/all.Seconds(),
		frames[n/2].Round(time.Millisecond), frames[n*95/100].Round(time.Millisecond), blocks[n-1].Round(time.Millisecond), ((cpu(syscall.RUSAGE_SELF) - used) / time.Duration(n)).Round(100*time.Microsecond))
}

// grey gives small pictures as if they had been drawn: as many as the window keeps.
type grey struct{ made map[state.Tile]state.Drawn }

func (g *grey) Tile(k state.Tile) (state.Drawn, bool) {
	k.Asset %= 500
	d, ok := g.made[k]
	if !ok {
		m := image.NewNRGBA(image.Rect(0, 0, 180, 120))
		for i := range m.Pix {
			m.Pix[i] = byte(i*k.Asset) | byte(255*(i%4/3)) // opaque
		}
		d = state.Drawn{Result: m, Source: m}
		g.made[k] = d
	}
	return d, true
}

type idle struct{}

func (idle) Apply()                     {}
func (idle) Sign()                      {}
func (idle) Stop()                      {}
func (idle) ChooseOut()                 {}
func (idle) OpenOut()                   {}
func (idle) Options()                   {}
func (idle) Explain(_, _ string) string { return "登记里没有这个人。" }
func (idle) Cite(_, _ string) string    { return "《个人信息保护法》第十三条" }

// invented is a plan of findings of people who do not exist.
func invented(n, files int) *casework.Plan {
	c := &casework.Case{ID: "C-measure", Title: "Measure", By: "measure"}
	for i := range files {
		c.Assets = append(c.Assets, casework.Asset{Asset: redact.Asset{Name: fmt.Sprintf("大会_%04d.jpg", i), Type: "image/jpeg", Digest: redact.Sum([]byte{byte(i), byte(i >> 8)})}})
	}
	p := &casework.Plan{Case: c, Assets: make([]casework.AssetState, files)}
	for i := range n {
		it := casework.Item{ID: fmt.Sprint("i", i), Asset: i % max(files, 1)}
		switch i % 3 {
		case 0:
			it.Finding = redact.Finding{Kind: redact.Face, Tier: redact.Sure, Score: 0.9, Region: redact.Region{Box: image.Rect(i%500, 10, i%500+40, 60)}}
		default:
			text := "王" + string(rune(0x4e00+i%4000)) + string(rune(0x4e00+i%97))
			it.Finding = redact.Finding{Kind: redact.Person, Tier: redact.Sure, Score: 1, Text: text, Region: redact.Region{Start: i * 4, End: i*4 + 3}}
			it.Entity, it.Label = fmt.Sprint(i), "客户A"
		}
		if i%1000 == 1 {
			it.Decision.Verdict = authz.Ask
		}
		if i%7 == 0 {
			it.Sensitivity = redact.Sensitive
		}
		p.Items = append(p.Items, it)
	}
	return p
}

// memory is the size of the program in memory, on Linux.
func memory() string {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return ""
	}
	var out string
	for l := range strings.Lines(string(b)) {
		if strings.HasPrefix(l, "VmRSS") || strings.HasPrefix(l, "VmHWM") {
			out += l
		}
	}
	return out
}
