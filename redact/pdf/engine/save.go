package engine

import (
	"context"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// MaxFile bounds a file that is opened or saved, in bytes.
const MaxFile = 256 << 20

// PDFium saves through a function that it is given as an index into its table of
// functions. The table cannot grow, and its entry 0, the null pointer, is the
// only one that is free. So a small module beside it shares the table and, while
// a file is saved, keeps there a function that hands the bytes to the host.
const (
	writerModule = "consentry"
	writerName   = "write"
	plugName     = "plug"
	unplugName   = "unplug"
	instanceName = "pdfium"
)

// A sink takes what PDFium saves.
type sink struct {
	b     []byte
	limit int
	over  bool
}

// exportWriter gives the runtime the host's side of saving.
func exportWriter(ctx context.Context, r wazero.Runtime) error {
	i32 := api.ValueTypeI32
	_, err := r.NewHostModuleBuilder(writerModule).NewFunctionBuilder().
		WithGoModuleFunction(api.GoModuleFunc(writeBlock), []api.ValueType{i32, i32, i32}, []api.ValueType{i32}).
		Export(writerName).Instantiate(ctx)
	return err
}

// writeBlock is FPDF_FILEWRITE.WriteBlock: this, data, size; 1 for success.
func writeBlock(ctx context.Context, _ api.Module, stack []uint64) {
	at, size := uint32(stack[1]), uint32(stack[2])
	stack[0] = 0
	e, ok := ctx.Value(engineKey{}).(*Engine)
	if !ok || e.sink == nil {
		return
	}
	b := e.view(at, int(size))
	if b == nil && size > 0 {
		return
	}
	if len(b) > e.sink.limit-len(e.sink.b) {
		e.sink.over = true
		return
	}
	e.sink.b = append(e.sink.b, b...)
	stack[0] = 1
}

// plug starts the small module beside the engine's.
func (e *Engine) plug(r wazero.Runtime, writer wazero.CompiledModule) error {
	ctx := experimental.WithImportResolver(e.ctx, func(name string) api.Module {
		if name == instanceName {
			return e.mod
		}
		return nil // to be looked up as usual
	})
	m, err := r.InstantiateModule(ctx, writer, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return err
	}
	e.writer = m
	return nil
}

// Save is the file as PDFium understands it, written anew: repaired, without
// encryption and in one revision. What was drawn before leaves no trace in it.
func (d *Document) Save() ([]byte, error) {
	if err := d.use(); err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	e := d.e
	// A second opening: drawing form fields may have changed the first.
	h := e.load(d.data, d.size, d.password)
	if h == 0 {
		return nil, fmt.Errorf("save: %w", e.failure(ErrDamaged))
	}
	defer e.do(closeDocument, h)
	if _, err := e.writer.ExportedFunction(plugName).Call(e.ctx); err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	out := &sink{limit: MaxFile}
	e.sink = out
	// FPDF_FILEWRITE: version 1, WriteBlock at entry 0 of the table.
	e.put(e.scratch, []byte{1, 0, 0, 0, 0, 0, 0, 0})
	const removeSecurity = 3
	ok := e.integer(saveAsCopy, h, uint64(e.scratch), removeSecurity)
	e.sink = nil
	if _, err := e.writer.ExportedFunction(unplugName).Call(e.ctx); err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	switch {
	case e.failure(nil) != nil:
		return nil, fmt.Errorf("save: %w", e.failure(nil))
	case out.over:
		return nil, fmt.Errorf("save: %w", ErrTooLarge)
	case ok == 0 || len(out.b) == 0:
		return nil, fmt.Errorf("save: %w", ErrDamaged)
	}
	return out.b, nil
}

// plugModule is the small module, in WebAssembly's binary format:
//
//	(module
//	  (type $write (func (param i32 i32 i32) (result i32)))
//	  (type $step (func))
//	  (import "consentry" "write" (func $host (type $write)))
//	  (import "pdfium" "__indirect_function_table" (table 1 funcref))
//	  (func $block (type $write) local.get 0 local.get 1 local.get 2 call $host)
//	  (func (export "plug") (type $step) i32.const 0 ref.func $block table.set 0)
//	  (func (export "unplug") (type $step) i32.const 0 ref.null func table.set 0)
//	  (elem declare func $block))
func plugModule() []byte {
	const i32, function = 0x7f, 0x60
	name := func(s string) []byte { return append([]byte{byte(len(s))}, s...) }
	join := func(parts ...[]byte) (b []byte) {
		for _, p := range parts {
			b = append(b, p...)
		}
		return b
	}
	section := func(id byte, body []byte) []byte { return append([]byte{id, byte(len(body))}, body...) } // all are shorter than 128
	return join(
		[]byte("\x00asm\x01\x00\x00\x00"),
		section(1, []byte{2, function, 3, i32, i32, i32, 1, i32, function, 0, 0}),
		section(2, join([]byte{2}, name(writerModule), name(writerName), []byte{0, 0}, name(instanceName), name("__indirect_function_table"), []byte{1, 0x70, 0, 1})),
		section(3, []byte{3, 0, 1, 1}),
		section(7, join([]byte{2}, name(plugName), []byte{0, 2}, name(unplugName), []byte{0, 3})),
		section(9, []byte{1, 3, 0, 1, 1}),
		section(10, []byte{3,
			10, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0x10, 0, 0x0b,
			8, 0, 0x41, 0, 0xd2, 1, 0x26, 0, 0x0b,
			8, 0, 0x41, 0, 0xd0, 0x70, 0x26, 0, 0x0b}),
	)
}
