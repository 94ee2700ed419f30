package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"saban/seal"
)

// sealedDrill makes a key, seals a drill with it, and damages a copy.
func sealedDrill(t *testing.T, drill string) (whole, damaged string, keys []string) {
	t.Helper()
	dir := t.TempDir()
	key, pass := filepath.Join(dir, "seal.key"), written(t, "pass.txt", "bốn từ dễ nhớ\n")
	keys = []string{"--key", key, "--passphrase-file", pass}
	whole, damaged = filepath.Join(dir, "x.saban"), filepath.Join(dir, "y.saban")
	for _, args := range [][]string{append([]string{"seal", "--new-key"}, keys...), append([]string{"seal", drill, "--out", whole}, keys...)} {
		if code, _, err := saban(args...); code != 0 {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, bytes.Replace(data, []byte(`"at":20000`), []byte(`"at":20001`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	return whole, damaged, keys
}

func sealConform(t *testing.T, drill string) {
	whole, damaged, keys := sealedDrill(t, drill)
	other := filepath.Join(t.TempDir(), "other.key")
	conforming(t, "seal", 0, append([]string{"seal", "--new-key", "--key", other}, keys[2:]...)...)
	conforming(t, "seal", 0, append([]string{"seal", drill, "--out", whole + "2"}, keys...)...)
	conforming(t, "verify", 0, "verify", whole)
	conforming(t, "verify", 0, "verify", whole, "--key", keys[1])
	conforming(t, "verify", 2, "verify", whole, "--key", other)
	conforming(t, "verify", 2, "verify", damaged)
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for part, schema := range map[string]string{"report.json": "report", "scorecard.json": "scorecard"} {
		text, ok := s.Part(part)
		if !ok {
			t.Fatalf("no %s is sealed", part)
		}
		conforms(t, schema, part, string(text))
	}
}

// saySeals has seal and verify speak, rightly and wrongly.
func saySeals(t *testing.T, say func(args ...string)) {
	t.Helper()
	drill := correctedDrill(t, t.TempDir())
	whole, damaged, keys := sealedDrill(t, drill)
	say(append([]string{"seal", drill}, keys...)...)
	say(append([]string{"seal", "--new-key"}, keys...)...)
	say("seal", drill, "--key", whole, "--passphrase-file", keys[3])
	say("seal", drill, "--key", "none.key", "--passphrase-file", keys[3])
	say("seal", drill, "--key", keys[1])
	say("verify", whole)
	say("verify", whole, "--key", keys[1])
	say("verify", whole, "--key", "0000 0000 0000 0000 0000 0000 0000 0000")
	say("verify", whole, "--key", keys[3])
	say("verify", damaged)
	say("verify", drill, "--key", keys[1])
}
