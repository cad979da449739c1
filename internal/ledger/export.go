package ledger

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"
)

// Format names the format that [Log.Export] writes. It is made to be read
// without this program: UTF-8, one JSON object a line.
//
//	{"format":"consentry-ledger/1","key":"consentry-ledger/4f…+1a2b3c4d+A…"}
//	{"index":0,"leaf":"9f86…","entry":"…"}
//	{"index":1,"leaf":"60a1…","entry_base64":"…"}
//	{"head":"consentry-ledger/4f…\n2\n…=\n\n— consentry-ledger/4f… …\n"}
//
// The first line holds the verifier key, the last one the signed head. Between
// them stand the entries in order: entry where its bytes are UTF-8, else
// entry_base64. leaf is hex of SHA-256(0x00 ‖ entry). The root in the head is
// the Merkle tree hash of RFC 6962, section 2.1, over the leaves: two subtrees
// are joined as SHA-256(0x01 ‖ left ‖ right), split at the largest power of two
// below the number of leaves. The head is a signed note: its text (up to and
// with the newline before the empty line) is signed with the Ed25519 key that
// makes up the last 32 bytes of the base64 field of key; the signature is the
// last 64 bytes of the base64 on the line that begins with an em dash.
const Format = "consentry-ledger/1"

// MaxEntry bounds an entry in bytes.
const MaxEntry = 1 << 20

// maxLine bounds a line: JSON writes a control character in six bytes.
const maxLine = 6*MaxEntry + 4096

type line struct {
	Format string `json:"format,omitempty"`
	Key    string `json:"key,omitempty"`

	Index  *int64  `json:"index,omitempty"`
	Leaf   *Hash   `json:"leaf,omitempty"`
	Entry  *string `json:"entry,omitempty"`
	Base64 *[]byte `json:"entry_base64,omitempty"`

	Head string `json:"head,omitempty"`
}

// Export writes the whole log in [Format].
func (l *Log) Export(ctx context.Context, w io.Writer) error {
	n, head, err := l.state(ctx)
	if err != nil {
		return fmt.Errorf("export the ledger: %w", err)
	}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line{Format: Format, Key: l.key}); err != nil {
		return fmt.Errorf("export the ledger: %w", err)
	}
	for r, err := range l.storage.Records(ctx, n) {
		if err != nil {
			return fmt.Errorf("export the ledger: %w", err)
		}
		if len(r.Hashes) == 0 {
			return fmt.Errorf("export the ledger: %w: entry %d has no hash", ErrMismatch, r.Index)
		}
		o := line{Index: &r.Index, Leaf: &r.Hashes[0]}
		if s := string(r.Entry); utf8.Valid(r.Entry) {
			o.Entry = &s
		} else {
			o.Base64 = &r.Entry
		}
		if err := enc.Encode(o); err != nil {
			return fmt.Errorf("export the ledger: %w", err)
		}
	}
	if err := enc.Encode(line{Head: head}); err != nil {
		return fmt.Errorf("export the ledger: %w", err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("export the ledger: %w", err)
	}
	return nil
}

// CheckExport checks an export as [Check] does a log. Give the verifier key from
// another source than the export: with an empty key the one inside is used, and
// whoever forged the export may have put it there.
func CheckExport(ctx context.Context, r io.Reader, key string, heads ...string) (Result, error) {
	e, err := readExport(r)
	if err != nil {
		return Result{}, fmt.Errorf("read the ledger export: %w", err)
	}
	if key == "" {
		key = e.key
	}
	if key != e.key {
		return Result{}, &TamperError{Forged, -1, "the export is of another ledger, or signed by another key"}
	}
	return check(ctx, e, key, heads, true)
}

// export is a Source read from a file.
type export struct {
	key, head string
	records   []Record
}

func (e *export) State(context.Context) (int64, string, error) {
	return int64(len(e.records)), e.head, nil
}

func (e *export) Records(context.Context, int64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, r := range e.records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func readExport(r io.Reader) (*export, error) {
	e := &export{}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	for n := 1; sc.Scan(); n++ {
		var l line
		dec := json.NewDecoder(bytes.NewReader(sc.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&l); err != nil || dec.More() {
			// The error of the library may quote what it was given.
			return nil, fmt.Errorf("line %d is not as the format %s wants it", n, Format)
		}
		if err := e.take(l, n); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	if e.head == "" {
		return nil, errors.New("it is cut: the last line with the signed head is missing")
	}
	return e, nil
}

func (e *export) take(l line, n int) error {
	isEntry := l.Index != nil || l.Leaf != nil || l.Entry != nil || l.Base64 != nil
	switch {
	case e.head != "":
		return errors.New("nothing may follow the signed head")
	case n == 1:
		if l.Format != Format {
			return fmt.Errorf("not an export of format %s", Format)
		}
		if l.Key == "" || isEntry || l.Head != "" {
			return errors.New("must hold format and key")
		}
		e.key = l.Key
		return nil
	case l.Format != "" || l.Key != "":
		return errors.New("format and key belong into the first line")
	case l.Head != "":
		if isEntry {
			return errors.New("head and entry in one line")
		}
		e.head = l.Head
		return nil
	}
	if l.Index == nil || l.Leaf == nil || (l.Entry == nil) == (l.Base64 == nil) {
		return errors.New("must hold index, leaf and one of entry, entry_base64")
	}
	r := Record{Index: *l.Index, Hashes: []Hash{*l.Leaf}}
	if l.Entry != nil {
		r.Entry = []byte(*l.Entry)
	} else {
		r.Entry = *l.Base64
	}
	e.records = append(e.records, r)
	return nil
}
