package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// originPrefix begins the name of every key and the first line of every head.
const originPrefix = "consentry-ledger/"

// maxHead bounds a head in bytes; ours have about 250.
const maxHead = 4096

// A Checkpoint is what a head says once its signature has been checked.
type Checkpoint struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Root   Hash   `json:"root"`
}

func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// NewKey makes an Ed25519 key for the log known by id (letters, digits, '-'
// and '_'), in the form of golang.org/x/mod/sumdb/note. Keep it secret.
func NewKey(id string) (private string, err error) {
	if id == "" || strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != "" {
		return "", errors.New("ledger id must be letters, digits, '-' and '_'")
	}
	private, _, err = note.GenerateKey(rand.Reader, originPrefix+id)
	return private, err
}

// ParseHead checks a head's signature with a verifier key and returns what it
// says.
func ParseHead(head, key string) (Checkpoint, error) {
	v, err := verifier(key)
	if err != nil {
		return Checkpoint{}, err
	}
	return parseHead(head, v)
}

func verifier(key string) (note.Verifier, error) {
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("verifier key: %w", err)
	}
	if !strings.HasPrefix(v.Name(), originPrefix) {
		return nil, errors.New("verifier key: not one of a ledger")
	}
	return v, nil
}

func parseHead(head string, v note.Verifier) (Checkpoint, error) {
	if len(head) > maxHead {
		return Checkpoint{}, errors.New("signed head is too long")
	}
	n, err := note.Open([]byte(head), note.VerifierList(v))
	if err != nil {
		// The error of the library may quote what it was given.
		return Checkpoint{}, errors.New("signed head: no valid signature by the ledger's key")
	}
	c := Checkpoint{Origin: v.Name()}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != c.Origin {
		return Checkpoint{}, errors.New("signed head: not a checkpoint of this ledger")
	}
	c.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return Checkpoint{}, errors.New("signed head: malformed size")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != len(c.Root) {
		return Checkpoint{}, errors.New("signed head: malformed root")
	}
	copy(c.Root[:], root)
	return c, nil
}

// publicKey is the verifier key that belongs to a signer key. The encoding is
// that of golang.org/x/mod/sumdb/note: the last field is base64 of the
// algorithm byte (1) and the Ed25519 seed.
func publicKey(private string) (string, error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(private, "PRIVATE+KEY+"), "+")
	const n = (1 + ed25519.SeedSize) / 3 * 4 // the encoding has no padding
	seed, err := base64.StdEncoding.DecodeString(private[max(0, len(private)-n):])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", errors.New("ledger key: malformed")
	}
	pub := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	key, err := note.NewEd25519VerifierKey(name, pub)
	if err != nil {
		return "", fmt.Errorf("ledger key: %w", err)
	}
	return key, nil
}
