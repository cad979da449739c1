//go:build linux || darwin

package engine

import "golang.org/x/sys/unix"

// reserve maps n zero bytes, which the system provides as they are touched.
func reserve(n int) ([]byte, error) {
	return unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON|unix.MAP_NORESERVE)
}

func commit([]byte) error { return nil }

func release(b []byte) { unix.Munmap(b) }
