package infer

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

// library is the path of the fetched library: in the folder that
// CONSENTRY_ASSETS names, or in the checkout's.
func library(t *testing.T) string {
	t.Helper()
	name := map[string]string{"windows": "onnxruntime.dll", "darwin": "libonnxruntime.1.30.0.dylib"}[runtime.GOOS]
	if name == "" {
		name = "libonnxruntime.so.1"
	}
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	return filepath.Join(dir, "onnxruntime", name)
}

func open(t *testing.T) *Runtime {
	t.Helper()
	r, err := Open(library(t))
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return r
}

// model builds an ONNX file of one node with two inputs and one output of any
// length; elem is ONNX's element type, 1 for float32 and 7 for int64.
func model(op string, elem uint64) []byte {
	str := func(b []byte, n protowire.Number, s string) []byte {
		return protowire.AppendString(protowire.AppendTag(b, n, protowire.BytesType), s)
	}
	msg := func(b []byte, n protowire.Number, m []byte) []byte {
		return protowire.AppendBytes(protowire.AppendTag(b, n, protowire.BytesType), m)
	}
	num := func(b []byte, n protowire.Number, v uint64) []byte {
		return protowire.AppendVarint(protowire.AppendTag(b, n, protowire.VarintType), v)
	}
	info := func(name string) []byte {
		shape := msg(nil, 1, str(nil, 2, "N"))
		return msg(str(nil, 1, name), 2, msg(nil, 1, msg(num(nil, 1, elem), 2, shape)))
	}
	node := str(str(str(str(nil, 1, "a"), 1, "b"), 2, "c"), 4, op)
	graph := str(msg(nil, 1, node), 2, "g")
	graph = msg(msg(msg(graph, 11, info("a")), 11, info("b")), 12, info("c"))
	return msg(msg(num(nil, 1, 7), 8, num(nil, 2, 13)), 7, graph)
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "missing.so")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing library: %v", err)
	}
	if _, err := Open(dir); err == nil {
		t.Error("a folder was opened as a library")
	}
	r := open(t)
	again := open(t)
	if r != again {
		t.Error("the same library gave two runtimes")
	}
	if r.Version() == "" {
		t.Error("no version")
	}
	other := filepath.Join(dir, "other.so")
	if err := os.WriteFile(other, []byte("not a library"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(other); err == nil {
		t.Error("a second library was accepted")
	}
}

func TestRun(t *testing.T) {
	r := open(t)
	s, err := r.NewSession(model("Add", 1), []string{"a", "b"}, []string{"c"}, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := context.Background()
	x := Tensor{Shape: []int64{2}, F32: []float32{1, 2}}
	tests := []struct {
		name string
		in   []Tensor
		want string // part of the error; empty where the run succeeds
	}{
		{"sum", []Tensor{x, {Shape: []int64{2}, F32: []float32{10, 20}}}, ""},
		{"one input", []Tensor{x}, "1 inputs given, want 2"},
		{"nothing set", []Tensor{x, {Shape: []int64{2}}}, "exactly one"},
		{"both set", []Tensor{x, {Shape: []int64{1}, F32: []float32{1}, I64: []int64{1}}}, "exactly one"},
		{"too short", []Tensor{x, {Shape: []int64{3}, F32: []float32{1, 2}}}, "does not fit"},
		{"too long", []Tensor{x, {Shape: []int64{1}, F32: []float32{1, 2}}}, "does not fit"},
		{"no shape", []Tensor{x, {F32: []float32{1}}}, "does not fit"},
		{"zero dimension", []Tensor{x, {Shape: []int64{0}, F32: []float32{1}}}, "bad shape"},
		{"overflow", []Tensor{x, {Shape: []int64{math.MaxInt64, 4}, F32: []float32{1}}}, "bad shape"},
		{"other type", []Tensor{x, {Shape: []int64{2}, I64: []int64{1, 2}}}, "run model"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := s.Run(ctx, tt.in...)
			if tt.want != "" {
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Fatalf("got %v, want an error with %q", err, tt.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(out) != 1 || len(out[0].F32) != 2 || out[0].F32[0] != 11 || out[0].F32[1] != 22 || out[0].Shape[0] != 2 {
				t.Errorf("got %v", out)
			}
		})
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Run(cancelled, x, x); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
	if _, err := s.Run(ctx, x, x); !errors.Is(err, ErrClosed) {
		t.Errorf("after close: %v", err)
	}
}

// A trimmed session runs again; one that is not trimmable, or closed, is left alone.
func TestTrim(t *testing.T) {
	r := open(t)
	x := Tensor{Shape: []int64{2}, F32: []float32{1, 2}}
	for _, trimmable := range []bool{false, true} {
		s, err := r.NewSession(model("Add", 1), []string{"a", "b"}, []string{"c"}, Options{Threads: 1, Trimmable: trimmable})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 20 {
					if err := s.Trim(); err != nil {
						t.Error(err)
					}
					if out, err := s.Run(t.Context(), x, x); err != nil || out[0].F32[1] != 4 {
						t.Errorf("trimmable %v: %v, %v", trimmable, out, err)
					}
				}
			})
		}
		wg.Wait()
		if err := errors.Join(s.Trim(), s.Close(), s.Trim()); err != nil {
			t.Error(err)
		}
		if _, err := s.Run(t.Context(), x, x); !errors.Is(err, ErrClosed) {
			t.Errorf("after close: %v", err)
		}
	}
}

func TestIntegers(t *testing.T) {
	s, err := open(t).NewSession(model("Mul", 7), []string{"a", "b"}, []string{"c"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out, err := s.Run(context.Background(), Tensor{Shape: []int64{2}, I64: []int64{3, 4}}, Tensor{Shape: []int64{2}, I64: []int64{5, 6}})
	if err != nil {
		t.Fatal(err)
	}
	if got := out[0].I64; len(got) != 2 || got[0] != 15 || got[1] != 24 {
		t.Errorf("got %v", got)
	}
}

func TestBadModel(t *testing.T) {
	r := open(t)
	ok := model("Add", 1)
	for name, b := range map[string][]byte{"empty": nil, "cut": ok[:len(ok)/2], "text": []byte("no model"), "unknown operator": model("Nonesuch", 1)} {
		if s, err := r.NewSession(b, []string{"a", "b"}, []string{"c"}, Options{}); err == nil {
			s.Close()
			t.Errorf("%s: loaded", name)
		}
	}
	if _, err := r.NewSession(ok, nil, []string{"c"}, Options{}); err == nil {
		t.Error("no inputs: loaded")
	}
}

// Runs at the same time must not see one another's numbers, and Close and
// cancelling must wait for them. Worth most under -race.
func TestConcurrent(t *testing.T) {
	s, err := open(t).NewSession(model("Add", 1), []string{"a", "b"}, []string{"c"}, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 50 {
				ctx, cancel := context.WithTimeout(context.Background(), time.Duration(1+i*20)*time.Microsecond)
				if i%2 == 0 {
					ctx = context.Background()
				}
				x := Tensor{Shape: []int64{1000}, F32: make([]float32, 1000)}
				for k := range x.F32 {
					x.F32[k] = float32(g*1000 + i)
				}
				out, err := s.Run(ctx, x, x)
				cancel()
				switch {
				case errors.Is(err, context.DeadlineExceeded):
				case err != nil:
					t.Error(err)
				case out[0].F32[999] != 2*float32(g*1000+i):
					t.Errorf("got %v, want %v", out[0].F32[999], 2*(g*1000+i))
				}
			}
		}()
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
