package redact

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, fs.ErrPermission }

func TestContent(t *testing.T) {
	if b, err := (Asset{Size: 3}).Content(strings.NewReader("abcd"), 3); err != nil || string(b) != "abc" {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := (Asset{Size: 5}).Content(strings.NewReader("abcd"), 9); !errors.Is(err, ErrUnreadable) {
		t.Error("cut:", err)
	}
	if _, err := (Asset{Size: 5}).Content(strings.NewReader("abcde"), 4); !errors.Is(err, ErrTooLarge) || !errors.Is(err, ErrUnreadable) {
		t.Error("large:", err)
	}
	if _, err := (Asset{Size: 5}).Content(broken{}, 9); !errors.Is(err, fs.ErrPermission) || errors.Is(err, ErrUnreadable) {
		t.Error("no permission:", err)
	}
}
