package infer

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// ErrClosed is returned by Run after Close.
var ErrClosed = errors.New("session is closed")

// A Tensor is a block of numbers, row-major. Exactly one of F32 and I64 is set
// and has as many elements as the shape's product.
type Tensor struct {
	Shape []int64
	F32   []float32
	I64   []int64
}

// Options tune a session.
type Options struct {
	// Threads is how many threads one run uses; 0 means one per processor that
	// Go may use.
	Threads int
	// Trimmable keeps the model's bytes, so that Trim can give working memory
	// back between runs.
	Trimmable bool
}

// A Session is one loaded model. It is safe for concurrent use; each run that
// goes on at the same time needs its own working memory.
type Session struct {
	inputs, outputs int
	mu              sync.RWMutex // held for reading while running, so that Close waits
	s               *ort.DynamicAdvancedSession
	again           func() (*ort.DynamicAdvancedSession, error) // opens it after Trim; nil if it is closed or cannot be trimmed
}

// NewSession loads a model from its bytes, which are not needed afterwards.
// Inputs and outputs are tensor names, in the order that Run takes and gives.
func (r *Runtime) NewSession(model []byte, inputs, outputs []string, o Options) (*Session, error) {
	if len(inputs) == 0 || len(outputs) == 0 {
		return nil, errors.New("load model: no input or no output named")
	}
	load := r.loader(func() ([]byte, error) { return model, nil }, inputs, outputs, o)
	s, err := load()
	if err != nil {
		return nil, err
	}
	if !o.Trimmable {
		load = nil // and with it the model's bytes
	}
	return &Session{inputs: len(inputs), outputs: len(outputs), s: s, again: load}, nil
}

// Lazy is a session whose model is asked for and loaded at the first run, and
// again at the first run after a Trim: its bytes are never kept. What is wrong with
// the model is an error of that run.
func (r *Runtime) Lazy(model func() ([]byte, error), inputs, outputs []string, o Options) *Session {
	return &Session{inputs: len(inputs), outputs: len(outputs), again: r.loader(model, inputs, outputs, o)}
}

func (r *Runtime) loader(model func() ([]byte, error), inputs, outputs []string, o Options) func() (*ort.DynamicAdvancedSession, error) {
	return func() (*ort.DynamicAdvancedSession, error) {
		b, err := model()
		if err != nil {
			return nil, fmt.Errorf("load model: %w", err)
		}
		opts, err := options(o)
		if err != nil {
			return nil, fmt.Errorf("load model: %w", err)
		}
		defer opts.Destroy()
		s, err := ort.NewDynamicAdvancedSessionWithONNXData(b, inputs, outputs, opts)
		if err != nil {
			return nil, fmt.Errorf("load model: %w", err)
		}
		return s, nil
	}
}

// Trim gives the working memory back that the runs so far made it take, which may
// be hundreds of megabytes for a large input; the next run loads the model again
// (some 50 ms). It waits for runs that go on. A session that is neither trimmable nor
// lazy stays as it is.
func (s *Session) Trim() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.again == nil || s.s == nil {
		return nil
	}
	err := s.s.Destroy()
	s.s = nil
	debug.FreeOSMemory() // what the caller's side of a large run left behind, too
	return err
}

// hold locks the session for reading, with its model loaded.
func (s *Session) hold() error {
	for {
		s.mu.RLock()
		if s.s != nil {
			return nil
		}
		s.mu.RUnlock()
		if err := s.reload(); err != nil {
			return err
		}
	}
}

func (s *Session) reload() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.s != nil: // another run was faster
	case s.again == nil:
		err = ErrClosed
	default:
		s.s, err = s.again()
	}
	return err
}

// options are those that measured best on a shared machine: threads that do not
// spin while they wait, the arena on for networks of several threads, which are the
// large ones (it keeps what it ever took), and no memory patterns, which took 150 MB
// more for a detector that looks at several sizes and gained no time.
func options(o Options) (*ort.SessionOptions, error) {
	opts, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	threads := o.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	if err := errors.Join(
		opts.SetIntraOpNumThreads(threads),
		opts.SetInterOpNumThreads(1),
		opts.SetCpuMemArena(o.Threads != 1),
		opts.SetMemPattern(false),
		opts.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"),
	); err != nil {
		opts.Destroy()
		return nil, err
	}
	return opts, nil
}

// Run feeds one tensor per input and returns one per output, of float32 or
// int64. The inputs are read in place and must not change meanwhile; the
// outputs belong to the caller. A cancelled context stops the run between two
// layers and is the error returned.
func (s *Session) Run(ctx context.Context, in ...Tensor) ([]Tensor, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(in) != s.inputs {
		return nil, fmt.Errorf("run model: %d inputs given, want %d", len(in), s.inputs)
	}
	if err := s.hold(); err != nil {
		return nil, err
	}
	defer s.mu.RUnlock()
	var pins runtime.Pinner // the library keeps the inputs' addresses between calls
	defer pins.Unpin()
	values := make([]ort.Value, len(in))
	for i, t := range in {
		v, err := value(t, &pins)
		if err != nil {
			return nil, fmt.Errorf("run model: input %d: %w", i, err)
		}
		defer v.Destroy()
		values[i] = v
	}
	outs := make([]ort.Value, s.outputs)
	defer func() {
		for _, v := range outs {
			if v != nil {
				v.Destroy()
			}
		}
	}()
	if err := s.run(ctx, values, outs); err != nil {
		return nil, err
	}
	res := make([]Tensor, len(outs))
	for i, v := range outs {
		res[i].Shape = v.GetShape()
		// The binding has copied the numbers into a Go slice already; destroying
		// the value frees only the library's side of it.
		switch v := v.(type) {
		case *ort.Tensor[float32]:
			res[i].F32 = v.GetData()
		case *ort.Tensor[int64]:
			res[i].I64 = v.GetData()
		default:
			return nil, fmt.Errorf("run model: output %d is %T, want float32 or int64", i, v)
		}
	}
	return res, nil
}

// run lets the context end the run early.
func (s *Session) run(ctx context.Context, in, out []ort.Value) error {
	opts, err := ort.NewRunOptions()
	if err != nil {
		return fmt.Errorf("run model: %w", err)
	}
	defer opts.Destroy()
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		opts.Terminate()
		close(ended)
	})
	err = s.s.RunWithOptions(in, out, opts)
	if !stop() {
		<-ended // opts must outlive Terminate
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("run model: %w", err)
	}
	return nil
}

// value is the library's view of t, whose numbers stay where they are.
func value(t Tensor, pins *runtime.Pinner) (ort.Value, error) {
	if (t.F32 == nil) == (t.I64 == nil) {
		return nil, errors.New("exactly one of F32 and I64 must be set")
	}
	n := int64(1)
	for _, d := range t.Shape {
		if d <= 0 || n > 1<<40/d {
			return nil, fmt.Errorf("bad shape %v", t.Shape)
		}
		n *= d
	}
	if have := int64(len(t.F32) + len(t.I64)); have != n || len(t.Shape) == 0 {
		return nil, fmt.Errorf("shape %v does not fit %d numbers", t.Shape, have)
	}
	if t.F32 != nil {
		pins.Pin(&t.F32[0])
		return ort.NewTensor(ort.NewShape(t.Shape...), t.F32)
	}
	pins.Pin(&t.I64[0])
	return ort.NewTensor(ort.NewShape(t.Shape...), t.I64)
}

// Close frees the model once the runs that go on have ended. Closing again does
// nothing.
func (s *Session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.again = nil
	if s.s == nil {
		return nil
	}
	err := s.s.Destroy()
	s.s = nil
	return err
}
