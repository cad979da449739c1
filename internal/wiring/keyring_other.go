//go:build !linux

package wiring

// HasKeyring reports whether the system has a keyring: macOS and Windows do.
func HasKeyring() bool { return true }
