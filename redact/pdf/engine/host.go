package engine

import (
	"context"
	"errors"
	"time"

	"github.com/tetratelabs/wazero/api"
)

var errAbort = errors.New("abort")

// notThere is -ENOENT of WASI, which emscripten's system calls return.
const notThere = ^uint64(44) + 1

// imported is what PDFium gets under a name in env. There is no file system:
// opening any file fails.
func imported(name string, result bool) api.GoModuleFunc {
	switch name {
	case "emscripten_resize_heap":
		return func(ctx context.Context, m api.Module, stack []uint64) { stack[0] = grow(ctx, m, uint32(stack[0])) }
	case "_abort_js":
		return func(context.Context, api.Module, []uint64) { panic(errAbort) } // wazero makes an error of it
	case "emscripten_date_now":
		return func(_ context.Context, _ api.Module, stack []uint64) {
			stack[0] = api.EncodeF64(float64(time.Now().UnixMilli()))
		}
	case "_gmtime_js", "_localtime_js":
		return brokenDownTime
	}
	return func(_ context.Context, _ api.Module, stack []uint64) {
		if result {
			stack[0] = uint64(uint32(notThere & 0xffffffff))
		}
	}
}

// grow makes room for size bytes, and a fifth more where that is to be had, so
// that a memory that grows in small steps is not copied each time.
func grow(ctx context.Context, m api.Module, size uint32) uint64 {
	now := uint64(m.Memory().Size())
	for _, goal := range []uint64{now + now/5, 0} {
		goal = max(goal, uint64(size))
		if goal <= now {
			return 1
		}
		if _, ok := m.Memory().Grow(uint32((goal - now + wasmPage - 1) / wasmPage)); ok {
			return 1
		}
	}
	if e, ok := ctx.Value(engineKey{}).(*Engine); ok {
		e.refused = true
	}
	return 0
}

// brokenDownTime fills a struct tm in UTC, so that nothing depends on where the
// program runs.
func brokenDownTime(_ context.Context, m api.Module, stack []uint64) {
	t := time.Unix(int64(stack[0]), 0).UTC()
	at := uint32(stack[1])
	for i, v := range []int{t.Second(), t.Minute(), t.Hour(), t.Day(), int(t.Month()) - 1, t.Year() - 1900, int(t.Weekday()), t.YearDay() - 1, 0, 0} {
		m.Memory().WriteUint32Le(at+uint32(4*i), uint32(v))
	}
}
