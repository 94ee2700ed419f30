package scoring_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scoring"
)

var update = flag.Bool("update", false, "rewrite golden files")

// worked is the example of domain.md §5.3: eight responses of the bomb threat
// and one major prohibited action.
func worked() (*engine.Scenario, []engine.Event) {
	text := func(vi, en string) engine.Text { return engine.Text{VI: vi, EN: en} }
	s := &engine.Scenario{
		ID: "bomb-threat", Lang: engine.VI,
		Roles: []engine.Role{
			{ID: "switchboard", Title: text("Trực ban tổng đài", "Switchboard")},
			{ID: "guard", Title: text("Nhân viên bảo vệ", "Guard")},
			{ID: "guard_chief", Title: text("Đội trưởng bảo vệ", "Chief guard")},
			{ID: "fire_team", Title: text("Đội PCCC và CNCH cơ sở", "Fire team")},
			{ID: "director", Title: text("Giám đốc", "Director")},
			{ID: "secretary", Title: text("Thư ký nhật ký", "Log keeper")},
			{ID: "spokesperson", Title: text("Người phát ngôn", "Spokesperson")},
		},
		Prohibited: []engine.Prohibited{{ID: "P02", Severity: engine.Major,
			Text: text("Dùng bộ đàm, điện thoại di động gần vật", "Use a radio or mobile phone near the item")}},
	}
	type row struct {
		id, by   string
		cap      engine.Capability
		weight   int
		critical bool
		target   int
		limit    int
		done     int // after the inject; -1 never
		content  engine.Ratio
		after    []string
		do       engine.Text
	}
	rows := []row{
		{"R03", "switchboard", engine.NB, 5, true, 180, 420, 150, engine.Over(6, 7), nil, text("Báo 113 và Công an xã", "Call 113 and the commune police")},
		{"R07", "guard", engine.NB, 4, true, 60, 180, 95, engine.Whole, nil, text("Xác nhận vật khả nghi, không chạm", "Confirm the item, do not touch")},
		{"R08", "guard_chief", engine.BV, 5, true, 120, 300, 210, engine.Whole * 8 / 10, []string{"R07"}, text("Đưa người ra khỏi khu vực kề cận", "Clear the area next to it")},
		{"R09", "fire_team", engine.BV, 4, false, 240, 480, 500, engine.Whole, nil, text("Kiểm tra lối thoát và điểm tập kết", "Check the way out and the assembly point")},
		{"R10", "director", engine.BV, 5, true, 480, 900, 690, engine.Whole, []string{"R08", "R09"}, text("Ra lệnh sơ tán", "Order the evacuation")},
		{"R11", "guard_chief", engine.KV, 4, false, 600, 1080, 700, engine.Whole, nil, text("Lập vành đai, chốt chặn", "Set the cordon")},
		{"R12", "secretary", engine.BV, 4, true, 900, 1500, -1, 0, []string{"R10"}, text("Điểm danh tại điểm tập kết", "Take the roll at the assembly point")},
		{"R15", "spokesperson", engine.TT, 2, false, 600, 1200, 600, engine.Whole / 2, nil, text("Một đầu mối phát ngôn", "Speak with one voice")},
	}
	in := engine.Inject{ID: "I04"}
	for _, r := range rows {
		in.Expects = append(in.Expects, engine.Response{ID: r.id, By: r.by, Target: seconds(r.target), Limit: seconds(r.limit),
			Weight: r.weight, Critical: r.critical, Capability: r.cap, After: r.after, Do: r.do})
	}
	s.Injects = []engine.Inject{in}

	l := new(logbook).begin(s)
	received := seconds(720)
	l.receive(received, "I04")
	for _, r := range rows {
		if r.done >= 0 {
			l.see(received+seconds(r.done), r.id, r.by, r.content)
		}
	}
	l.harm(received+seconds(705), "P02", "guard")
	return s, l.end(seconds(3600))
}

func TestWorkedExample(t *testing.T) {
	c := score(worked())

	t.Run("every column of the table", func(t *testing.T) {
		for _, want := range []struct {
			id                             string
			timeliness, correctness, value string
			rating                         scoring.Rating
		}{
			{"R03", "1", "0.857142857", "0.928571429", "S"},
			{"R07", "0.708333333", "1", "0.854166667", "S"},
			{"R08", "0.5", "0.8", "0.65", "S"},
			{"R09", "0", "0.5", "0.25", "M"},
			{"R10", "0.5", "1", "0.75", "S"},
			{"R11", "0.791666667", "1", "0.895833334", "S"},
			{"R12", "0", "0", "0", "U"},
			{"R15", "1", "0.5", "0.75", "M"},
		} {
			it := item(t, c, want.id)
			got := []string{it.Timeliness.String(), it.Correctness.String(), it.Value.String(), string(it.Rating)}
			if diff := cmp.Diff([]string{want.timeliness, want.correctness, want.value, string(want.rating)}, got); diff != "" {
				t.Errorf("%s: %s", want.id, diff)
			}
		}
	})
	t.Run("means, order and points", func(t *testing.T) {
		if got := c.Timeliness.String(); got != "0.545454545" {
			t.Errorf("timeliness %s", got)
		}
		if got := c.Correctness.String(); got[:6] != "0.7359" {
			t.Errorf("correctness %s", got)
		}
		if c.Order.Kept != 3 || c.Order.Applicable != 3 || *c.Order.Share != engine.Whole || len(c.Order.Pairs) != 4 {
			t.Errorf("order %+v", c.Order)
		}
		if c.PenaltyTotal != 500 || *c.BeforeGates != 6494 || *c.Total != 6494 || c.Grade != scoring.Pass {
			t.Errorf("penalty %v before %v total %v %v", c.PenaltyTotal, c.BeforeGates, c.Total, c.Grade)
		}
	})
	t.Run("one gate, which does not bite", func(t *testing.T) {
		if len(c.Gates) != 1 || c.Gates[0].ID != scoring.CriticalMissed || c.Gates[0].Bites || c.Gates[0].Cap != 6900 {
			t.Errorf("gates %+v", c.Gates)
		}
	})
	t.Run("capabilities", func(t *testing.T) {
		want := map[engine.Capability]scoring.Rating{"NB": "S", "BV": "U", "KV": "S", "TT": "M"}
		if diff := cmp.Diff(want, c.Capabilities); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("golden card", func(t *testing.T) {
		got, err := json.MarshalIndent(c, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "worked.json", append(got, '\n'))
		var back scoring.Scorecard
		if err := json.Unmarshal(got, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Errorf("the card read back differs: %s", diff)
		}
	})
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}
