package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"saban/engine"
	"saban/scoring"
	"saban/store"
)

// A round replays a fifth of a million events, and there are five: what a
// drill file may hold at most, in all.
const (
	replayed     = 200_000
	replayRounds = 5
)

var roomy = store.Limits{Bytes: 1 << 30}

// replaying measures row 6: a long log decoded from its lines, checked,
// applied and scored, beside encoding/json decoding the same lines.
func replaying(t *table) error {
	if !t.wants("6a") {
		return nil
	}
	s, err := openShipped()
	if err != nil {
		return err
	}
	log, events, err := s.longLog(replayed)
	if err != nil {
		return err
	}
	lines := bytes.Split(bytes.TrimSuffix(log, []byte("\n")), []byte("\n"))
	lines = lines[1 : len(lines)-1] // neither header nor closed line
	var res result
	for range replayRounds {
		one, err := race(1, 1, perEvent(events, func() error { return s.replay(log, events) }), perEvent(events, func() error { return decodePlain(lines) }))
		if err != nil {
			return err
		}
		res.ours, res.theirs = append(res.ours, one.ours...), append(res.theirs, one.theirs...)
	}
	per, err := allocs(1, func(int) error { return s.replay(log, events) })
	if err != nil {
		return err
	}
	*per /= float64(events)
	t.add(res.row(row{Goal: "6a", Work: fmt.Sprintf("an event replayed and scored, of %d", events), Yardstick: "encoding/json alone", Limit: 1.2, Allocs: per}))
	return nil
}

func perEvent(events int, do func() error) work {
	return func(int) (float64, error) {
		ns, err := timed(func(int) error { return do() })(1)
		return ns / float64(events), err
	}
}

// replay reads a drill file as `saban score` does.
func (s *shipped) replay(log []byte, events int) error {
	in, err := store.NewReader(bytes.NewReader(log), roomy)
	if err != nil {
		return err
	}
	drill, scorer := engine.NewDrill(s.compiled), scoring.NewScorer(s.scenario, scoring.Default())
	var e engine.Event
	for {
		err := in.Next(&e)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		drill.Apply(&e)
		scorer.Add(&e)
	}
	if card := scorer.Figures(); card.Total == nil || drill.Seq() != int64(events) || !drill.Over() {
		return errors.New("the replay is not the drill")
	}
	return nil
}

// plainEvent is what a Go program would decode a line into.
type plainEvent struct {
	Seq      int64                 `json:"seq"`
	Type     string                `json:"type"`
	At       int64                 `json:"at"`
	Recorded string                `json:"recorded"`
	Actor    string                `json:"actor"`
	Key      string                `json:"key"`
	Cause    int64                 `json:"cause"`
	ID       string                `json:"id"`
	Role     string                `json:"role"`
	Person   string                `json:"person"`
	Device   string                `json:"device"`
	From     string                `json:"from"`
	To       string                `json:"to"`
	Via      string                `json:"via"`
	Mode     string                `json:"mode"`
	Of       int64                 `json:"of"`
	Moment   int64                 `json:"moment"`
	Observed int64                 `json:"observed"`
	Content  float64               `json:"content"`
	Rating   string                `json:"rating"`
	Choices  []string              `json:"choices"`
	Boxes    []engine.Ticks        `json:"boxes"`
	Text     string                `json:"text"`
	Words    *engine.Text          `json:"words"`
	Reason   string                `json:"reason"`
	Override *engine.FactsOverride `json:"override"`
	Start    *engine.Start         `json:"start"`
	Inject   *engine.Inject        `json:"inject"`
	Hash     string                `json:"hash"`
}

func decodePlain(lines [][]byte) error {
	var last int64
	for _, line := range lines {
		var e plainEvent
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		last = e.Seq
	}
	if last != int64(len(lines)) {
		return errors.New("the lines are not the log")
	}
	return nil
}

// longLog writes the drill file of an exercise that never ends: many drills'
// worth of observations, answers, notes, marks, comings and goings.
func (s *shipped) longLog(least int) ([]byte, int, error) {
	var file bytes.Buffer
	w, err := store.NewWriter(&file, store.Header{Engine: engine.Version, Drill: "bench",
		Scenario: store.Pin(s.source.Name, s.source.Bytes), Rubric: store.Pin("rubric", nil)})
	if err != nil {
		return nil, 0, err
	}
	w.Limits = roomy
	drill := engine.NewDrill(s.compiled)
	take := func(cmd engine.Command) error {
		events, err := drill.Decide(cmd)
		if err != nil {
			return fmt.Errorf("%s %s: %w", cmd.Do, cmd.ID, err)
		}
		return w.Append(events)
	}
	start := engine.Start{Seats: engine.FullSeats(s.scenario), Led: true}
	if err := take(engine.Command{Do: engine.StartEx, Actor: "p0", Key: "start", Body: engine.Body{Start: &start}}); err != nil {
		return nil, 0, err
	}
	traffic := traffic{roles: start.Seats, scenario: s.scenario}
	for i := 0; drill.Seq() < int64(least)-1; i++ {
		if err := take(traffic.command(i)); err != nil {
			return nil, 0, err
		}
	}
	if err := take(engine.Command{Do: engine.End, At: drill.Now(), Actor: "p0", Key: "end"}); err != nil {
		return nil, 0, err
	}
	if _, err := w.Close(); err != nil {
		return nil, 0, err
	}
	return file.Bytes(), int(drill.Seq()), nil
}

// traffic makes up what people do.
type traffic struct {
	roles    []engine.Seat
	scenario *engine.Scenario
}

func (t *traffic) command(i int) engine.Command {
	role := t.roles[i%len(t.roles)].Role
	in := &t.scenario.Injects[i%len(t.scenario.Injects)]
	at := engine.Minute + engine.Millis(i)*250
	cmd := engine.Command{At: at, Wall: 1_769_846_400_000 + int64(at), Actor: "p" + fmt.Sprint(i%9), Key: fmt.Sprintf("k%07d", i)}
	switch kind := i % 10; {
	case kind < 4 && len(in.Expects) > 0:
		cmd.Do, cmd.Body = engine.Observe, engine.Body{ID: in.Expects[i%len(in.Expects)].ID, Role: role, Content: engine.Over(int64(i%7+1), 7)}
	case kind < 6:
		cmd.Do, cmd.Body = engine.Note, engine.Body{Role: role, Text: "Đội PCCC đã xem lối ra phía đông, còn “chưa rõ” số người ở tầng 2"}
	case kind == 6:
		cmd.Do, cmd.Body = engine.Respond, engine.Body{ID: t.scenario.Injects[0].ID, Role: "guard_chief", Person: "p3", Text: "Đã báo thêm cho phòng trực camera"}
	case kind == 7:
		cmd.Do, cmd.Body = engine.Mark, engine.Body{ID: t.scenario.Injects[0].Expects[0].ID, Content: engine.Over(int64(i%6+1), 7)}
	case kind == 8:
		cmd.Do, cmd.Body = engine.Join, engine.Body{Role: role, Device: "d" + fmt.Sprint(i%20), Person: "p1"}
	default:
		cmd.Do, cmd.Body = engine.Leave, engine.Body{Role: role, Device: "d" + fmt.Sprint(i%20)}
	}
	return cmd
}
