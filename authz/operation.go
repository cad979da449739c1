package authz

import (
	"bytes"
	"errors"
	"fmt"

	"gopkg.in/yaml.v3"
)

// Operations says under which of the eight operations of PIPL 4(2) each action of
// the program is logged. It is not changed after [ParseOperations] and safe for
// concurrent use. The zero value knows no action.
type Operations struct {
	Version string
	of      map[string]string
	label   map[string]Text
}

// The operations: 收集, 存储, 使用, 加工, 传输, 提供, 公开, 删除.
var operations = []string{"collect", "store", "use", "process", "transmit", "provide", "disclose", "delete"}

// ParseOperations reads the table in YAML. It refuses one that lacks an operation,
// or that lists an action twice, under none of the eight, or without a text in both
// languages.
func ParseOperations(b []byte) (*Operations, error) {
	type item struct {
		ID        string `yaml:"id"`
		Operation string `yaml:"operation"`
		Text      `yaml:",inline"`
	}
	var f struct {
		Version    string `yaml:"version"`
		Operations []item `yaml:"operations"`
		Actions    []item `yaml:"actions"`
	}
	if err := yaml.NewDecoder(bytes.NewReader(b)).Decode(&f); err != nil {
		return nil, fmt.Errorf("read operations: %w", err)
	}
	o := &Operations{Version: f.Version, of: map[string]string{}, label: map[string]Text{}}
	for _, i := range f.Operations {
		o.label[i.ID] = i.Text
	}
	for _, id := range operations {
		if t := o.label[id]; t.Zh == "" || t.En == "" {
			return nil, fmt.Errorf("read operations: %s is missing", id)
		}
	}
	if f.Version == "" || len(f.Operations) != len(operations) {
		return nil, errors.New("read operations: want a version and the eight operations")
	}
	for _, i := range f.Actions {
		_, known := o.label[i.Operation]
		if _, twice := o.of[i.ID]; i.ID == "" || !known || twice || i.Zh == "" || i.En == "" {
			return nil, fmt.Errorf("read operations: action %q", i.ID)
		}
		o.of[i.ID] = i.Operation
		o.label[i.ID] = i.Text
	}
	return o, nil
}

// Of gives the operation that an action is; false for one that is not listed,
// which is not to be logged, and so not to be done.
func (o *Operations) Of(action string) (string, bool) {
	op, ok := o.of[action]
	return op, ok
}

// Label words an operation or action in a language, zh or en; "" for another.
func (o *Operations) Label(id, lang string) string { return o.label[id].In(lang) }
