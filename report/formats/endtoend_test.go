package formats_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"saban/engine"
	"saban/report"
	"saban/report/document/documenttest"
	"saban/report/formats"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// nasty is what a careless writer takes for markup, a formula or a direction.
const nasty = "=cmd() “A” \"B\" 'C' <script>alert(1)</script> &amp; \u200fשלום\u200e |x| `y` *z* [l](http://e.invalid)"

// long is 2,000 letters with a sign at the end.
func long(end string) string { return strings.Repeat("Chữ dài có dấu. ", 125)[:2000] + " " + end }

// drawnUp writes a scenario of so many injects, each with a response of its own, for
// so many roles.
func drawnUp(injects, roles int) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	both := func(s string) string { return fmt.Sprintf("{vi: %s, en: %s}", strconv.Quote(s), strconv.Quote(s)) }
	line("saban: 1\nid: grown\nlang: vi\ntitle: %s\nthreat: intrusion", both("Tên "+nasty))
	line("site: {kind: office, about: %s}\nduration: 2h\nreview: {by: Tổ biên soạn, date: \"2026-11-01\"}", both("Cơ sở "+nasty))
	line("objectives:\n  O1: {capability: NB, text: %s}\n  O2: {capability: BV, text: %s}\nroles:", both("Mục tiêu một "+nasty), both(long("hết mục tiêu")))
	for i := range roles {
		line("  r%03d: {title: %s}", i, both(fmt.Sprintf("Vai%03d %s", i, nasty)))
	}
	line("injects:")
	for i := range injects {
		do, text := fmt.Sprintf("Việc%03d %s", i, nasty), fmt.Sprintf("Lời%03d %s", i, nasty)
		if i%50 == 7 {
			do, text = long(fmt.Sprintf("Việc%03d", i)), long(fmt.Sprintf("Lời%03d", i))
		}
		line("  - id: I%03d\n    title: %s\n    at: %ds\n    channel: radio\n    to: [r%03d]\n    text: %s\n    expects:", i, both(fmt.Sprintf("Tình%03d %s", i, nasty)), 20*i, i%roles, both(text))
		line("      - {id: R%03d, by: r%03d, target: 60s, limit: 180s, weight: %d, critical: %t, objective: O%d, do: %s}", i, i%roles, 1+i%5, i%20 == 0, 1+i%2, both(do))
	}
	line("prohibited:\n  - {id: P01, severity: major, capability: KV, text: %s, why: %s}", both("Cấm "+nasty), both("Vì "+nasty))
	return b.String()
}

