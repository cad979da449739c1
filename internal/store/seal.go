package store

import (
	"bytes"
	"compress/flate"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// sealVersion is the first byte of every sealed value.
const sealVersion = 1

// keys are derived from the data key with HKDF-SHA256, one for each purpose.
type keys struct {
	aead   cipher.AEAD
	index  []byte
	digest []byte
}

func newKeys(dataKey []byte) (*keys, error) {
	var k keys
	var sealing []byte
	for info, to := range map[string]*[]byte{
		"consentry vault v1 seal":   &sealing,
		"consentry vault v1 index":  &k.index,
		"consentry vault v1 digest": &k.digest,
	} {
		b, err := hkdf.Key(sha256.New, dataKey, nil, info, 32)
		if err != nil {
			return nil, fmt.Errorf("derive keys: %w", err)
		}
		*to = b
	}
	var err error
	if k.aead, err = chacha20poly1305.NewX(sealing); err != nil {
		return nil, fmt.Errorf("derive keys: %w", err)
	}
	return &k, nil
}

// place is where a sealed value stands. It is authenticated with the value, so
// that a value moved to another place does not open.
type place struct{ table, id, column string }

// Ids hold no NUL, so that two places never give the same bytes.
func (p place) bytes() []byte { return []byte(p.table + "\x00" + p.id + "\x00" + p.column) }

// in is the place of the column that most tables have.
func in(table, id string) place { return place{table, id, "sealed"} }

// seal returns version ‖ nonce ‖ ciphertext.
func (k *keys) seal(p place, plain []byte) []byte {
	n := 1 + chacha20poly1305.NonceSizeX
	b := make([]byte, n, n+len(plain)+chacha20poly1305.Overhead)
	b[0] = sealVersion
	rand.Read(b[1:]) // never fails, see crypto/rand
	return k.aead.Seal(b, b[1:], plain, p.bytes())
}

// open is the inverse of seal; its error wraps ErrDamaged.
func (k *keys) open(p place, sealed []byte) ([]byte, error) {
	n := 1 + chacha20poly1305.NonceSizeX
	if len(sealed) < n {
		return nil, fmt.Errorf("%w: a %s row is cut", ErrDamaged, p.table)
	}
	if sealed[0] != sealVersion {
		return nil, fmt.Errorf("%w: a %s row is sealed in an unknown way", ErrDamaged, p.table)
	}
	b, err := k.aead.Open(nil, sealed[1:n], sealed[n:], p.bytes())
	if err != nil {
		return nil, fmt.Errorf("%w: a %s row is not what was written", ErrDamaged, p.table)
	}
	return b, nil
}

func (k *keys) sealJSON(p place, v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode a %s: %w", p.table, err)
	}
	return k.seal(p, b), nil
}

func (k *keys) openJSON(p place, sealed []byte, v any) error {
	b, err := k.open(p, sealed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: a %s row cannot be decoded", ErrDamaged, p.table)
	}
	return nil
}

// blind is the blind index of a value in a table: equal values have equal
// indexes, which is all that the index tells without the key.
func (k *keys) blind(table string, value []byte) []byte {
	m := hmac.New(sha256.New, k.index)
	io.WriteString(m, table)
	m.Write([]byte{0})
	m.Write(value)
	return m.Sum(nil)
}

// Digest is an HMAC-SHA256 under a key of this vault. It stands for personal
// data where a digest of it has to be kept outside the sealed columns, as in the
// ledger: without the vault's key nobody can guess names and compare.
func (k *keys) Digest(b []byte) [32]byte {
	m := hmac.New(sha256.New, k.digest)
	m.Write(b)
	return [32]byte(m.Sum(nil))
}

func hexID(b []byte) string { return hex.EncodeToString(b) }

// textDigest is the SHA-256 of a text, in hex.
func textDigest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hexID(sum[:])
}

// deflaters are reused: a new one takes more than half a megabyte.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // fails on unknown levels only
	return w
}}

// pack compresses where that helps. The first byte says whether it did.
func pack(b []byte) []byte {
	var o bytes.Buffer
	o.WriteByte(1)
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&o)
	w.Write(b) // a bytes.Buffer takes everything
	w.Close()
	if o.Len() > len(b) {
		return append([]byte{0}, b...)
	}
	return o.Bytes()
}

func unpack(b []byte) ([]byte, error) {
	switch {
	case len(b) > 0 && b[0] == 0:
		return b[1:], nil
	case len(b) > 0 && b[0] == 1:
		o, err := io.ReadAll(flate.NewReader(bytes.NewReader(b[1:])))
		if err == nil {
			return o, nil
		}
	}
	return nil, fmt.Errorf("%w: a value cannot be unpacked", ErrDamaged)
}
