package casework

import (
	"context"
	"errors"
	"image"
	"testing"

	"consentry/redact"
)

// A picture is loaded once for all who look at it, unless that failed.
func TestLoadedOnce(t *testing.T) {
	loads, fails := 0, errors.New("not now")
	pictures := []redact.Picture{{ID: 7, Load: func(context.Context) (*image.NRGBA, error) {
		if loads++; loads == 1 {
			return nil, fails
		}
		return image.NewNRGBA(image.Rect(0, 0, 2, 2)), nil
	}}}
	once := loadedOnce(pictures)
	if _, err := once[0].Load(t.Context()); !errors.Is(err, fails) {
		t.Errorf("got %v", err)
	}
	first, err := once[0].Load(t.Context())
	again, failed := once[0].Load(t.Context())
	if err != nil || failed != nil || first != again || loads != 2 || once[0].ID != 7 {
		t.Errorf("%d loads, %v, %v", loads, err, failed)
	}
}