// conducted plays a scenario by a script, and reads it back from the drill file it
// was written to.
func conducted(t *testing.T, scenario, play string) (*scenarios.File, *store.DrillFile) {
	t.Helper()
	file, found := scenarios.ReadScenario(scenarios.Source{Name: "grown.yaml", Bytes: []byte(scenario)})
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	script, found := scenarios.ReadPlay(scenarios.Source{Name: "play.yaml", Bytes: []byte(play)}, file.Scenario)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	done, err := scenarios.Rehearse(file.Compiled, script)
	if err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	w, err := store.NewWriter(&kept, store.Header{Engine: engine.Version, Drill: "D-1", Scenario: store.Pin("grown.yaml", []byte(scenario)), Rubric: store.Pin("default", []byte("rubric: 1\n"))})
	if err == nil {
		err = w.Append(done.Log)
	}
	if err == nil {
		_, err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	read, err := store.Read(&kept, store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return file, read
}

// From a scenario file to all six formats: nothing that is too much, too long
// or a trap is lost, or taken for something else.
func TestFromScenarioToEveryFormat(t *testing.T) {
	for name, c := range map[string]struct {
		injects, roles int
		play           string
	}{
		"300 injects":     {300, 12, "pace: {target: 0.8}\nomit: [R003, R004]\nsteps:\n  - {at: 2m, prohibited: P01, by: r001}\n"},
		"40 roles":        {80, 40, "pace: {limit: 0.9}\n"},
		"nothing is done": {40, 5, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && c.injects > 100 {
				t.Skip("200 pages a language: left out of -short")
			}
			file, kept := conducted(t, drawnUp(c.injects, c.roles), "play: 1\nscenario: grown\nname: x\n"+c.play)
			card := scoring.Score(file.Scenario, scoring.Default(), kept.Events)
			langs := []engine.Lang{engine.VI, engine.EN}
			if testing.Short() {
				langs = langs[:1]
			}
			for _, lang := range langs {
				meta := formats.Meta(&kept.Header)
				trap := nasty + " \u202eđảo\u202c"
				meta.Head, meta.Body, meta.Parent, meta.Signer, meta.Signed, meta.Place = kept.Head, trap, trap, trap, trap, trap
				meta.To, meta.Copies, meta.Organizations = []string{trap, "B"}, []string{trap, "Lưu: VT"}, []string{trap}
				d := formats.Draw(report.Build(file.Scenario, card, kept.Events, meta), lang)
				for _, f := range formats.All {
					var b bytes.Buffer
					if err := f.Write(&b, d); err != nil {
						t.Fatalf("%s, %s: %v", f.Ending, lang, err)
					}
					text := readers[f.Ending](t, b.Bytes())
					complete(t, f.Ending, documenttest.Squeezed(text), c.injects, c.roles)
				}
			}
		})
	}
}

// complete wants every inject, response and role, and the ends of long texts.
func complete(t *testing.T, name, text string, injects, roles int) {
	t.Helper()
	trap, end := documenttest.Squeezed(nasty), "hết mục tiêu"
	switch name {
	case "pdf":
		trap = strings.Replace(trap, "שלום", "םולש", 1) // as the program that reads it turns the letters
	case "xlsx":
		end = fmt.Sprintf("Việc%03d", 7) // no sheet has the objectives in words
	}
	lost := 0
	want := func(s string, least int) {
		if n := strings.Count(text, documenttest.Squeezed(s)); n < least && lost < 10 {
			lost++
			t.Errorf("%s: %q stands there %d times, want at least %d", name, s, n, least)
		}
	}
	for i := range injects {
		want(fmt.Sprintf("Tình%03d", i), 1)
		want(fmt.Sprintf("Việc%03d", i), 1)
		want(fmt.Sprintf("R%03d", i), 1)
	}
	for i := range roles {
		want(fmt.Sprintf("Vai%03d", i), 1)
	}
	want(end, 1)
	if n := strings.Count(text, trap); n < injects {
		t.Errorf("%s: the trap stands there whole %d times, want %d", name, n, injects)
	}
}

// readers read a format back as text, and look for what got out of hand in it.
var readers = map[string]func(t *testing.T, file []byte) string{
	"md": func(t *testing.T, file []byte) string {
		text := string(file)
		for _, bad := range []string{"<script", "](http"} {
			if strings.Contains(strings.ReplaceAll(text, `\`+bad, ""), bad) {
				t.Errorf("md: %q is markup", bad)
			}
		}
		return regexp.MustCompile(`\\([[:punct:]])`).ReplaceAllString(html.UnescapeString(text), "$1")
	},
	"html": func(t *testing.T, file []byte) string {
		text := string(file)
		if strings.Contains(text, "<script>alert") {
			t.Error("html: a script got in")
		}
		_, body, _ := strings.Cut(text, "<body")
		return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, ""))
	},
	"json": func(t *testing.T, file []byte) string {
		var r report.Report
		if err := json.Unmarshal(file, &r); err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(string(file))
	},
	"docx": func(t *testing.T, file []byte) string {
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		part, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for d := xml.NewDecoder(part); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return text.String()
			}
			if err != nil {
				t.Fatal(err)
			}
			if data, ok := token.(xml.CharData); ok {
				text.Write(data)
			}
		}
	},
	"xlsx": func(t *testing.T, file []byte) string {
		f, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for n, row := range rows {
				for m, value := range row {
					text.WriteString(value + "\n")
					if at, _ := excelize.CoordinatesToCellName(m+1, n+1); strings.HasPrefix(value, "=") {
						if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
							t.Errorf("xlsx: %s of %s is the formula %s", at, sheet, formula)
						}
					}
				}
			}
		}
		return text.String()
	},
	"pdf": func(t *testing.T, file []byte) string {
		program, err := exec.LookPath("pdftotext")
		switch {
		case err != nil && os.Getenv("CI") == "true":
			t.Fatal("no pdftotext on this machine: nobody reads the PDF")
		case err != nil:
			t.Skip("no pdftotext on this machine (apt-get install poppler-utils)")
		}
		path := filepath.Join(t.TempDir(), "x.pdf")
		if err := os.WriteFile(path, file, 0o644); err != nil {
			t.Fatal(err)
		}
		inside(t, program, path)
		out, err := exec.Command(program, "-enc", "UTF-8", "-raw", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	},
}

var (
	pageSize = regexp.MustCompile(`<page width="([\d.]+)" height="([\d.]+)">`)
	wordBox  = regexp.MustCompile(`<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>`)
)

// inside wants every word on its page.
func inside(t *testing.T, program, path string) {
	t.Helper()
	out, err := exec.Command(program, "-bbox", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(out), "</page>")
	number := func(s string) float64 { x, _ := strconv.ParseFloat(s, 64); return x }
	for n, page := range pages[:len(pages)-1] {
		size := pageSize.FindStringSubmatch(page)
		for _, w := range wordBox.FindAllStringSubmatch(page, -1) {
			if number(w[1]) < 10 || number(w[2]) < 10 || number(w[3]) > number(size[1])-10 || number(w[4]) > number(size[2])-10 {
				t.Errorf("pdf: on page %d %q stands at %s–%s, %s–%s of %s × %s", n+1, w[5], w[1], w[3], w[2], w[4], size[1], size[2])
			}
		}
	}
}
