package custom

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"gopkg.in/yaml.v3"

	"consentry/redact"
)

// ErrTooLarge is wrapped where a file has more than MaxFile bytes.
var ErrTooLarge = errors.New("the file of kinds is too large")

// Parse reads a file of kinds. Errors name the line, and never quote the file: what
// stands there is what is to be hidden.
func Parse(r io.Reader) (Set, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return Set{}, fmt.Errorf("read kinds: %w", err)
	}
	if len(b) > MaxFile {
		return Set{}, fmt.Errorf("read kinds: %w: more than %d bytes", ErrTooLarge, MaxFile)
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return Set{}, nil
	} else if err != nil {
		return Set{}, notYAML(err)
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return Set{}, errors.New("read kinds: the file holds more than one document")
	}
	kinds, lines, err := decode(doc.Content[0])
	if err != nil {
		return Set{}, fmt.Errorf("read kinds: %w", err)
	}
	s, err := build(kinds, lines)
	if err != nil {
		return Set{}, fmt.Errorf("read kinds: %w", err)
	}
	return s, nil
}

var lineOf = regexp.MustCompile(`line (\d+)`)

// notYAML is a syntax error without the words of yaml's own, which may quote.
func notYAML(err error) error {
	if m := lineOf.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("read kinds: near line %s: not YAML", m[1])
	}
	return errors.New("read kinds: not YAML")
}

// decode reads the nodes by hand: yaml's own errors quote values, and aliases are
// not taken.
func decode(root *yaml.Node) (kinds []Kind, lines []int, err error) {
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil, nil
	}
	err = fields(root, map[string]func(*yaml.Node) error{"kinds": func(n *yaml.Node) error {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return nil
		}
		if n.Kind != yaml.SequenceNode {
			return at(n, "kinds is a list")
		}
		for _, c := range n.Content {
			k, err := kind(c)
			if err != nil {
				return err
			}
			kinds, lines = append(kinds, k), append(lines, c.Line)
		}
		return nil
	}})
	return kinds, lines, err
}

func kind(n *yaml.Node) (k Kind, err error) {
	var id, sensitivity string
	err = fields(n, map[string]func(*yaml.Node) error{
		"id":            text(&id),
		"name":          words(&k.Name),
		"label":         words(&k.Label),
		"sensitivity":   text(&sensitivity),
		"list":          texts(&k.List),
		"pattern":       text(&k.Pattern),
		"must_find":     texts(&k.MustFind),
		"must_not_find": texts(&k.MustNotFind),
	})
	k.ID, k.Sensitivity = redact.Kind(id), redact.Sensitivity(sensitivity)
	return k, err
}

func at(n *yaml.Node, what string) error { return fmt.Errorf("line %d: %s", n.Line, what) }

// fields calls for each key of a mapping what reads its value.
func fields(n *yaml.Node, by map[string]func(*yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return at(n, "keys with values are wanted here")
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		read, ok := by[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || !ok:
			return at(key, "an unknown key")
		case seen[key.Value]:
			return at(key, "a key stands twice")
		}
		seen[key.Value] = true
		if err := read(n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func text(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!binary" {
			return at(n, "a text is wanted here")
		}
		if n.Tag != "!!null" {
			*to = n.Value
		}
		return nil
	}
}

func texts(to *[]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return nil
		}
		if n.Kind != yaml.SequenceNode {
			return at(n, "a list of texts is wanted here")
		}
		for _, c := range n.Content {
			var s string
			if err := text(&s)(c); err != nil {
				return err
			}
			*to = append(*to, s)
		}
		return nil
	}
}

func words(to *redact.Words) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		return fields(n, map[string]func(*yaml.Node) error{"zh": text(&to.ZH), "en": text(&to.EN)})
	}
}

// Marshal writes the set as a file that Parse reads.
func (s Set) Marshal() ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(map[string][]Kind{"kinds": s.kinds}); err != nil {
		return nil, fmt.Errorf("write kinds: %w", err)
	}
	if err := enc.Close(); err != nil {
		return nil, fmt.Errorf("write kinds: %w", err)
	}
	return b.Bytes(), nil
}
