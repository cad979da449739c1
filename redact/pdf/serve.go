package pdf

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"

	"consentry/internal/sandbox"
	"consentry/redact"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
	"consentry/redact/pdf/setting"
)

const service = "pdf"

// place is where the child finds PDFium, before it is confined.
type place struct{ Wasm, Cache string }

// Services is what a program that uses this format hands to sandbox.Main. hide
// makes the function that destroys the pixels of pictures and writes labels over
// them in a typeface (photo.Format.Hide).
func Services(hide func(ttf []byte) picture.Hide) map[string]sandbox.Service {
	return map[string]sandbox.Service{service: func(ctx context.Context, setup []byte) (sandbox.Task, error) {
		var p place
		if err := json.Unmarshal(setup, &p); err != nil {
			return nil, fmt.Errorf("where is PDFium: %w", err)
		}
		wasm, err := os.ReadFile(p.Wasm)
		if err != nil {
			return nil, err
		}
		m, err := engine.Compile(ctx, wasm, p.Cache)
		if err != nil {
			return nil, err
		}
		e, err := m.New(ctx)
		if err != nil {
			return nil, err
		}
		r := &reader{ctx: ctx, module: m, eng: e, hide: hide}
		return func(_ context.Context, in io.Reader, out io.Writer) error { return r.serve(in, out) }, nil
	}}
}

// serve answers one request. An error carries a code by which the parent knows it.
func (r *reader) serve(in io.Reader, out io.Writer) (err error) {
	defer func() {
		if p := recover(); p != nil { // of pdfcpu, on a damaged file: the child is as good as before
			err = sandbox.Fail(codeUnreadable, unreadable("it is damaged"))
		}
	}()
	var n [4]byte
	if _, err := io.ReadFull(in, n[:]); err != nil {
		return err
	}
	head := make([]byte, binary.BigEndian.Uint32(n[:]))
	if _, err := io.ReadFull(in, head); err != nil {
		return err
	}
	var q request
	if err := json.Unmarshal(head, &q); err != nil {
		return err
	}
	more, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	switch err := r.answer(q, more, out); {
	case errors.Is(err, redact.ErrPassword):
		return sandbox.Fail(codePassword, err)
	case errors.Is(err, redact.ErrTooLarge):
		return sandbox.Fail(codeTooLarge, err)
	case errors.Is(err, redact.ErrUnreadable):
		return sandbox.Fail(codeUnreadable, err)
	default:
		return err
	}
}

func (r *reader) answer(q request, more []byte, out io.Writer) error {
	if q.Op != askOpen && r.file == nil {
		return errNotOpen
	}
	say := func(v any, err error) error {
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(v)
	}
	switch q.Op {
	case askOpen:
		return say(r.open(more, q.Passwords))
	case askPage:
		return say(r.describe(q.Page))
	case askParts:
		return say(r.parts())
	case askFile:
		return r.attachment(q.Page, out)
	case askShot:
		return r.shot(q.Page, q.Shot, out)
	case askFont:
		r.ttf = more
		return say(struct{}{}, nil)
	case askView:
		return r.view(q, out)
	case askRewrite:
		b, a, err := r.rewrite(r.orders(q))
		if err != nil {
			return err
		}
		head, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...)); err != nil {
			return err
		}
		_, err = out.Write(b)
		return err
	case askTry:
		leaks, err := r.try(more, q.Try)
		found := []leaked{}
		for _, l := range leaks {
			found = append(found, leaked{l.Where, l.Kind, l.Removed, l.Region})
		}
		return say(found, err)
	}
	return errors.New("an unknown question")
}

func (r *reader) orders(q request) orders {
	o := orders{rs: q.Rs, search: q.Search}
	if q.Snap {
		o.mode = setting.Snap
	}
	return o
}

// describe is a page as the parent hears of it.
func (r *reader) describe(i int) (pageAnswer, error) {
	p, err := r.page(i)
	if err != nil {
		return pageAnswer{}, err
	}
	a := pageAnswer{Width: whole(math.Ceil(p.width)), Height: whole(math.Ceil(p.height))}
	add := func(text string, at, block int, boxes []image.Rectangle) {
		s := span{Text: text, Offset: at, Block: block, Boxes: make([]int16, 0, 4*len(boxes))}
		for _, b := range boxes {
			s.Boxes = append(s.Boxes, short(b.Min.X), short(b.Min.Y), short(b.Dx()), short(b.Dy()))
		}
		a.Spans = append(a.Spans, s)
	}
	for _, s := range p.spans {
		add(s.Text, s.Offset, s.Block, s.Boxes)
	}
	for _, s := range p.saidSpans() {
		add(s.Text, s.Offset, s.Block, s.Boxes)
	}
	for _, s := range p.missedSpans() {
		add(s.Text, s.Offset, s.Block, s.Boxes)
	}
	for _, s := range p.shots {
		a.Shots = append(a.Shots, shot{Box: outward(s.Box).Intersect(image.Rect(0, 0, a.Width, a.Height))})
	}
	return a, nil
}

func short(v int) int16 { return int16(max(math.MinInt16, min(math.MaxInt16, v))) }

// shot writes the pixels of a picture of a page.
func (r *reader) shot(i, k int, out io.Writer) error {
	p, err := r.page(i)
	if err != nil {
		return err
	}
	if k < 0 || k >= len(p.shots) {
		return fmt.Errorf("page %d has no picture %d", i+1, k)
	}
	img, err := p.shots[k].Pixels()
	if err != nil {
		return fmt.Errorf("PDF %w: picture on page %d: %w", redact.ErrUnreadable, i+1, err)
	}
	return writePixels(out, img)
}

func writePixels(out io.Writer, img *image.NRGBA) error {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(img.Rect.Dx())), uint32(img.Rect.Dy()))
	if _, err := out.Write(head); err != nil {
		return err
	}
	if n := 4 * img.Rect.Dx() * img.Rect.Dy(); img.Stride == 4*img.Rect.Dx() { // at once: each writing is a message
		_, err := out.Write(img.Pix[:n])
		return err
	}
	for y := range img.Rect.Dy() {
		if _, err := out.Write(img.Pix[y*img.Stride:][:4*img.Rect.Dx()]); err != nil {
			return err
		}
	}
	return nil
}

// view draws a page as it is, or as it would be written.
func (r *reader) view(q request, out io.Writer) error {
	doc, i := r.doc, q.Page
	if len(q.Rs) > 0 {
		b, err := r.alone(i, r.orders(q))
		if err != nil {
			return err
		}
		if doc, err = r.eng.Open(b, ""); err != nil {
			return err
		}
		defer doc.Close()
		i = 0
	}
	p, err := doc.Page(i)
	if err != nil {
		return err
	}
	defer p.Close()
	img, err := p.Render(72*q.Scale, geom.Rect{})
	if err != nil {
		return err
	}
	return writePixels(out, img)
}
