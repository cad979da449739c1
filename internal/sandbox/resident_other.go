//go:build !linux

package sandbox

func resident(int) (int64, bool) { return 0, false }
