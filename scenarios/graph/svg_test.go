package graph_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/graph"
	"saban/store"
)

// wellFormed parses a document and returns its texts by element.
func wellFormed(t judge, svg string) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	var open []string
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Errorf("not well-formed: %v", err)
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name.Local)
			for _, a := range token.Attr {
				texts["@"+a.Name.Local] = append(texts["@"+a.Name.Local], a.Value)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); text != "" {
				texts[open[len(open)-1]] = append(texts[open[len(open)-1]], text)
			}
		}
	}
	return texts
}

// frozen is a drill that is kept as it was played, scenario and all: pictures
// of it do not change when somebody betters a text.
func frozen(t *testing.T, name string) (*engine.Compiled, *graph.Path) {
	t.Helper()
	f, err := os.Open("../../testdata/logs/" + name + ".drill.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	drill, err := store.Read(f, store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	file, found := scenarios.ReadScenario(scenarios.Source{Name: name, Bytes: []byte(drill.Header.Scenario.Bytes)})
	if found.Failed() {
		t.Fatal(found)
	}
	return file.Compiled, graph.Follow(file.Compiled, drill.Events)
}

func TestSVGGolden(t *testing.T) {
	bomb, slow := frozen(t, "bomb-threat-slow")
	forced := &graph.Path{Over: true, End: 45 * engine.Minute, Steps: []graph.Step{
		{State: "normal"}, {State: "threat_received", Via: "normal-threat_received-1"},
		{State: "panic", At: 7 * engine.Minute, Via: "threat_received-panic-3"},
		{State: "assessing", At: 12*engine.Minute + 30*engine.Second, Forced: true, Reason: "quá giờ <nghỉ> & \"ăn\""},
		{State: "found_item", At: 15 * engine.Minute, Via: "assessing-found_item-6"},
	}}
	for name, o := range map[string]graph.Options{
		"bomb-threat.vi.a4.svg":          {},
		"bomb-threat.en.phone.svg":       {Lang: engine.EN, Page: graph.Phone},
		"bomb-threat.vi.figure.path.svg": {Page: graph.Figure, Path: slow},
		"bomb-threat.en.a4.forced.svg":   {Lang: engine.EN, Path: forced},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := graph.SVG(&b, bomb, o); err != nil {
				t.Fatal(err)
			}
			file := "testdata/" + name
			if *update {
				if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), b.String()); d != "" {
				t.Error(d)
			}
		})
	}
}

// Who does not see the picture hears all of it: states with their kinds,
// transitions with their conditions, and the path.
func TestSVGHasAName(t *testing.T) {
	c, _ := frozen(t, "bomb-threat-slow")
	path := &graph.Path{Steps: []graph.Step{{State: "normal"}, {State: "panic", At: engine.Minute, Forced: true, Reason: "thử"}}}
	texts := wellFormed(t, graph.Lay(c, graph.Options{Path: path, ID: "hinh-2"}).SVG())
	if got := texts["@role"]; len(got) != 1 || got[0] != "img" {
		t.Errorf("role %q", got)
	}
	if got := texts["@aria-labelledby"]; len(got) != 1 || got[0] != "hinh-2-title hinh-2-desc" {
		t.Errorf("aria-labelledby %q", got)
	}
	if got := texts["title"]; len(got) != 1 || got[0] != "Đe dọa đánh bom và phát hiện vật khả nghi: đường đi của buổi diễn tập" {
		t.Errorf("title %q", got)
	}
	for _, want := range []string{
		"Sơ đồ có 11 trạng thái và 29 đường chuyển.",
		"Hoảng loạn, người chạy không ai dẫn (diễn biến xấu đi);",
		" 2. Từ “Đã nhận cuộc gọi đe dọa” sang “Đánh giá, kiểm tra bằng mắt” khi xong R03 và R04.",
		" 2. 01:00 chuyển tay sang “Hoảng loạn, người chạy không ai dẫn”: thử.",
	} {
		if !strings.Contains(texts["desc"][0], want) {
			t.Errorf("%q is not in the description", want)
		}
	}
}

// The colour of nothing is the only sign of what it is: kinds are written out,
// and each has a shape of its own.
func TestKindsAreToldWithoutColour(t *testing.T) {
	c := compiled(t, scenario())
	p := graph.Lay(c, graph.Options{Lang: engine.EN})
	for _, n := range p.Nodes {
		written := n.Lines[0].Text == n.Kind.Title().EN
		if written == (n.Kind == engine.Normal) {
			t.Errorf("%s: its first line is %q", n.State, n.Lines[0].Text)
		}
	}
	for _, s := range p.Samples {
		if s.Mark == graph.MarkState && s.Line.Text != s.Kind.Title().EN {
			t.Errorf("the legend calls %s %q", s.Kind, s.Line.Text)
		}
	}
}

func TestHostileTitlesAreEscaped(t *testing.T) {
	s := scenario()
	s.Title = engine.Text{VI: "</title><script>alert(1)</script>\u202e\x00"}
	s.States[1].Title = engine.Text{VI: "\"'<x>&\u200f\u2066"}
	svg := graph.Lay(compiled(t, s), graph.Options{ID: `"><x`}).SVG()
	texts := wellFormed(t, svg)
	if strings.ContainsAny(svg, "\u202e\u200f\u2066\x00") || strings.Contains(svg, "<script") || strings.Contains(svg, "<x") {
		t.Error(svg)
	}
	for _, text := range texts["text"] {
		if text == "\"'<x>&" {
			return
		}
	}
	t.Errorf("the title is not there: %q", texts["text"])
}
