package wiring

import (
	"errors"
	"testing"

	"consentry/redact"
)

func TestTryOwn(t *testing.T) {
	a, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ctx := t.Context()
	kinds := []byte("kinds:\n- id: part-no\n  name: {zh: 零件号, en: part number}\n  label: {zh: '[零件号]', en: '[part]'}\n  pattern: 'YL-\\d{5}'\n  must_find: [YL-00017]\n  must_not_find: [YL-17]\n")
	text := "零件 YL-00017 已换，YL-17 没有。"
	if found, err := a.TryOwn(ctx, OwnKinds, nil, text); err != nil || len(found) > 0 {
		t.Error("found without a file:", found, err)
	}
	found, err := a.TryOwn(ctx, OwnKinds, kinds, text)
	want := Tried{3, 11, redact.Words{ZH: "零件号", EN: "part number"}, redact.Words{ZH: "[零件号]", EN: "[part]"}}
	if err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("found %+v, %v", found, err)
	}
	if _, err := a.TryOwn(ctx, OwnKinds, []byte("kinds:\n- id: part-no\n  pattern: 'YL'\n  must_find: [XX]\n  must_not_find: [XY]\n"), text); !errors.Is(err, ErrOwn) {
		t.Error("a file whose own texts fail is tried:", err)
	}
	if b, err := a.Own(ctx, OwnKinds); err != nil || b != nil {
		t.Error("what was tried is kept:", err)
	}
	if err := a.UseOwn(ctx, OwnKinds, kinds); err != nil {
		t.Fatal(err)
	}
	if found, err := a.TryOwn(ctx, OwnKinds, nil, text); err != nil || len(found) != 1 {
		t.Error("what is in use finds nothing:", found, err)
	}
	if found, err := a.TryOwn(ctx, OwnDictionary, nil, "这里是国内首家这样做的工厂。"); err != nil || len(found) == 0 || found[0].What.ZH == "" {
		t.Error("what ships finds nothing:", found, err)
	}
}

func TestTextDigest(t *testing.T) {
	sum := redact.Sum([]byte("夜班照常。")).String()
	for text, want := range map[string]string{"": "", " \n": "", "夜班照常。": sum, "夜班照常。\n": sum, sum: sum} {
		if got := TextDigest(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
