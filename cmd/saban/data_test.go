package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"saban/store"
	"saban/store/sqlite"
)

// dataWith fills a data folder with drill files and a record.
func dataWith(dir string, files ...string) error {
	s, err := sqlite.Open(dir)
	if err != nil {
		return err
	}
	ctx := context.Background()
	err = s.Put(ctx, "name", "p1", []byte("Người Chơi"))
	for _, file := range files {
		if err != nil {
			break
		}
		var text []byte
		if text, err = os.ReadFile(file); err == nil {
			_, err = s.Import(ctx, bytes.NewReader(text))
		}
	}
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}

// data is a folder with all frozen drills; spoilt alters lines in a database.
func data(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := dataWith(dir, glob(t, "../../testdata/logs/*.drill.jsonl")...); err != nil {
		t.Fatal(err)
	}
	return dir
}

func spoilt(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// Everywhere, for the first place may be one that no page uses any more.
	altered := bytes.ReplaceAll(text, []byte(`"type":"observed"`), []byte(`"type":"observes"`))
	if bytes.Equal(text, altered) {
		t.Fatal("nothing to spoil")
	}
	if err := os.WriteFile(file, altered, 0o600); err != nil {
		t.Fatal(err)
	}
}

// freePort is one that nobody listens on, as far as can be told.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// dataVerbsConform holds what the verbs on the data folder print against
// their schemas.
func dataVerbsConform(t *testing.T) {
	dir, port := data(t), freePort(t)
	backup := filepath.Join(t.TempDir(), "x.db")
	conforming(t, "doctor", 0, "doctor", "--data", dir, "--port", port)
	conforming(t, "backup", 0, "backup", backup, "--data", dir)
	conforming(t, "restore", 0, "restore", backup, "--data", dir)
	conforming(t, "restore", 0, "restore", backup, "--data", filepath.Join(t.TempDir(), "new"))
	conforming(t, "forget", 2, "forget", "Lò Văn Thảo", "--data", named(t, "Lò Văn Thảo"))
	spoilt(t, filepath.Join(dir, "saban.db"))
	conforming(t, "doctor", 2, "doctor", "--data", dir, "--port", port)
}

// sayData has the verbs on the data folder speak, rightly and wrongly.
func sayData(t *testing.T, say func(args ...string)) {
	dir, port := data(t), freePort(t)
	files := t.TempDir()
	backup, bad := filepath.Join(files, "x.db"), filepath.Join(files, "bad.db")
	empty := filepath.Join(files, "empty")
	say("doctor", "--data", dir, "--port", port)
	say("doctor", "--data", empty, "--port", port)
	say("doctor", "--data", backup+"/x", "--port", "70000")
	say("backup", backup, "--data", dir)
	say("backup", backup, "--data", dir)
	say("backup", filepath.Join(files, "none", "x.db"), "--data", dir)
	say("backup", bad, "--data", empty)
	say("restore", backup, "--data", dir)
	say("restore", bad, "--data", dir)
	say("forget", "Mai An", "--data", named(t, "Mai An")) // letters of both languages
	say("forget", "Mai An", "--data", dir)
	say("forget", "Mai An", "--data", empty)
	if err := os.WriteFile(bad, bytes.Repeat([]byte("x"), 9000), 0o600); err != nil {
		t.Fatal(err)
	}
	say("restore", bad, "--data", dir)
	s, err := sqlite.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	say("doctor", "--data", dir, "--port", port)
	say("restore", backup, "--data", dir)
	say("serve", "--data", dir, "--port", port)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoilt(t, filepath.Join(dir, "saban.db"))
	say("doctor", "--data", dir, "--port", port)
	say("backup", bad+"2", "--data", dir)
}

func TestDoctorLooksAtTheClock(t *testing.T) {
	dir := data(t)
	for name, c := range map[string]struct {
		now  func() time.Time
		says string
	}{
		"right":     {time.Now, ""},
		"years ago": {func() time.Time { return time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC) }, "it was never set"},
		"set back":  {func() time.Time { return time.Now().Add(-time.Hour) }, "behind the last use"},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := sqlite.Check(context.Background(), dir)
			if err != nil {
				t.Fatal(err)
			}
			x := &examined{OK: true}
			x.clock(c.now, found)
			if f := x.Findings[0]; x.OK != (c.says == "") || !strings.Contains(f.Text.EN, c.says) || !x.OK && f.Hint.Empty() {
				t.Errorf("%+v", x)
			}
		})
	}
	found := &sqlite.Checked{Drills: []store.Entry{{Drill: "x", Recorded: time.Now().Add(48 * time.Hour).UnixMilli(), Imported: true}}}
	x := &examined{OK: true}
	x.clock(time.Now, found)
	if !x.OK {
		t.Errorf("what another machine wrote counts: %+v", x.Findings)
	}
}

func TestDoctorLooksAtThePort(t *testing.T) {
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	for used, want := range map[int]bool{0: false, 42: true} {
		x := &examined{OK: true, UsedBy: used}
		x.port(port)
		if x.OK != want || x.Findings[0].Hint.Empty() != want {
			t.Errorf("used by %d: %+v", used, x.Findings)
		}
	}
}

func TestDataFolder(t *testing.T) {
	home := t.TempDir()
	a := newApp()
	env := map[string]string{"XDG_DATA_HOME": home}
	a.env = func(name string) string { return env[name] }
	want := map[string]string{home: home}
	if runtime.GOOS == "linux" {
		want[""] = filepath.Join(home, "saban")
	}
	for asked, want := range want {
		if got, err := a.dataFolder(asked); err != nil || got != want {
			t.Errorf("%q: %s, %v", asked, got, err)
		}
	}
	env["XDG_DATA_HOME"] = "not/from/the/root"
	if got, err := a.dataFolder(""); err != nil || !filepath.IsAbs(got) || filepath.Base(got) != "saban" {
		t.Errorf("by default: %s, %v", got, err)
	}
}
