package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

const (
	childFolder = "SABAN_STORE_CHILD" // set: this process is one that is to be killed
	childDrills = 6
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child appends to several drills at once, for ever, and prints what was
// acknowledged.
func child(dir string) error {
	s, err := sqlite.Open(dir)
	if err != nil {
		return err
	}
	ctx := context.Background()
	failed := make(chan error)
	for i := range childDrills {
		drill := fmt.Sprint("drill-", i)
		if err := s.Create(ctx, storetest.Header(drill)); err != nil && !isExists(err) {
			return err
		}
		go func() { failed <- grow(ctx, s, drill) }()
	}
	return <-failed
}

func grow(ctx context.Context, s *sqlite.Store, drill string) error {
	log, err := s.Events(ctx, drill, 0)
	if err != nil {
		return err
	}
	for at := int64(len(log)); ; {
		n := 1 + rand.IntN(4)
		if err := s.Append(ctx, drill, storetest.Events(at, n)); err != nil {
			return err
		}
		at += int64(n)
		fmt.Printf("event %s %d\n", drill, at)
		if at%7 == 0 {
			if err := s.Put(ctx, "count", drill, fmt.Append(nil, at)); err != nil {
				return err
			}
			fmt.Printf("record %s %d\n", drill, at)
		}
		if err := s.Beat(ctx, drill, store.Beat{At: engine.Millis(at), Wall: at}); err != nil {
			return err
		}
	}
}

// Killed at any moment, the store has all that was acknowledged, without a
// gap, and goes on.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]int64{}
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	for round := range rounds {
		// Every few rounds it lives long enough to pack its lines.
		lives := 1 + rand.IntN(300)
		if round%5 == 4 {
			lives = 900
		}
		killAfter(t, dir, lives, acknowledged)
		checkAll(t, dir, acknowledged)
	}
	if acknowledged["event drill-0"] == 0 {
		t.Error("nothing was acknowledged")
	}
}

// killAfter lets the child acknowledge so many times, kills it, and takes in
// what it had printed.
func killAfter(t *testing.T, dir string, times int, acknowledged map[string]int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(out)
	for n := 0; ; n++ {
		if n == times {
			_ = cmd.Process.Kill()
		}
		line, err := in.ReadString('\n')
		if err != nil {
			break // what was not printed whole was not acknowledged
		}
		var what, drill string
		var at int64
		if _, err := fmt.Sscan(line, &what, &drill, &at); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		acknowledged[what+" "+drill] = at
	}
	_ = cmd.Wait()
	if said.Len() > 0 {
		t.Fatal(said.String())
	}
}

func checkAll(t *testing.T, dir string, acknowledged map[string]int64) {
	t.Helper()
	ctx := context.Background()
	s, err := sqlite.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	list, err := s.Drills(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if want := acknowledged["event "+e.Drill]; e.Events < want {
			t.Errorf("%s has %d events, %d were acknowledged", e.Drill, e.Events, want)
		}
		file, _ := storetest.File(t, storetest.Header(e.Drill), storetest.Events(0, int(e.Events)), false)
		var got strings.Builder
		if err := s.Export(ctx, e.Drill, &got); err != nil || got.String() != string(file) {
			t.Errorf("%s is not what was appended: %v", e.Drill, err)
		}
		if b, err := s.LastBeat(ctx, e.Drill); err != nil || int64(b.At) > e.Events {
			t.Errorf("%s: beat %+v, %v, after %d events", e.Drill, b, err, e.Events)
		}
		if want := acknowledged["record "+e.Drill]; want > 0 {
			v, err := s.Get(ctx, "count", e.Drill)
			if err != nil || len(v) < len(fmt.Sprint(want)) {
				t.Errorf("%s: record %s, %v, %d was acknowledged", e.Drill, v, err, want)
			}
		}
	}
	for what := range acknowledged {
		if _, drill, _ := strings.Cut(what, " "); !listed(list, drill) {
			t.Errorf("%s is gone", drill)
		}
	}
}

func listed(list []store.Entry, drill string) bool {
	for _, e := range list {
		if e.Drill == drill {
			return true
		}
	}
	return false
}
