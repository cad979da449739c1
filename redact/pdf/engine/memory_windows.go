package engine

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// reserve keeps n addresses free.
func reserve(n int) ([]byte, error) {
	p, err := windows.VirtualAlloc(0, uintptr(n), windows.MEM_RESERVE, windows.PAGE_NOACCESS)
	if err != nil {
		return nil, err
	}
	// Not memory of Go's, so nothing moves it; the detour says so to go vet.
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&p)), n), nil
}

// commit puts zero bytes where there are none yet.
func commit(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := windows.VirtualAlloc(uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), windows.MEM_COMMIT, windows.PAGE_READWRITE)
	return err
}

func release(b []byte) { windows.VirtualFree(uintptr(unsafe.Pointer(&b[0])), 0, windows.MEM_RELEASE) }
