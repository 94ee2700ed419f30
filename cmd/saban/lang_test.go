package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/scenarios"
)

var spokenIn = map[string]map[string]string{}

// spoken collects what every verb says in one language: results, help and
// errors, on screen and on stderr. Lines of a file that are quoted back to
// its author are left out: they are the author's words.
// It takes a while, so it is collected once.
func spoken(t *testing.T, lang string) map[string]string {
	t.Helper()
	if said, ok := spokenIn[lang]; ok {
		return said
	}
	said := map[string]string{}
	spokenIn[lang] = said
	say := func(args ...string) {
		t.Helper()
		_, out, err := saban(append([]string{"--lang", lang}, args...)...)
		if out+err == "" {
			t.Errorf("saban %s says nothing", strings.Join(args, " "))
		}
		said[strings.Join(args, " ")] = withoutExcerpts(norm.NFC.String(out + err))
	}
	sayHelp(say)
	sayDrills(t, say)
	sayData(t, say)
	saySeals(t, say)
	sayReviews(t, say)
	sayPapers(t, say, said, lang)
	gate := commonFolder + "/gate.yaml"
	for _, id := range append(scenarios.Shipped(), gate, faultsFolder+"/valid.yaml") {
		say("show", id)
		say("graph", id)
		say("graph", id, "--format", "dot")
		say("graph", id, "--format", "svg")
		say("check", id, "--quick")
		say("print", id, "--out", filepath.Join(t.TempDir(), "pack.pdf"))
	}
	say("show", gate, "--site", commonFolder+"/site.yaml")
	say("show", "bomb-threat", "--site", shippedFolder+"/sites/hydropower-a.yaml")
	for _, file := range glob(t, checkFolder+"/*.yaml") {
		say("check", file)
	}
	say("check", checkFolder+"/shadowed.yaml", "--witness", filepath.Join(t.TempDir(), "shown"))
	say("explain")
	for _, code := range scenarios.Codes() {
		say("explain", string(code))
	}
	say("explain", "SB861")
	say("handbook")
	say("handbook", "evalutor")
	say("list")
	say("version")
	say("test")
	say("test", "--scenario", gate, written(t, "hopeful.yaml", "play: 1\nscenario: gate\nexpect: {state: safe, path: [calm, alert, safe], never: [crowd], released: [I01], withheld: [I02], score: 60, grade: good, capabilities: {NB: P, CH: none}, gates: []}\n"))
	say("test", "--scenario", gate, written(t, "refused.yaml", "play: 1\nscenario: gate\nsteps:\n  - {at: 1m, release: I01}\n"))
	for _, file := range glob(t, faultsFolder+"/*.yaml") {
		args := []string{"check", file}
		if base := filepath.Base(file); strings.HasPrefix(base, "play-") || strings.HasPrefix(base, "site-") || strings.HasPrefix(base, "paper-") {
			args = append(args, faultsFolder+"/valid.yaml")
		}
		say(args...)
	}
	return said
}

// sayHelp asks for help, rightly and wrongly.
func sayHelp(say func(args ...string)) {
	for _, verb := range newApp().root().Commands() {
		say(verb.Name(), "--help")
		say(verb.Name(), "--no-such-flag")
	}
	for _, line := range []string{"", "help", "help lsit", "lsit", "-x", "list x", "list --json=3", "show", "show bomb-treat", "show nothing.yaml", "show ..", "show ./", "check nothing.yaml",
		"graph bomb-threat --format png", "graph bomb-threat --page phone", "graph bomb-threat --format svg --page a5", "graph bomb-threat --drill x", "graph --drill x --format scxml", "run", "run bomb-treat", "run bomb-threat --speed 0", "run bomb-threat --speed", "run bomb-threat --seed x", "run bomb-threat --play nothing.yaml",
		"run --resume nothing.drill.jsonl", "run x --resume y", "run bomb-threat --play x --speed 3", "test nothing", "test nothing.yaml", "score", "score nothing.drill.jsonl", "score schema_test.go",
		"why", "why nothing.drill.jsonl", "compare", "compare x", "compare nothing.drill.jsonl x", "whatif", "whatif nothing.drill.jsonl", "whatif x --set R01", "whatif x --set R01=soon", "report", "print", "print bomb-threat", "print bomb-treat -o x.pdf", "print bomb-threat -o x.doc", "print bomb-threat -o x.pdf --part x", "report nothing.drill.jsonl", "verify", "verify nothing.drill.jsonl", "verify schema_test.go", "completion", "completion bas", "completion tcsh", "--lang fr list"} {
		say(strings.Fields(line)...)
	}
}

