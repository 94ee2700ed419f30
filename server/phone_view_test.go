package server_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"saban/engine"
	"saban/scenarios"
	"saban/server"
	"saban/store"
)

func TestTheClockOfAPhoneTellsTheTimeOfDayNow(t *testing.T) {
	st := phoneStage(t)
	phone := st.phone(st.phoneDrill(), "control")
	before := call[server.Phone](phone, "GET", "/api/v1/phone", nil)
	st.ahead.Add(int64(time.Hour))
	after := call[server.Phone](phone, "GET", "/api/v1/phone", nil)
	if gone := after.Clock.Wall - before.Clock.Wall; gone < time.Hour.Milliseconds() {
		t.Errorf("after an hour it is %d ms later", gone)
	}
}

// What a script draws by itself is the same at every moment, so that nothing
// is sent again for its time alone.
func TestTheTimeAloneIsNoNewsForAPhone(t *testing.T) {
	st := phoneStage(t)
	d := st.phoneDrill()
	phone := st.phone(d, "control")
	st.does(d, "start", nil)
	st.releases(d, "alarm")
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phone, "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": "control"})
	stream := phone.reads(t, "identity")
	st.waits("the question", func() bool {
		return strings.Contains(stream.String(), `name=\"choice\"`) && strings.HasSuffix(stream.String(), "\n\n")
	})
	before := len(stream.String())
	st.pass(d.ID, 3*time.Minute) // past the target
	st.does(d, "pause", nil)
	st.waits("the pause", func() bool { return strings.Contains(stream.String()[before:], `"phase":"paused"`) })
	if said := stream.String()[before:]; strings.Contains(said, `data-`) {
		t.Errorf("sent again:\n%s", said)
	}
}

func TestATapBeforeAPauseIsShownAtItsTimeOfDay(t *testing.T) {
	st := phoneStage(t)
	d := st.phoneDrill()
	phone := st.phone(d, "control")
	st.does(d, "start", nil)
	st.releases(d, "question")
	phone.do("GET", "/p", "", "")
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	st.pass(d.ID, 20*time.Second)
	tapped := time.Now().Add(time.Duration(st.ahead.Load()))
	st.pass(d.ID, 4*time.Second)
	st.does(d, "pause", nil)
	st.pass(d.ID, 10*time.Minute)
	st.does(d, "resume", nil)
	age := time.Now().Add(time.Duration(st.ahead.Load())).Sub(tapped)
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "tapped-before", "inject": card.Inject, "role": "control", "text": "x", "age_ms": age.Milliseconds()})
	a := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0].Answer
	if late := a.At - a.Counts; late < 3900 || late > 5*engine.Second {
		t.Errorf("it counts from %s before its receipt", late)
	}
	if off := a.TappedWall - tapped.UnixMilli(); off < -1000 || off > 1000 {
		t.Errorf("tapped at %s, and it says %s", tapped, time.UnixMilli(a.TappedWall))
	}
	_, page := phone.do("GET", "/p", "", "")
	if at := time.UnixMilli(a.TappedWall).Format(time.TimeOnly); !strings.Contains(page, "tapped at "+at+"; it counts from then") {
		t.Errorf("the page does not say %s:\n%s", at, page)
	}
}

func TestACardCountsToWhatIsStillToBeDone(t *testing.T) {
	text, err := os.ReadFile("testdata/phone.yaml")
	if err != nil {
		t.Fatal(err)
	}
	id := "      - id: compare\n        by: control\n        target: "
	slower := strings.Replace(string(text), id+"2m\n        limit: 4m", id+"3m\n        limit: 5m", 1)
	st := newStageOf(t, scenarios.Source{Name: "phone.yaml", Bytes: []byte(slower)})
	d := st.phoneDrill()
	phone := st.phone(d, "control")
	st.does(d, "start", nil)
	st.releases(d, "alarm")
	phone.do("GET", "/p", "", "")
	timed := func() server.Times {
		t.Helper()
		c := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
		if c.Stage != "ask" || c.Timed == nil {
			t.Fatalf("%+v", c)
		}
		return *c.Timed
	}
	if got := timed(); got.Target-got.From != 2*engine.Minute {
		t.Errorf("%+v", got)
	}
	st.does(d, "observe", map[string]any{"id": "call_chief", "role": "control"})
	if got := timed(); got.Target-got.From != 3*engine.Minute || got.Limit-got.From != 5*engine.Minute {
		t.Errorf("with the first one done: %+v", got)
	}
}

// heldStore holds up the reading of names until one has been written.
type heldStore struct {
	store.Store
	armed   atomic.Bool
	reading chan struct{}
	written chan struct{}
	logs    atomic.Int64 // logs read whole
}

func hold(st *stage) *heldStore {
	h := &heldStore{Store: st.config.Store, reading: make(chan struct{}), written: make(chan struct{})}
	st.stop()
	st.config.Store = h
	st.restart()
	return h
}

func (h *heldStore) Records(ctx context.Context, kind string) ([]store.Record, error) {
	list, err := h.Store.Records(ctx, kind)
	if strings.HasPrefix(kind, "name ") && h.armed.CompareAndSwap(true, false) {
		close(h.reading)
		<-h.written
	}
	return list, err
}

func (h *heldStore) Put(ctx context.Context, kind, id string, value []byte) error {
	err := h.Store.Put(ctx, kind, id, value)
	select {
	case <-h.reading:
		if strings.HasPrefix(kind, "name ") {
			close(h.written)
		}
	default:
	}
	return err
}

func (h *heldStore) Events(ctx context.Context, drill string, after int64) ([]engine.Event, error) {
	h.logs.Add(1)
	return h.Store.Events(ctx, drill, after)
}

func TestANewNameIsShownHoweverOldNamesAreBeingRead(t *testing.T) {
	st := phoneStage(t)
	h := hold(st)
	d := st.phoneDrill()
	phone, other := st.browser(), st.phone(d, "control")
	join := func(name string) {
		call[any](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": name, "roles": []string{"control"}})
	}
	join("Thảo")
	st.does(d, "start", nil)
	st.releases(d, "question")
	phone.do("GET", "/p", "", "")
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": card.Inject, "role": "control", "text": "x"})
	st.stop()
	st.restart() // no name is known
	h.armed.Store(true)
	var both sync.WaitGroup
	both.Go(func() { call[server.Phone](other, "GET", "/api/v1/phone", nil) })
	<-h.reading
	both.Go(func() { join("Mai") })
	both.Wait()
	if by := call[server.Phone](other, "GET", "/api/v1/phone", nil).Cards[0].Answer.By; by != "Mai" {
		t.Errorf("the answer is by %q", by)
	}
}

func TestAClosedDrillIsReadOnceForAllPhones(t *testing.T) {
	st := phoneStage(t)
	h := hold(st)
	d := st.phoneDrill()
	var phones []*client
	for range 6 {
		phones = append(phones, st.phone(d, "control"))
	}
	st.does(d, "start", nil)
	st.releases(d, "order")
	st.does(d, "end", nil)
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	before := h.logs.Load()
	var all sync.WaitGroup
	for _, p := range phones {
		all.Go(func() {
			for path, status := range map[string]int{"/p": http.StatusGone, "/p/nhat-ky": http.StatusOK} {
				if res, page := p.do("GET", path, "", ""); res.StatusCode != status || path != "/p" && !strings.Contains(page, "All outside calls") {
					t.Errorf("%s: %s\n%s", path, res.Status, page)
				}
			}
		})
	}
	all.Wait()
	if n := h.logs.Load() - before; n != 1 {
		t.Errorf("the log was read %d times for %d phones", n, len(phones))
	}
}
