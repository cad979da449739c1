package authz

import (
	"os"
	"strings"
	"testing"
)

func TestOperations(t *testing.T) {
	b, err := os.ReadFile("../assets/rules/operations.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o, err := ParseOperations(b)
	if err != nil {
		t.Fatal(err)
	}
	for action, want := range map[string]string{
		"subject.add": "collect", "evidence.keep": "store", "face.match": "use", "asset.redact": "process", "file.export": "transmit",
		"subject.copy": "provide", "release.sign-off": "disclose", "record.purge": "delete",
	} {
		if got, ok := o.Of(action); !ok || got != want {
			t.Errorf("%s is %q, want %s", action, got, want)
		}
	}
	if _, ok := o.Of("subject.sell"); ok {
		t.Error("an action that is not listed is known")
	}
	if o.Label("delete", "zh") != "删除" || o.Label("subject.add", "en") == "" {
		t.Error("no words for it")
	}
	for name, change := range map[string][2]string{
		"of none of the eight": {"operation: collect", "operation: sell"},
		"an operation lost":    {"- id: process\n", "- id: progress\n"},
		"without a version":    {"version: ", "edition: "},
		"twice":                {"- id: subject.import", "- id: subject.add"},
		"without its Chinese":  {"  zh: 新建对象\n", ""},
		"no YAML":              {"actions:", "actions: ]["},
	} {
		bad := strings.Replace(string(b), change[0], change[1], 1)
		if bad == string(b) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := ParseOperations([]byte(bad)); err == nil {
			t.Errorf("a table with an action %s is read", name)
		}
	}
}
