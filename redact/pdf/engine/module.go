// Package engine reads and renders PDF files by PDFium, which is compiled to
// WebAssembly and run by wazero, without cgo. Nothing in a file can reach
// outside the module's memory; what hangs or fills its memory is the business of
// the process around it (see consentry/internal/sandbox).
//
// Places are in view points: 1/72 inch from the top left of the page as it is
// seen (its crop box, turned by its rotation), y down, as given by
// object.Page.View.
package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/emscripten"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// MaxMemory is what an Engine's own memory can grow to, in bytes: the file, what
// PDFium makes of it, and the bitmap of a page.
const MaxMemory = 384 << 20

const wasmPage = 64 << 10 // bytes

// A Module is PDFium, compiled. It is safe for concurrent use. From then on it
// needs no file: engines can be started in a confined process.
type Module struct {
	runtime  wazero.Runtime
	cache    wazero.CompilationCache
	compiled wazero.CompiledModule
	writer   wazero.CompiledModule // see save.go
}

// Compile makes machine code of pdfium.wasm, in a few seconds, and keeps it in
// the folder cacheDir, from where it is had in a tenth of a second. With an empty
// cacheDir it is compiled each time.
//
// A running call does not look at a context: checking it makes rendering 4 to 6
// times slower.
func Compile(ctx context.Context, wasm []byte, cacheDir string) (*Module, error) {
	m := &Module{}
	cfg := wazero.NewRuntimeConfigCompiler().WithMemoryLimitPages(MaxMemory / wasmPage)
	if cacheDir != "" {
		var err error
		if m.cache, err = wazero.NewCompilationCacheWithDir(cacheDir); err != nil {
			return nil, fmt.Errorf("open cache of compiled modules: %w", err)
		}
		cfg = cfg.WithCompilationCache(m.cache)
	}
	m.runtime = wazero.NewRuntimeWithConfig(ctx, cfg)
	if err := m.compile(ctx, wasm); err != nil {
		m.Close(ctx)
		return nil, fmt.Errorf("compile PDFium: %w", err)
	}
	return m, nil
}

func (m *Module) compile(ctx context.Context, wasm []byte) (err error) {
	if m.compiled, err = m.runtime.CompileModule(ctx, wasm); err != nil {
		return err
	}
	if err := fits(m.compiled); err != nil {
		return err
	}
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, m.runtime); err != nil {
		return err
	}
	env := m.runtime.NewHostModuleBuilder("env")
	jumps, err := emscripten.NewFunctionExporterForModule(m.compiled) // invoke_… and longjmp
	if err != nil {
		return err
	}
	jumps.ExportFunctions(env)
	for _, f := range m.compiled.ImportedFunctions() {
		module, name, _ := f.Import()
		if module != "env" || strings.HasPrefix(name, "invoke_") || name == "_emscripten_throw_longjmp" {
			continue
		}
		env.NewFunctionBuilder().WithGoModuleFunction(imported(name, len(f.ResultTypes()) > 0), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	if _, err := env.Instantiate(ctx); err != nil {
		return err
	}
	if err := exportWriter(ctx, m.runtime); err != nil {
		return err
	}
	m.writer, err = m.runtime.CompileModule(ctx, plugModule())
	return err
}

// fits reports what an instance would miss.
func fits(c wazero.CompiledModule) error {
	exported := c.ExportedFunctions()
	for _, name := range names {
		if exported[name] == nil {
			return fmt.Errorf("it has no function %s", name)
		}
	}
	return nil
}

// Close frees the module and all its engines.
func (m *Module) Close(ctx context.Context) error {
	err := m.runtime.Close(ctx)
	if m.cache != nil {
		if e := m.cache.Close(ctx); err == nil {
			err = e
		}
	}
	if err != nil {
		return fmt.Errorf("close PDFium: %w", err)
	}
	return nil
}
