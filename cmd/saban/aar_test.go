package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sayReviews has report speak of after-action files, rightly and wrongly.
func sayReviews(t *testing.T, say func(args ...string)) {
	t.Helper()
	dir := t.TempDir()
	drill, file := correctedDrill(t, dir), filepath.Join(dir, "corrected.aar.yaml")
	for _, lang := range []string{"vi", "en"} {
		if code, _, err := saban("report", drill, "--draft", file+lang, "--lang", lang); code != 0 {
			t.Fatal(err)
		}
	}
	say("report", drill, "--draft", file+"vi")
	say("report", drill, "--aar", "none.yaml")
	text, err := os.ReadFile(file + "en")
	if err != nil {
		t.Fatal(err)
	}
	say("report", drill, "--aar", written(t, "odd.yaml", string(text)+"\nroots:\n  - {of: Z9, text: \"113\"}\n"))
	say("report", drill, "--aar", written(t, "other.yaml", strings.Replace(string(text), "head: ", "head: 00", 1)))
	say("report", drill, "--aar", written(t, "approved.yaml", string(text)), "--approve", "113")
	say("report", drill, "--aar", written(t, "broken.yaml", string(text)+"\napproved: {by: \"113\", on: \"2026-01-05\", sha256: "+strings.Repeat("0", 64)+"}\n"))
	say("report", drill, "--aar", drill)
}

func reviewConforms(t *testing.T, drill string) {
	file := strings.TrimSuffix(drill, ".drill.jsonl") + ".aar.yaml"
	if code, _, err := saban("report", drill, "--draft", file); code != 0 {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.NewReplacer("…", "Chưa có danh sách", "    priority: ", "    start: \"2026-03-10\"\n    done: \"2026-04-20\"\n    priority: ").Replace(string(text))
	if err := os.WriteFile(file, []byte(words+"\nlessons: [\"Phân công trước.\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	conforming(t, "report", 0, "report", drill)
	conforming(t, "report", 0, "report", drill, "--approve", "Tổ trưởng")
	conforming(t, "report", 0, "report", drill, "--previous", correctedDrill(t, t.TempDir()))
	text, err = os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), "  by: \"Tổ trưởng\"", "  by: \"N.V.A\"\n  office: \"Tổ trưởng\"", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	conforming(t, "report", 0, "report", drill)
}
