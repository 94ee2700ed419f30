package server_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/server"
)

var update = flag.Bool("update", false, "rewrite the table of access")

const accessFile = "access.md"

const accessHead = `# Who may do what

Written from the server's own list of routes by ` + "`go test ./server -run TestTheTableOfAccess -update`" + `; a test asks every one of them as everybody and holds
the answer against this page.

An *administrator* has the passphrase and may whatever a facilitator may, in every drill. Everybody else is of one drill, and is refused
in any other: a *facilitator*, *evaluator*, *observer* or *projector* by an invitation that ends, a *participant* by the drill's code.
Facilitators and administrators work on the server's own machine unless it was started with ` + "`--tls` or `--control-on-lan`" + `; evaluators, observers, screens
and phones come from other machines. The command line asks nobody who they are: it is for whoever may read the data folder.

`

// accessMarks writes who of all an access is for.
func accessMarks(a server.Access) string {
	var out strings.Builder
	for _, one := range append([]server.Access{server.Anybody}, server.Accesses...) {
		mark := "–"
		if a.Lets(one) {
			mark = "yes"
		}
		if one == server.Anybody && a&server.Anybody == 0 {
			mark = "–"
		}
		fmt.Fprintf(&out, " %s |", mark)
	}
	return out.String()
}

var accessColumns = "anybody | participant | projector | observer | evaluator | facilitator | administrator |\n|---|---|---|---|---|---|---|---|\n"

// allVerbs is every act there is through /acts.
func allVerbs(st *stage) (out []engine.Verb) {
	doc := call[map[string]any](st.lead, "GET", "/api/v1/openapi.json", nil)
	enum, _ := at(doc, "components", "schemas", "Act", "properties", "do", "enum").([]any)
	for _, v := range enum {
		out = append(out, engine.Verb(v.(string)))
	}
	slices.Sort(out)
	return out
}

func writtenAccess(st *stage) string {
	var out strings.Builder
	out.WriteString(accessHead + "## Routes\n\n| route | " + accessColumns)
	routes := slices.Clone(st.server.Routes())
	slices.SortFunc(routes, func(a, b server.Route) int {
		return cmp.Or(strings.Compare(a.Pattern, b.Pattern), strings.Compare(a.Method, b.Method))
	})
	for _, r := range routes {
		fmt.Fprintf(&out, "| `%s %s` |%s\n", r.Method, r.Pattern, accessMarks(r.Access))
	}
	out.WriteString("\n## Commands\n\nActs through `POST /api/v1/drills/{drill}/acts`. An evaluator rates, but does not settle what evaluators differ on; retracts, but only what he or she wrote.\n" +
		"Participants act by `/phone` and `/p` alone: they answer, pass on, and write to the facilitator.\n\n| command | " + accessColumns)
	for _, v := range allVerbs(st) {
		fmt.Fprintf(&out, "| `%s` |%s\n", v, accessMarks(server.DoVerb(v)))
	}
	return out.String()
}

func TestTheTableOfAccessIsWhatTheServerDoes(t *testing.T) {
	st := newStage(t)
	want := writtenAccess(st)
	if *update {
		if err := os.WriteFile(accessFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(accessFile)
	if err != nil || string(got) != want {
		t.Errorf("%s is not what the server does (%v): run the test with -update and look at what changed", accessFile, err)
	}
}

// accessTable reads the page: what may be done, and by whom.
func accessTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(accessFile)
	if err != nil {
		t.Fatal(err)
	}
	names := append([]server.Access{server.Anybody}, server.Accesses...)
	out := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		what, ok := strings.CutPrefix(strings.TrimSpace(cells[0]), "`")
		if !ok || len(cells) != 1+len(names) {
			continue
		}
		var may []string
		for i, cell := range cells[1:] {
			if strings.TrimSpace(cell) == "yes" {
				may = append(may, names[i].String())
			}
		}
		out[strings.TrimSuffix(what, "`")] = may
	}
	return out
}

// TestEveryCommandIsForWhomTheTableSays asks for every act as everybody.
func TestEveryCommandIsForWhomTheTableSays(t *testing.T) {
	st := newStage(t)
	table := accessTable(t)
	mine, other := st.drill(), st.drill()
	st.act(mine.ID, "start", "start-key-1", nil)
	verbs := allVerbs(st)
	if len(verbs) < 20 {
		t.Fatalf("only %d acts", len(verbs))
	}
	for _, access := range server.Accesses {
		c, foreign := st.of(access, mine), st.of(access, other)
		if access == server.Administrator {
			c = st.lead
		}
		own := wrote(c, mine)
		for _, v := range verbs {
			body := map[string]any{"do": v, "key": "table-" + access.String() + "-" + string(v), "id": "nothing", "of": own, "reason": "để thử"}
			status := c.send("/api/v1/drills/"+mine.ID+"/acts", body)
			if refused := status == http.StatusForbidden; refused == slices.Contains(table[string(v)], access.String()) {
				t.Errorf("%s by the %s: %d, the table lets in %v", v, access, status, table[string(v)])
			}
			if access == server.Administrator {
				continue
			}
			if status := foreign.send("/api/v1/drills/"+mine.ID+"/acts", body); status != http.StatusForbidden {
				t.Errorf("%s by another drill's %s: %d", v, access, status)
			}
		}
	}
}

// wrote has somebody write a note, if they may, and says in which event.
func wrote(c *client, d created) int64 {
	_, text := c.do("POST", "/api/v1/drills/"+d.ID+"/acts", "application/json", `{"do":"note","key":"own-note-1","text":"để rút lại"}`)
	var got struct{ Seq int64 }
	_ = json.Unmarshal([]byte(text), &got) // whoever may not write has written nothing
	return got.Seq
}

func TestAnEvaluatorTakesBackOnlyItsOwn(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	c, _ := st.enter(st.invite(d, nil).Code, "Tòng Văn Hải")
	acts := "/api/v1/drills/" + d.ID + "/acts"
	var of [2]float64
	for i, who := range []*client{c, st.lead} {
		got := call[map[string]any](who, "POST", acts, map[string]any{"do": "note", "key": fmt.Sprint("note-key-", i), "text": "đã thấy"})
		of[i], _ = got["seq"].(float64)
	}
	if status := c.send(acts, map[string]any{"do": "retract", "key": "retract-other", "of": of[1], "reason": "nhầm"}); status != http.StatusForbidden {
		t.Errorf("the facilitator's: %d", status)
	}
	if status := c.send(acts, map[string]any{"do": "retract", "key": "retract-own-1", "of": of[0], "reason": "nhầm"}); status == http.StatusForbidden {
		t.Errorf("its own: %d", status)
	}
}