// sayDrills has drills scored, reported and verified, whole and damaged.
func sayDrills(t *testing.T, say func(args ...string)) {
	dir := t.TempDir()
	gate := commonFolder + "/gate.yaml"
	plays := glob(t, shippedFolder+"/rehearsals/*/*.yaml")
	plays = append(plays, commonFolder+"/on-time.yaml", commonFolder+"/mixed.yaml", commonFolder+"/nobody.yaml", written(t, "hands.yaml", handsPlay))
	for _, play := range plays {
		scenario, file := gate, filepath.Join(dir, filepath.Base(play)+".drill.jsonl")
		if strings.HasPrefix(play, shippedFolder) {
			scenario = filepath.Base(filepath.Dir(play))
		}
		say("run", scenario, "--play", play, "--out", file)
		say("why", file)
		say("report", file)
	}
	for _, play := range []string{"on-time", "mixed", "nobody"} {
		file := filepath.Join(dir, play+".yaml.drill.jsonl")
		say("whatif", file, "--set", "R01=done", "--without", "P01")
		say("whatif", file, "--set", "R01=not-done")
	}
	say("compare", filepath.Join(dir, "mixed.yaml.drill.jsonl"), filepath.Join(dir, "on-time.yaml.drill.jsonl"), filepath.Join(dir, "nobody.yaml.drill.jsonl"))
	say("compare", filepath.Join(dir, "nobody.yaml.drill.jsonl"), filepath.Join(dir, "slow.yaml.drill.jsonl"))
	say("run", gate, "--play", commonFolder+"/mixed.yaml", "--rubric", written(t, "formula.yaml", "rubric: 1\ntotal: 100 * (T + C) / 2 - penalty\n"))
	say("run", gate, "--play", commonFolder+"/mixed.yaml", "--rubric", written(t, "sum.yaml", "rubric: 1\nparts: {order: 50}\n"))
	say("run", gate, "--play", commonFolder+"/mixed.yaml", "--out", dir)
	say("run", gate, "--out", filepath.Join(dir, "lines.drill.jsonl"))
	say("run", "--resume", filepath.Join(dir, "lines.drill.jsonl"))
	corrected := correctedDrill(t, dir)
	whole, err := os.ReadFile(corrected)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{corrected, written(t, "torn.drill.jsonl", string(whole[:len(whole)-300])),
		written(t, "windows.drill.jsonl", strings.ReplaceAll(string(whole), "\n", "\r\n")), written(t, "changed.drill.jsonl", strings.Replace(string(whole), `"at":20000`, `"at":20001`, 1))} {
		say("score", file)
		say("why", file)
		say("whatif", file, "--set", "R01=10s", "--set", "R02=not-done")
		say("score", file, "--diff")
		say("score", file, "--diff", "--rubric", written(t, "other.yaml", "rubric: 1\nfactors: {late: 0.25}\npenalties: {life: 20, again_after: 1m}\nratings: {unable_below: 0.1}\ntotal: 100 * T\n"))
		say("whatif", file, "--set", "R01=not-done", "--without", "P01")
		say("why", file, "R01", "I02", "wait", "P01", "NB", "TT", "order")
		say("report", file)
		say("graph", "--drill", file, "--format", "svg", "--page", "phone")
		say("verify", file)
		say("verify", file, "--head", "abc")
		say("run", "--resume", file)
	}
}

