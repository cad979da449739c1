// Package spacy turns a spaCy English pipeline into the model file that
// redact/names/spacy reads. It needs no Python: the pipeline's folder is
// MessagePack, JSON and one NumPy array.
package spacy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/vmihailenco/msgpack/v5"

	"consentry/redact/names/spacy"
)

// Convert reads the folder of a spaCy 3.8 pipeline (the one with config.cfg in
// it) of en_core_web_md's or en_core_web_sm's architecture and writes the model
// file. The same folder always gives the same bytes, on every machine.
func Convert(model fs.FS, w io.Writer) error {
	return convert(model, w, rulesDigest)
}

func convert(model fs.FS, w io.Writer, rules string) error {
	c := converter{from: model, rules: rules}
	var out spacy.Weights
	for _, step := range []func(*spacy.Weights) error{c.network, c.actions, c.tokenizer, c.norms, c.vectors} {
		if err := step(&out); err != nil {
			return fmt.Errorf("convert spaCy model: %w", err)
		}
	}
	return out.Write(w)
}

type converter struct {
	from   fs.FS
	rules  string // SHA-256 of the tokenizer's patterns, in hex
	static *array // the layer over the static vectors
}

// unpack reads a MessagePack file.
func (c *converter) unpack(name string, into any) error {
	b, err := fs.ReadFile(c.from, name)
	if err != nil {
		return err
	}
	if err := msgpack.Unmarshal(b, into); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// actions numbers the transitions as spaCy does: by kind, then by how often the
// label was seen in training, the more frequent first.
func (c *converter) actions(w *spacy.Weights) error {
	var file struct {
		Moves string `msgpack:"moves"`
	}
	if err := c.unpack("ner/moves", &file); err != nil {
		return err
	}
	var kinds map[string]map[string]int
	if err := json.Unmarshal([]byte(file.Moves), &kinds); err != nil {
		return fmt.Errorf("read ner/moves: %w", err)
	}
	for kind, prefix := range []string{"", "B-", "I-", "L-", "U-", "O"} {
		labels := kinds[strconv.Itoa(kind)]
		if kind == 0 && len(labels) > 0 {
			return errors.New("ner/moves has transitions of a kind that is not known")
		}
		order := make([]string, 0, len(labels))
		for l := range labels {
			order = append(order, l)
		}
		slices.SortFunc(order, func(a, b string) int {
			if labels[a] != labels[b] {
				return labels[b] - labels[a]
			}
			return strings.Compare(b, a)
		})
		for _, l := range order {
			w.Actions = append(w.Actions, prefix+l)
		}
	}
	return nil
}

// rulesDigest is of the tokenizer's patterns that package spacy was written
// after. They cannot be taken as they are: Go's regular expressions have no
// look-behind.
const rulesDigest = "3b070276bf3e6482b0d0ccbff90352272746e94226d145bd983372cbe52b197f"

func (c *converter) tokenizer(w *spacy.Weights) error {
	var file struct {
		Prefix     string                      `msgpack:"prefix_search"`
		Suffix     string                      `msgpack:"suffix_search"`
		Infix      string                      `msgpack:"infix_finditer"`
		Token      *string                     `msgpack:"token_match"`
		URL        string                      `msgpack:"url_match"`
		Exceptions map[string][]map[int]string `msgpack:"exceptions"`
	}
	if err := c.unpack("tokenizer", &file); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(file.Prefix + "\n" + file.Suffix + "\n" + file.Infix + "\n" + file.URL))
	if got := hex.EncodeToString(sum[:]); got != c.rules || file.Token != nil {
		return fmt.Errorf("the tokenizer's patterns are not those of spaCy 3.8 English (SHA-256 %s)", got)
	}
	const orth, norm = 65, 67 // spaCy's attribute numbers
	for text, tokens := range file.Exceptions {
		x := spacy.Exception{Text: text}
		for _, t := range tokens {
			x.Tokens = append(x.Tokens, spacy.Piece{Text: t[orth], Norm: t[norm]})
		}
		w.Exceptions = append(w.Exceptions, x)
	}
	slices.SortFunc(w.Exceptions, func(a, b spacy.Exception) int { return strings.Compare(a.Text, b.Text) })
	return nil
}

func (c *converter) norms(w *spacy.Weights) error {
	var tables struct {
		Norm map[uint64]string `msgpack:"lexeme_norm"`
	}
	if err := c.unpack("vocab/lookups.bin", &tables); err != nil {
		return err
	}
	for h, n := range tables.Norm {
		w.Norms = append(w.Norms, spacy.Norm{Hash: h, Norm: n})
	}
	slices.SortFunc(w.Norms, func(a, b spacy.Norm) int {
		if a.Hash < b.Hash {
			return -1
		}
		return 1
	})
	return nil
}
