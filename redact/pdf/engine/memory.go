package engine

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// withReserved has an engine's memory reserved as a whole, outside the Go heap,
// so that it need not be copied, and be there twice, each time it grows. What is
// not used costs addresses only, and closing the engine gives it all back.
func withReserved(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, limit uint64) experimental.LinearMemory {
		b, err := reserve(int(limit))
		if err != nil {
			return &reserved{}
		}
		return &reserved{all: b}
	}))
}

// reserved is an experimental.LinearMemory at a fixed place.
type reserved struct{ all []byte }

// Reallocate gives the first size bytes; nil where there are none to be had.
func (r *reserved) Reallocate(size uint64) []byte {
	if size > uint64(len(r.all)) || commit(r.all[:size]) != nil {
		return nil
	}
	return r.all[:size]
}

// Free gives the memory back.
func (r *reserved) Free() {
	if r.all != nil {
		release(r.all)
		r.all = nil
	}
}
