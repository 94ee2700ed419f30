package server_test

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"saban/server"
	"saban/store"
)

// slowDisk takes a moment to keep something, as one that syncs does.
type slowDisk struct{ store.Store }

func (s slowDisk) Put(ctx context.Context, kind, id string, value []byte) error {
	time.Sleep(5 * time.Millisecond)
	return s.Store.Put(ctx, kind, id, value)
}

func TestNoMoreComeInThanThereIsRoomFor(t *testing.T) {
	st := phoneStage(t)
	d := st.phoneDrill()
	st.stop()
	st.config.Store = slowDisk{st.config.Store}
	st.restart()
	lobby := func() server.Place {
		for _, p := range call[server.Lobby](st.lead, "GET", "/api/v1/join/"+d.Code, nil).Roles {
			if p.ID == "control" {
				return p
			}
		}
		t.Fatal("there is no such role")
		return server.Place{}
	}
	if p := lobby(); p.Free != 6 {
		t.Fatalf("%+v", p)
	}
	var in, full atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		c := st.browser()
		all.Go(func() {
			switch res, _ := c.do("POST", "/api/v1/join", "application/json", `{"code":"`+d.Code+`","roles":["control"]}`); res.StatusCode {
			case http.StatusOK:
				in.Add(1)
			case http.StatusConflict:
				full.Add(1)
			}
		})
	}
	all.Wait()
	if in.Load() != 6 || full.Load() != 44 {
		t.Errorf("%d came in, %d were told that it is full", in.Load(), full.Load())
	}
	guests := call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil)
	if p := lobby(); len(guests) != 6 || p.Free != 0 {
		t.Errorf("%d guests, and %+v", len(guests), p)
	}
	call[any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/guests/"+guests[0].Person, nil)
	if p := lobby(); p.Free != 1 {
		t.Errorf("after one was turned away %+v", p)
	}
	one := st.phone(d, "control")
	call[any](one, "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{"control", "chief"}})
	if p := lobby(); p.Free != 0 {
		t.Errorf("after one came twice %+v", p)
	}
	st.stop()
	st.restart()
	if res, text := st.browser().do("POST", "/api/v1/join", "application/json", `{"code":"`+d.Code+`","roles":["control"]}`); res.StatusCode != http.StatusConflict {
		t.Errorf("after a restart: %s %s", res.Status, text)
	}
}
