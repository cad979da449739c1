package engine

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"consentry/redact"
)

// Errors of opening and of the engine itself. ErrPassword and ErrDamaged wrap
// redact.ErrUnreadable; ErrTooLarge wraps redact.ErrTooLarge too.
var (
	ErrPassword = fmt.Errorf("the PDF file needs a password, or another one: %w", redact.ErrUnreadable)
	ErrDamaged  = fmt.Errorf("the PDF file is damaged: %w", redact.ErrUnreadable)
	ErrTooLarge = fmt.Errorf("the PDF file is %w: %w", redact.ErrTooLarge, redact.ErrUnreadable)

	// ErrAborted is wrapped by every call of an engine that has aborted, from
	// then on. The engine is of no more use.
	ErrAborted = errors.New("PDFium aborted")
	// ErrClosed is wrapped where a document or page was closed before.
	ErrClosed = errors.New("already closed")
)

var errMemory = fmt.Errorf("out of memory: %w", ErrTooLarge)

type engineKey struct{}

// An Engine is one running PDFium. It is not safe for concurrent use. Use one for
// one file only: PDFium is not free of errors that damage its memory, and what a
// hostile file leaves there would be read with the next.
type Engine struct {
	ctx     context.Context
	mod     api.Module
	writer  api.Module // beside it, for Save
	fn      [functions]api.Function
	stack   [16]uint64 // arguments and result of the call under way
	scratch uint32     // scratchSize bytes in its memory, for results
	refused bool       // memory was asked for in vain
	err     error      // why it is dead
	sink    *sink      // where a file that is being saved goes
}

const scratchSize = 512

// New starts an engine, in some 10 ms. Close it after use.
func (m *Module) New(ctx context.Context) (*Engine, error) {
	e := &Engine{}
	e.ctx = context.WithValue(ctx, engineKey{}, e)
	var err error
	e.mod, err = m.runtime.InstantiateModule(withReserved(e.ctx), m.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions("__wasm_call_ctors"))
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	for i, name := range names {
		e.fn[i] = e.mod.ExportedFunction(name)
	}
	if err := e.plug(m.runtime, m.writer); err != nil {
		e.Close()
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	e.begin()
	e.do(initLibrary)
	e.scratch = e.alloc(scratchSize)
	if e.err != nil || e.scratch == 0 {
		e.Close()
		return nil, fmt.Errorf("start PDFium: %w", e.failure(ErrTooLarge))
	}
	return e, nil
}

// Close frees the engine and what was opened by it.
func (e *Engine) Close() error {
	if e.mod == nil {
		return nil
	}
	var err error
	if e.writer != nil {
		err = e.writer.Close(e.ctx)
	}
	err = errors.Join(err, e.mod.Close(e.ctx))
	e.mod = nil
	if e.err == nil {
		e.err = ErrClosed
	}
	if err != nil {
		return fmt.Errorf("close PDFium: %w", err)
	}
	return nil
}

// Memory is what the engine's memory has grown to, in bytes; 0 for a dead one. It
// never shrinks.
func (e *Engine) Memory() int64 {
	if e.err != nil {
		return 0
	}
	return int64(e.mod.Memory().Size())
}

// do calls a function of PDFium. It is zero where the engine is dead, before or
// through this call; Engine.err then says why.
func (e *Engine) do(f function, args ...uint64) uint64 {
	if e.err != nil {
		return 0
	}
	n := copy(e.stack[:], args)
	clear(e.stack[n:])
	if err := e.fn[f].CallWithStack(e.ctx, e.stack[:]); err != nil {
		// The error has a trace of PDFium's functions; it says nothing to a user.
		e.err = fmt.Errorf("%w in %s", ErrAborted, names[f])
		if e.refused {
			e.err = fmt.Errorf("%w in %s: %w", ErrAborted, names[f], errMemory)
		}
		return 0
	}
	return e.stack[0]
}

// handle is the result of do where it is a pointer, 0 for none.
func (e *Engine) handle(f function, args ...uint64) uint64 { return uint64(uint32(e.do(f, args...))) }

// integer is the result of do where it is an int.
func (e *Engine) integer(f function, args ...uint64) int { return int(int32(uint32(e.do(f, args...)))) }

// failure is why the engine is dead, or that memory was asked for in vain since
// begin, or otherwise err. PDFium goes on where memory lacks for a picture, and
// leaves it out; so what it made then is not to be used.
func (e *Engine) failure(err error) error {
	switch {
	case e.err != nil:
		return e.err
	case e.refused:
		return errMemory
	}
	return err
}

// begin starts what failure looks back to.
func (e *Engine) begin() { e.refused = false }

// alloc is 0 where there is no memory left.
func (e *Engine) alloc(n int) uint32 { return uint32(e.do(malloc, uint64(n))) }

func (e *Engine) free(p uint32) {
	if p != 0 {
		e.do(free, uint64(p))
	}
}

// view is a part of the engine's memory, until the next call; nil where it lies
// outside, or the engine is dead.
func (e *Engine) view(at uint32, n int) []byte {
	if e.err != nil || n < 0 || int64(n) > math.MaxUint32 {
		return nil
	}
	b, ok := e.mod.Memory().Read(at, uint32(n))
	if !ok {
		return nil
	}
	return b
}

// put writes into the engine's memory and reports whether there was room.
func (e *Engine) put(at uint32, b []byte) bool {
	return e.err == nil && e.mod.Memory().Write(at, b)
}

// floats reads n floats from the scratch memory.
func (e *Engine) floats(n int) []float64 {
	out := make([]float64, n)
	b := e.view(e.scratch, 4*n)
	for i := range out {
		if b != nil {
			out[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
		}
	}
	return out
}

// putFloats writes floats into the scratch memory, from byte at on.
func (e *Engine) putFloats(at uint32, v ...float64) {
	b := make([]byte, 4*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(float32(x)))
	}
	e.put(e.scratch+at, b)
}
