//go:build !linux && !darwin && !windows

package engine

func reserve(n int) ([]byte, error) { return make([]byte, n), nil }

func commit([]byte) error { return nil }

func release([]byte) {}
