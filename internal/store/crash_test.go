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

// A process that is killed with SIGKILL while it writes loses nothing that it
// was told is kept, and leaves nothing half.
func TestKill(t *testing.T) {
	v, dir := newTestVault(t)
	v.Close()
	var told []string
	for round := range 12 {
		c := child(t, "write", dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Killed after a random number of lines and a moment more, so that it is
		// in the middle of something.
		lines, moment := 1+rand.IntN(60), time.Duration(rand.IntN(8000))*time.Microsecond
		sc := bufio.NewScanner(out)
		for range lines {
			if !sc.Scan() {
				t.Fatal("the child ended")
			}
			told = append(told, sc.Text())
		}
		time.Sleep(moment)
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for sc.Scan() {
			told = append(told, sc.Text())
		}
		if c.Wait(); c.ProcessState.ExitCode() != -1 {
			t.Fatalf("the child ended by itself: %s", told[len(told)-1])
		}
		checkAfterKill(t, dir, round, told)
	}
}

func checkAfterKill(t *testing.T, dir string, round int, told []string) {
	t.Helper()
	ctx := t.Context()
	v, err := Open(dir, passphrase)
	if err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
	defer v.Close()
	subjects := map[authz.SubjectID]bool{}
	list, err := v.Subjects(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		subjects[s.ID] = true
		cs, err := v.Consents(ctx, s.ID)
		if err != nil || len(cs) != 1 || len(cs[0].Events) != 1 {
			t.Errorf("round %d: a subject has consents %v, %v", round, cs, err)
		}
		if m, err := v.Match(ctx, authz.Sighting{Text: string(s.ID)}); err != nil || len(m) != 1 {
			t.Errorf("round %d: a subject is not found by name: %v", round, err)
		}
		if _, err := v.Doc(ctx, CaseBucket, string(s.ID)); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
	}
	var heads []string
	results := 0
	for _, l := range told {
		what, id, _ := strings.Cut(l, " ")
		switch what {
		case "subject":
			if !subjects[authz.SubjectID(id)] {
				t.Errorf("round %d: a subject that was kept is lost", round)
			}
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
	if err != nil || r.Size != int64(len(list)) || r.Heads != len(heads) {
		t.Errorf("round %d: check = %+v, %v; %d subjects", round, r, err, len(list))
	}
	if round == 11 && (len(heads) == 0 || results == 0) {
		t.Errorf("the children wrote %d entries and %d results", len(heads), results)
	}
}
