package authztest

import "testing"

func TestMemory(t *testing.T) {
	TestRegistry(t, func(*testing.T) Registry { return &Memory{} })
}
