package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// named is a data folder in which somebody is called so, in a drill, in words
// of its log, in its improvement plan, in a draft and in a backup.
func named(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile(commonFolder + "/gate.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for _, err := range []error{
		s.Create(ctx, store.Header{Engine: engine.Version, Drill: "gate-1", Seed: 3, Scenario: store.Pin("gate.yaml", text), Rubric: store.Pin("rubric.json", []byte("{}"))}),
		s.Put(ctx, "name gate-1", "p1", []byte(name)),
		s.Put(ctx, "aar gate-1", "review", fmt.Appendf(nil, `{"AAR":{"Plan":[{"Owner":%q}]}}`, name)),
		s.Put(ctx, "typed", "sheet-1", fmt.Appendf(nil, `{"title":%q}`, name)),
		s.Put(ctx, "guest gate-1", "p1", []byte(`{"person":"p1","roles":["guard"]}`)),
		s.Append(ctx, "gate-1", []engine.Event{{Seq: 1, Type: engine.Noted, Recorded: 1, Actor: "p1", Key: "k1", Body: engine.Body{Text: "114: " + name}}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sqlite.Backup(ctx, dir, filepath.Join(dir, "old.db")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// holding lists the files of a folder with a name's bytes, in either form.
func holding(t *testing.T, dir, name string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, norm.NFC.Bytes([]byte(name))) || bytes.Contains(raw, norm.NFD.Bytes([]byte(name))) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestForgetLeavesNoByteOfAName plays a drill on a real server, with a backup
// and data set aside beside it, ends it as a power cut would, and has the name
// removed.
func TestForgetLeavesNoByteOfAName(t *testing.T) {
	const name = "Lường Thị Ngọc Ánh"
	dir := filepath.Join(t.TempDir(), "data")
	s := newServed(t, dir)
	lead := s.lead()
	var drill struct{ ID, Code string }
	lead.must(t, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat"}, &drill)
	at := "/api/v1/drills/" + drill.ID
	for _, who := range []string{name, "Vì Văn Nam"} {
		s.caller().must(t, "POST", "/api/v1/join", map[string]any{"code": drill.Code, "name": norm.NFD.String(who), "roles": []string{"guard"}}, nil)
	}
	var made struct{ Code string }
	lead.must(t, "POST", at+"/invitations", map[string]any{"access": "evaluator", "hours": 12, "for": name}, &made)
	s.caller().must(t, "POST", "/api/v1/invited", map[string]any{"code": made.Code, "name": strings.ToUpper(name)}, nil)
	for _, do := range []string{"start", "end"} {
		lead.must(t, "POST", at+"/acts", map[string]any{"do": do, "key": "forget-" + do}, nil)
	}
	backup := filepath.Join(dir, "backups", "one.db")
	if err := os.MkdirAll(filepath.Dir(backup), 0o700); err != nil {
		t.Fatal(err)
	}
	if code, _, said := saban("backup", backup, "--data", dir); code != exitGood {
		t.Fatal(said)
	}
	s.kill()
	if code, _, said := saban("restore", backup, "--data", dir); code != exitGood {
		t.Fatal(said)
	}
	s.start()
	s.kill()
	if before := holding(t, dir, name); len(before) < 3 {
		t.Fatalf("the name stands only in %v", before)
	}
	code, out, said := saban("forget", norm.NFD.String(name), "--data", dir, "--json")
	var done forgotten
	if err := json.Unmarshal([]byte(out), &done); err != nil || code != exitGood || len(done.People) != 3 || len(done.Copies) != 2 || len(done.Said)+len(done.Left) > 0 {
		t.Errorf("exit %d, %v\n%s%s", code, err, out, said)
	}
	for _, one := range []string{name, strings.ToUpper(name)} {
		if after := holding(t, dir, one); len(after) > 0 {
			t.Errorf("%q still stands in %v", one, after)
		}
	}
	if other := holding(t, dir, "Vì Văn Nam"); len(other) < 3 {
		t.Errorf("another's name is only in %v", other)
	}
	if code, _, said := saban("doctor", "--data", dir, "--port", freePort(t)); code != exitGood {
		t.Error(said)
	}
	verifies(t, dir, drill.ID)
	if code, _, _ := saban("forget", name, "--data", dir); code != exitFailed {
		t.Errorf("once more: exit %d", code)
	}
}

// verifies has a drill of a data folder checked as a file.
func verifies(t *testing.T, dir, drill string) {
	t.Helper()
	keep, err := sqlite.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := keep.Export(t.Context(), drill, &text); err != nil {
		t.Fatal(err)
	}
	if err := keep.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out, said := saban("verify", written(t, "x.drill.jsonl", text.String())); code != exitGood {
		t.Errorf("verify: exit %d\n%s%s", code, out, said)
	}
}

func TestForgetTellsWhatStays(t *testing.T) {
	const name = "Lò Văn Thảo"
	dir := named(t, name)
	code, out, said := saban("forget", "p1", "--data", dir, "--lang", "en")
	if code != exitFaults {
		t.Errorf("exit %d", code)
	}
	for _, want := range []string{"removed the name of p1", "old.db: removed in it", "gate-1 #1 (noted): words with this name", "draft sheet-1: holds this name, to be mended on its page: Lò Văn Thảo", "saban.db: still holds this name"} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q:\n%s", want, out)
		}
	}
	if !strings.Contains(said, "out of reach: files, reports and prints handed out") {
		t.Error(said)
	}
	verifies(t, dir, "gate-1")
	if left := holding(t, dir, name); !slices.Equal(left, []string{"old.db", "saban.db"}) {
		t.Errorf("in %v", left)
	}
}

func TestForgetWaitsForTheServer(t *testing.T) {
	dir := named(t, "Lò Văn Thảo")
	keep, err := sqlite.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer keep.Close()
	if code, _, said := saban("forget", "Lò Văn Thảo", "--data", dir, "--lang", "en"); code != exitFailed || !strings.Contains(said, "another saban") {
		t.Errorf("exit %d: %s", code, said)
	}
}
