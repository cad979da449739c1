package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"

	"consentry/internal/sandbox"
	"consentry/redact"
)

// Both decoders give the same picture and the same errors.
func TestSandboxedIsTheSame(t *testing.T) {
	dec := Sandboxed(new(sandbox.Runner))
	bomb := append([]byte(pngMagic), pngChunk("IHDR", append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 30000), 30000), 8, 2, 0, 0, 0))...)
	for name, b := range map[string][]byte{
		"heic": testdata(t, "turned709.heic"), "frames": movingGIF(t, 80, 60), "jpeg": jpegWithEverything(t), "png": pngWithEverything(t), "large": jpegOf(t, noise(900, 700), 80), "text": []byte("text"), "empty": nil, "bomb": bomb, "cut": jpegWithEverything(t)[:900],
	} {
		want, wantErr := InProcess(t.Context(), bytes.NewReader(b), int64(len(b)), 0, maxPages)
		got, err := dec(t.Context(), bytes.NewReader(b), int64(len(b)), 0, maxPages)
		if errors.Is(err, redact.ErrUnreadable) != errors.Is(wantErr, redact.ErrUnreadable) || errors.Is(err, redact.ErrTooLarge) != errors.Is(wantErr, redact.ErrTooLarge) || (err == nil) != (wantErr == nil) {
			t.Errorf("%s: %v, in process %v", name, err, wantErr)
		}
		if wantErr == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: pictures differ", name)
		}
	}
}

func TestSandboxedMemoryLimit(t *testing.T) {
	b := pngOf(t, flat(9000, 9000, 0)) // 81 MB grey, 324 MB as NRGBA
	dec := Sandboxed(&sandbox.Runner{Limits: sandbox.Limits{Memory: 64 << 20}})
	if _, err := dec(t.Context(), bytes.NewReader(b), int64(len(b)), 0, maxPages); !errors.Is(err, redact.ErrTooLarge) || !errors.Is(err, redact.ErrUnreadable) || !errors.Is(err, sandbox.ErrLimit) {
		t.Errorf("got %v", err)
	}
}

func answerOf(head string, pixels int) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	return append(append(b, head...), make([]byte, pixels)...)
}

const goodHead = `{"Type":"image/png","Width":3,"Height":2,"Orientation":1,"Pages":1}`

// A child's word is not taken for anything.
func TestAnswerIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		b  []byte
		ok bool
	}{
		"right":       {answerOf(goodHead, 24), true},
		"too few":     {answerOf(goodHead, 23), false},
		"too many":    {answerOf(goodHead, 25), false},
		"huge":        {answerOf(strings.Replace(goodHead, ":3", ":99999", 1), 24), false},
		"bomb":        {answerOf(strings.NewReplacer(":3", ":60000", ":2", ":60000").Replace(goodHead), 24), false},
		"negative":    {answerOf(strings.NewReplacer(":3", ":-3", ":2", ":-2").Replace(goodHead), 24), false},
		"type":        {answerOf(strings.Replace(goodHead, "png", "avif", 1), 24), false},
		"two pages":   {append(answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":2`, 1), 24), answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":2,"Page":1`, 1), 24)...), true},
		"page twice":  {append(answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":2`, 1), 24), answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":2`, 1), 24)...), false},
		"other page":  {answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":2,"Page":1`, 1), 24), false},
		"no pages":    {answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":0`, 1), 24), false},
		"head begun":  {append(answerOf(goodHead, 24), 0, 0), false},
		"runs back":   {answerOf(strings.Replace(goodHead, `"Pages":1`, `"Pages":1,"Delay":-1`, 1), 24), false},
		"transparent": {answerOf(strings.Replace(goodHead, "png", "jpeg", 1), 24), false},
		"no json":     {answerOf("{", 24), false},
		"no head":     {answerOf("", 24), false},
		"long head":   {[]byte{0xff, 0xff, 0xff, 0xff, 1}, false},
		"nothing":     {nil, false},
	} {
		for _, step := range []int{1, 7, 1000} {
			a := answer{most: 2}
			var err error
			for b := c.b; len(b) > 0 && err == nil; b = b[min(step, len(b)):] {
				_, err = a.Write(b[:min(step, len(b))])
			}
			if err == nil {
				_, err = a.images()
			}
			if (err == nil) != c.ok || err != nil && !errors.Is(err, redact.ErrUnreadable) {
				t.Errorf("%s in steps of %d: %v", name, step, err)
			}
		}
	}
}
