// Package redacttest holds the suites that every redact.Format, redact.Detector
// and redact.Attack must pass. Each implementation calls its suite from its own
// tests, with samples of its own.
package redacttest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"consentry/redact"
)

// A Sample is one input file for TestFormat.
type Sample struct {
	Name string // of the file; the sub-test carries it too
	Type string // media type
	Body []byte
	// Unreadable: the format must refuse it with redact.ErrUnreadable.
	Unreadable bool
}

// Asset describes bytes as the flow would.
func Asset(name, mediaType string, body []byte) redact.Asset {
	return redact.Asset{Digest: redact.Sum(body), Name: name, Type: mediaType, Size: int64(len(body))}
}

// cancelled is a context that is over.
func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// atOnce runs f in several goroutines and waits for them.
func atOnce(f func()) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(f)
	}
	wg.Wait()
}

// open opens a sample and collects its pages.
func open(ctx context.Context, f redact.Format, s Sample) (redact.Document, []redact.Page, error) {
	d, err := f.Open(ctx, Asset(s.Name, s.Type, s.Body), bytes.NewReader(s.Body))
	if err != nil {
		return nil, nil, err
	}
	var pages []redact.Page
	for p, err := range d.Pages(ctx) {
		if err != nil {
			return nil, nil, err
		}
		pages = append(pages, p)
	}
	return d, pages, nil
}

// rewrite rewrites and opens the result.
func rewrite(t *testing.T, f redact.Format, d redact.Document, name string, rs []redact.Redaction) []redact.Page {
	t.Helper()
	var out bytes.Buffer
	media, err := d.Rewrite(t.Context(), &out, rs)
	if err != nil {
		t.Fatalf("rewrite: %v", err)
	}
	if media == "" {
		t.Error("Rewrite named no media type")
	}
	_, pages, err := open(t.Context(), f, Sample{Name: name, Type: media, Body: out.Bytes()})
	if err != nil {
		t.Fatalf("open what was written: %v", err)
	}
	return pages
}

// texts are the span texts of the pages, joined.
func texts(pages []redact.Page) string {
	var b strings.Builder
	for _, p := range pages {
		for _, s := range p.Spans {
			b.WriteString(s.Text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// checkID checks that an ID is there and stays.
func checkID(t *testing.T, id func() string) {
	t.Helper()
	if first, second := id(), id(); first == "" || first != second {
		t.Errorf("the ID is empty or changes: %q, %q", first, second)
	}
}

func wantUnreadable(t *testing.T, f redact.Format, s Sample) {
	t.Helper()
	if _, pages, err := open(t.Context(), f, s); err == nil {
		t.Errorf("%s was opened, %d page(s)", s.Name, len(pages))
	} else if !errors.Is(err, redact.ErrUnreadable) {
		t.Errorf("%s: the error does not wrap ErrUnreadable: %v", s.Name, err)
	}
}

// failing is a writer that has no room.
type failing struct{}

var errFull = errors.New("no space left")

func (failing) Write([]byte) (int, error) { return 0, errFull }

var _ io.Writer = failing{}
