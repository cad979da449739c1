package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"consentry/authz"
)

// childEnv makes the test binary play a program that writes to a vault.
const childEnv = "STORE_TEST_CHILD"

var children = map[string]func(dir string) error{"write": writeForever}

// stopServer ends a database server that a test started.
var stopServer = func() {}

func TestMain(m *testing.M) {
	name, dir, ok := strings.Cut(os.Getenv(childEnv), " ")
	if !ok {
		code := m.Run()
		stopServer()
		os.Exit(code)
	}
	if err := children[name](dir); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// child is the test binary as another program.
func child(t *testing.T, name, dir string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), childEnv+"="+name+" "+dir)
	return c
}

// writeForever writes until it is killed, and prints what it was told is kept.
func writeForever(dir string) error {
	ctx := context.Background()
	v, err := Open(dir, passphrase)
	if err != nil {
		return err
	}
	errs := make(chan error)
	var mu sync.Mutex
	say := func(what, id string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(what, id) // one write, unbuffered
	}
	go func() {
		for {
			id := NewID("s_")
			r, err := v.Record(ctx, []byte(id), pair(ctx, id))
			if err != nil {
				errs <- err
				return
			}
			say("subject", id)
			say("head", fmt.Sprintf("%q", r.Head))
		}
	}()
	for range 3 {
		go func() {
			for {
				id := NewID("")
				if err := v.Put(ctx, sha256.Sum256([]byte(id)), bytes.Repeat([]byte(id), 500)); err != nil {
					errs <- err
					return
				}
				say("result", id)
			}
		}()
	}
	return <-errs
}

// pair writes a subject, a consent in two steps, and a document.
func pair(ctx context.Context, id string) func(*Tx) error {
	return func(tx *Tx) error {
		c := authz.ConsentID("c" + id)
		return errors.Join(
			tx.PutSubject(ctx, authz.Subject{ID: authz.SubjectID(id), Kind: authz.Person, Names: []authz.Name{{Text: id}}}),
			tx.PutConsent(ctx, authz.Consent{ID: c, Subject: authz.SubjectID(id)}),
			tx.AppendEvent(ctx, c, authz.Event{State: authz.Given, At: time.Now()}),
			tx.PutDoc(ctx, CaseBucket, id, bytes.Repeat([]byte(id), 500)),
		)
	}
}

// kills is how often TestKill kills; -short has less patience.
const kills = 200

// Processes that are killed with SIGKILL while they write lose nothing that they
// were told is kept, and leave nothing half. In some rounds there are two, so that
// one is killed while it waits for the other.
func TestKill(t *testing.T) {
	v, dir := newTestVault(t)
	v.Close()
	rounds := kills
	if testing.Short() {
		rounds = 12
	}
	var all []string
	for round := range rounds {
		cs := []*writer{startWriter(t, dir)}
		if round%10 == 5 {
			cs = append(cs, startWriter(t, dir))
		}
		// Killed after a random number of lines and a moment more, so that it is
		// in the middle of something.
		cs[0].lines(t, 1+rand.IntN(12))
		time.Sleep(time.Duration(rand.IntN(8000)) * time.Microsecond)
		var told []string
		for _, c := range cs {
			told = append(told, c.kill(t)...)
		}
		all = append(all, told...)
		checkAfterKill(t, dir, round, told)
	}
	if heads, results := checkAfterKill(t, dir, rounds, all); heads == 0 || results == 0 {
		t.Errorf("the children wrote %d entries and %d results", heads, results)
	}
}

// A writer is another process that writes, and what it said.
type writer struct {
	cmd  *exec.Cmd
	out  *bufio.Scanner
	told []string
}

func startWriter(t *testing.T, dir string) *writer {
	t.Helper()
	c := child(t, "write", dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return &writer{cmd: c, out: bufio.NewScanner(out)}
}

func (w *writer) lines(t *testing.T, n int) {
	t.Helper()
	for range n {
		if !w.out.Scan() {
			t.Fatal("the child ended")
		}
		w.told = append(w.told, w.out.Text())
	}
}

func (w *writer) kill(t *testing.T) []string {
	t.Helper()
	if err := w.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for w.out.Scan() {
		w.told = append(w.told, w.out.Text())
	}
	if w.cmd.Wait(); w.cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child ended by itself: %s", w.told[len(w.told)-1])
	}
	return w.told
}

// checkAfterKill looks for what was told, and whether ledger and tables agree.
func checkAfterKill(t *testing.T, dir string, round int, told []string) (entries, results int) {
	t.Helper()
	ctx := t.Context()
	v, err := Open(dir, passphrase)
	if err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
	defer v.Close()
	var heads []string
	for _, l := range told {
		what, id, _ := strings.Cut(l, " ")
		switch what {
		case "subject":
			checkPair(t, v, round, authz.SubjectID(id))
		case "result":
			results++
			if b, ok, err := v.Get(ctx, sha256.Sum256([]byte(id))); err != nil || !ok || !bytes.Equal(b, bytes.Repeat([]byte(id), 500)) {
				t.Errorf("round %d: a result that was kept is lost: %v", round, err)
			}
		case "head":
			var h string
			if _, err := fmt.Sscanf(id, "%q", &h); err != nil {
				continue // the line was cut by the kill
			}
			heads = append(heads, h)
		default:
			t.Fatalf("the child said %s", l)
		}
	}
	r, err := v.Check(ctx, heads...)
	if n := rowsOf(t, v, "subject"); err != nil || r.Size != int64(n) || r.Heads != len(heads) {
		t.Errorf("round %d: check = %+v, %v; %d subjects", round, r, err, n)
	}
	// Nothing is half: each subject has its consent, its document and its name.
	for _, table := range []string{"consent", "doc", "subject_name"} {
		if n := rowsOf(t, v, table); int64(n) != r.Size {
			t.Errorf("round %d: %d rows of %s for %d subjects", round, n, table, r.Size)
		}
	}
	return len(heads), results
}

func checkPair(t *testing.T, v *Vault, round int, id authz.SubjectID) {
	t.Helper()
	ctx := t.Context()
	if _, err := v.Subject(ctx, id); err != nil {
		t.Errorf("round %d: a subject that was kept is lost: %v", round, err)
	}
	cs, err := v.Consents(ctx, id)
	if err != nil || len(cs) != 1 || len(cs[0].Events) != 1 {
		t.Errorf("round %d: a subject has consents %v, %v", round, cs, err)
	}
	if m, err := v.Match(ctx, authz.Sighting{Text: string(id)}); err != nil || len(m) != 1 {
		t.Errorf("round %d: a subject is not found by name: %v", round, err)
	}
	if _, err := v.Doc(ctx, CaseBucket, string(id)); err != nil {
		t.Errorf("round %d: %v", round, err)
	}
}
