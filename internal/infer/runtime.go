// Package infer runs ONNX models on ONNX Runtime, a shared library that is
// loaded when the first caller asks for it and never before.
//
// A Runtime is the loaded library, a Session one model in it. Nothing here
// knows what the numbers mean.
package infer

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// A Runtime is the loaded library. It lives as long as the process.
type Runtime struct {
	lib     string
	version string
}

// The library keeps its environment in process-wide variables, so that ours is
// one as well.
var (
	loading sync.Mutex
	loaded  *Runtime
)

// Open loads the shared library lib. The same path again gives the same
// Runtime; another path is an error, since a process can hold only one. After
// an error Open may be tried again, with the same path or another.
func Open(lib string) (*Runtime, error) {
	path, err := filepath.Abs(lib)
	if err != nil {
		return nil, fmt.Errorf("open ONNX Runtime: %w", err)
	}
	loading.Lock()
	defer loading.Unlock()
	if loaded != nil {
		if loaded.lib != path {
			return nil, fmt.Errorf("open ONNX Runtime: another library is loaded already: %s", filepath.Base(loaded.lib))
		}
		return loaded, nil
	}
	// The loader's own message for a missing file speaks of search paths.
	if info, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open ONNX Runtime: %w", err)
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open ONNX Runtime: %s is not a file", filepath.Base(path))
	}
	ort.SetSharedLibraryPath(path)
	if err := ort.InitializeEnvironment(ort.WithLogLevelError()); err != nil {
		return nil, fmt.Errorf("open ONNX Runtime: %w", err)
	}
	// Builds for Windows report usage events unless told not to.
	if err := ort.DisableTelemetry(); err != nil {
		return nil, fmt.Errorf("open ONNX Runtime: switch telemetry off: %w", err)
	}
	loaded = &Runtime{lib: path, version: ort.GetVersion()}
	return loaded, nil
}

// Version is the version that the library states, such as "1.30.0".
func (r *Runtime) Version() string { return r.version }
