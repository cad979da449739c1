package ledger

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
)

// The entries and roots of the Certificate Transparency test vectors.
var (
	ctEntries = []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	ctRoots   = []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
)

func TestCertificateTransparencyVectors(t *testing.T) {
	ctx := context.Background()
	l, m, _ := newLog(t, 0)
	for i, e := range ctEntries {
		entry, err := hex.DecodeString(e)
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.Append(ctx, entry)
		if err != nil {
			t.Fatal(err)
		}
		if r.Index != int64(i) || r.Size != int64(i)+1 || r.Root.String() != ctRoots[i] {
			t.Errorf("append %d = index %d, size %d, root %v, want root %s", i, r.Index, r.Size, r.Root, ctRoots[i])
		}
		c, err := ParseHead(r.Head, l.Key())
		if err != nil || c.Size != r.Size || c.Root != r.Root {
			t.Errorf("head %d says %+v, %v", i, c, err)
		}
		res, err := Check(ctx, m, l.Key())
		if err != nil || res.Root != r.Root {
			t.Errorf("check after %d: %+v, %v", i, res, err)
		}
	}
}

func TestEmptyLog(t *testing.T) {
	ctx := context.Background()
	l, _, _ := newLog(t, 0)
	head, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseHead(head, l.Key())
	if err != nil || c.Size != 0 || c.Root.String() != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("head of an empty log = %+v, %v", c, err)
	}
	if r, err := l.Check(ctx, head); err != nil || r.Size != 0 || r.Heads != 1 {
		t.Errorf("check = %+v, %v", r, err)
	}
	if _, err := l.Append(ctx, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Check(ctx, head); err != nil {
		t.Errorf("the head of the empty log no longer agrees: %v", err)
	}
}

func TestReceiptJSON(t *testing.T) {
	l, _, _ := newLog(t, 2)
	r, err := l.Append(context.Background(), []byte("entry"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `"index":2,"size":3,"root":"`+r.Root.String()+`"`) {
		t.Errorf("receipt = %s", b)
	}
	var back Receipt
	if err := json.Unmarshal(b, &back); err != nil || back != r {
		t.Errorf("read back %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"root":"00"}`), &back); err == nil {
		t.Error("a short root was read")
	}
}

// A head can be checked with Ed25519 and base64 alone, as Format says.
func TestHeadWithoutNote(t *testing.T) {
	l, _, heads := newLog(t, 3)
	text, sigs, _ := strings.Cut(heads[2], "\n\n")
	key, err := base64.StdEncoding.DecodeString(l.Key()[len(l.Key())-44:])
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(sigs)
	sig, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || fields[0] != "—" {
		t.Fatal(fields[0], err)
	}
	pub := ed25519.PublicKey(key[len(key)-32:])
	if !ed25519.Verify(pub, []byte(text+"\n"), sig[len(sig)-64:]) {
		t.Error("the signature does not verify as documented")
	}
	if ed25519.Verify(pub, []byte(text), sig[len(sig)-64:]) {
		t.Error("the signature verifies another text")
	}
}

func TestAppendRefusesTampered(t *testing.T) {
	ctx := context.Background()
	for name, spoil := range map[string]func(*memory){
		"tail dropped":  func(m *memory) { m.records = m.records[:3] },
		"all dropped":   func(m *memory) { m.records = nil },
		"head dropped":  func(m *memory) { m.head = "" },
		"hash flipped":  func(m *memory) { m.records[3].Hashes[2][0] ^= 1 },
		"hashes gone":   func(m *memory) { m.records[3].Hashes = nil },
		"entry slipped": func(m *memory) { m.records = append(m.records, Record{Index: 5, Hashes: make([]Hash, 2)}) },
	} {
		l, m, _ := newLog(t, 5)
		spoil(m)
		n := len(m.records)
		if _, err := l.Append(ctx, []byte("next")); !errors.Is(err, ErrMismatch) {
			t.Errorf("%s: append = %v, want ErrMismatch", name, err)
		}
		if len(m.records) != n {
			t.Errorf("%s: something was appended", name)
		}
		if _, err := l.Head(ctx); !errors.Is(err, ErrMismatch) {
			t.Errorf("%s: head = %v, want ErrMismatch", name, err)
		}
	}
}

// Two logs on one storage stand for two processes: each append conflicts with
// the other's now and then.
func TestConcurrentAppend(t *testing.T) {
	ctx := context.Background()
	private, err := NewKey("test")
	if err != nil {
		t.Fatal(err)
	}
	m := &memory{}
	var wg sync.WaitGroup
	for range 4 {
		l, err := Open(m, private)
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for range 50 {
				if _, err := l.Append(ctx, []byte("entry")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	l, _ := Open(m, private)
	if _, err := l.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestKeys(t *testing.T) {
	for _, id := range []string{"", "a b", "a+b", "王", "a/b"} {
		if k, err := NewKey(id); err == nil {
			t.Errorf("NewKey(%q) = %d characters", id, len(k))
		}
	}
	for _, k := range []string{"", "PRIVATE+KEY+", "PRIVATE+KEY+consentry-ledger/x+00000000+AAAA"} {
		if _, err := Open(&memory{}, k); err == nil {
			t.Errorf("Open with key %q", k)
		}
	}
	// Base64 has a plus sign of its own: enough keys to meet one anywhere.
	for range 200 {
		k, err := NewKey("test")
		if err != nil {
			t.Fatal(err)
		}
		l, err := Open(&memory{}, k)
		if err != nil {
			t.Fatal(err)
		}
		h, err := l.Head(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseHead(h, l.Key()); err != nil {
			t.Fatalf("verifier key %s: %v", l.Key(), err)
		}
	}
	l, _, _ := newLog(t, 0)
	if _, err := l.Append(context.Background(), make([]byte, MaxEntry+1)); err == nil {
		t.Error("an entry above the limit was taken")
	}
}
