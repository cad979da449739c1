package letters

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// A code on a form reads CONSENTRY:1:<request id>:<checksum>. The checksum is the
// first eight hexadecimal digits, in capitals, of the SHA-256 of all before its
// colon. It tells our codes from others and from misread ones; it is no proof of
// who made a form.
const codePrefix = "CONSENTRY:1:"

var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Code is what the QR code of a request's forms says. The error is of an id that
// is empty, longer than 64 characters or of others than letters, digits and . _ -
func Code(requestID string) (string, error) {
	if !idPattern.MatchString(requestID) {
		return "", fmt.Errorf("a request id is 1 to 64 letters, digits, and . _ -")
	}
	s := codePrefix + requestID
	return s + ":" + checksum(s), nil
}

// ParseCode reads what a code says; ok is false for any code that Code did not make.
func ParseCode(s string) (requestID string, ok bool) {
	body, sum, found := cutLast(s, ":")
	id, ours := strings.CutPrefix(body, codePrefix)
	if !found || !ours || !idPattern.MatchString(id) || sum != checksum(body) {
		return "", false
	}
	return id, true
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func checksum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return strings.ToUpper(hex.EncodeToString(sum[:4]))
}

// modules are the dark fields of a QR code, row by row, without a quiet zone. At
// level Q a quarter of it may be lost.
func modules(text string) ([][]bool, error) {
	qr, err := encoder.Encoder_encode(text, decoder.ErrorCorrectionLevel_Q, nil)
	if err != nil {
		return nil, fmt.Errorf("make the QR code: %w", err)
	}
	m := qr.GetMatrix()
	out := make([][]bool, m.GetHeight())
	for y := range out {
		out[y] = make([]bool, m.GetWidth())
		for x := range out[y] {
			out[y][x] = m.Get(x, y) == 1
		}
	}
	return out, nil
}