// withoutExcerpts drops the lines a caret stands under, and the caret, and the
// lines of a file that explain shows as an example.
func withoutExcerpts(text string) string {
	caret, example := regexp.MustCompile(`^ *\^+$`), regexp.MustCompile(`^ {4}\S`)
	explained := strings.HasPrefix(text, "SB")
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if explained && example.MatchString(line) {
			continue
		}
		if caret.MatchString(line) && len(kept) > 0 {
			kept = kept[:len(kept)-1]
			continue
		}
		kept = append(kept, line)
	}
	// What stands between straight quotes is a word of the file, too, and a
	// reason is in the words of whoever gave it: after the word, or in a cell.
	return regexp.MustCompile(`"[^"\n]*"|(lý do|reason): [^|\n]*|\| (rút lại|retracted) \| [^|]* \| [^|]* \|`).ReplaceAllString(strings.Join(kept, "\n"), `""`)
}

func TestEnglishHasNoVietnamese(t *testing.T) {
	letters := regexp.MustCompile(`(?i)[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]`)
	complain(t, spoken(t, "en"), func(_, line string) bool { return letters.MatchString(line) })
}

// plainWords are those the program's own English is full of and no file has
// as a key; Vietnamese has none of them. fileWords are keys and facts, too:
// what check and explain say of a file has to name them.
var (
	plainWords = words(`the is are was were been has had have does did of with nothing nobody there this that these which who what
		where how if than only more most each every it its you your error errors usage example examples verb verbs hint
		warning warnings faults unknown invalid missing expected wants wanted point points event events line lines file files folder
		string uint int number times words skipped made seen found shown whole closed altered drill drills exercise
		grade action actions capabilities strength strengths weakness lesson lessons verdict`)
	fileWords = words(`why and or not by from into at on when all any flag flags default value time text state states released received held done
		missed late response responses rating total critical target limit weight content owner role roles director guard police capability`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// names are no words: commands, paths, flags, ids, codes, keys of a file, and
// what is syntax in a graph.
var names = regexp.MustCompile("<style>.*</style>|`[^`]*`|saban [a-z]+|\\[[a-z_, ]*\\]|\\{[^}]*\\}|[^ ]*[/_.*=-][^ ]*[a-z][^ ]*|[^ ]*[a-z][^ ]*[/_*=-][^ ]*|[a-z]+:|· [a-z_]+|\\([a-z]+\\)|%%.*|state \"\" as|^ *why +|lệnh why|\\b(all|order|total) \\(")

func TestVietnameseHasNoEnglish(t *testing.T) {
	complain(t, spoken(t, "vi"), func(command, line string) bool {
		for _, w := range strings.Fields(names.ReplaceAllString(line, " ")) {
			w = strings.ToLower(strings.Trim(w, `.,;:!?()|“”"·*`))
			if plainWords[w] || fileWords[w] && !strings.HasPrefix(command, "check ") && !strings.HasPrefix(command, "explain") {
				return true
			}
		}
		return false
	})
}

func complain(t *testing.T, said map[string]string, foreign func(command, line string) bool) {
	for command, text := range said {
		for _, line := range strings.Split(text, "\n") {
			if foreign(command, line) {
				t.Errorf("saban %s: %s", command, strings.TrimSpace(line))
			}
		}
	}
}

// Scorecards, scenarios and help fit a terminal of 100 columns, whole
// diacritics counted as one.
func TestResultsFitATerminal(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		for command, text := range spoken(t, lang) {
			verb, _, _ := strings.Cut(command, " ")
			if verb != "run" && verb != "score" && verb != "why" && verb != "compare" && verb != "whatif" && verb != "show" && verb != "list" && !strings.HasSuffix(command, "--help") {
				continue // graphs, reports and quoted files are as wide as they are, and so is what names a path
			}
			for _, line := range strings.Split(text, "\n") {
				if n := columns(line); n > 100 && !strings.Contains(line, "saban") && !strings.Contains(line, ".yaml:") {
					t.Errorf("saban %s: %d columns: %s", command, n, line)
				}
			}
		}
	}
}
