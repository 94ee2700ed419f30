package server_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTheDescriptionIsLinted has a linter of others look at the API's
// description; it is installed under testdata/openapi.
func TestTheDescriptionIsLinted(t *testing.T) {
	if os.Getenv("SABAN_LONG") == "" {
		t.Skip("wants npm ci --prefix testdata/openapi: set SABAN_LONG=1")
	}
	st := newStage(t)
	_, text := st.browser().do("GET", "/api/v1/openapi.json", "", "")
	file := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	linter := exec.Command("node_modules/.bin/redocly", "lint", "--config", "redocly.yaml", file)
	linter.Dir = "../testdata/openapi"
	linter.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	if out, err := linter.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
