package exchange

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"sync"

	"consentry/authz/exchange/dpv"
)

// ErrContext is given for a document with another @context than ours: its terms
// may mean something else. Any JSON-LD processor compacts it to ours first.
var ErrContext = errors.New("not a consent record with the @context that this program writes")

var ourContext = sync.OnceValue(func() any {
	var v any
	if err := json.Unmarshal([]byte(dpv.Context), &v); err != nil {
		panic(err) // it is a constant
	}
	return v
})

// A node is a part of a document with the line where it ends.
type node struct {
	line  int
	raw   json.RawMessage
	types []string
}

// nodes takes a document apart: its graph, or itself.
func nodes(t text) ([]node, error) {
	dec := json.NewDecoder(t.reader())
	lines := lineCount{r: t.reader(), line: 1}
	if err := delim(dec, '{'); err != nil {
		return nil, err
	}
	var out []node
	own := map[string]json.RawMessage{}
	known := false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, ErrFormat
		}
		if key == "@graph" {
			if err := delim(dec, '['); err != nil {
				return nil, err
			}
			for dec.More() {
				var raw json.RawMessage
				if err := dec.Decode(&raw); err != nil {
					return nil, ErrFormat
				}
				if len(out) >= 3*MaxRows { // a record, its subject and its notice
					return nil, ErrRows
				}
				out = append(out, node{lines.at(dec.InputOffset()), raw, types(raw)})
			}
			if err := delim(dec, ']'); err != nil {
				return nil, err
			}
			continue
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, ErrFormat
		}
		if key == "@context" {
			var v any
			if json.Unmarshal(raw, &v) != nil || !reflect.DeepEqual(v, ourContext()) {
				return nil, ErrContext
			}
			known = true
			continue
		}
		name, _ := key.(string)
		own[name] = raw
	}
	if err := delim(dec, '}'); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, ErrFormat
	}
	if !known {
		return nil, ErrContext
	}
	if len(own) > 0 {
		raw, err := json.Marshal(own)
		if err != nil {
			return nil, ErrFormat
		}
		out = append(out, node{1, raw, types(raw)})
	}
	return out, nil
}

func delim(dec *json.Decoder, want json.Delim) error {
	if t, err := dec.Token(); err != nil || t != want {
		return ErrFormat
	}
	return nil
}

// lineCount tells the lines of offsets that only grow.
type lineCount struct {
	r    *bufio.Reader
	at0  int64
	line int
}

func (l *lineCount) at(offset int64) int {
	for l.at0 < offset {
		c, err := l.r.ReadByte()
		if err != nil {
			break
		}
		if l.at0++; c == '\n' {
			l.line++
		}
	}
	return l.line
}

func types(raw json.RawMessage) dpv.One[string] {
	var n struct {
		Type dpv.One[string] `json:"@type"`
	}
	if json.Unmarshal(raw, &n) != nil {
		return nil
	}
	return n.Type
}
