package server_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// versions reads a stream's event numbers until the test is over.
func (c *client) versions(t *testing.T, path string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", c.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	out, done := make(chan string, 1000), make(chan struct{})
	t.Cleanup(func() { cancel(); <-done })
	go func() {
		defer close(done)
		defer func() { _ = res.Body.Close() }()
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				out <- id
			}
		}
	}()
	return out
}

// TestTwoTabsOfAFacilitatorAgree has both release each inject at the same
// moment: it is one event, neither is told of an error, and both streams come
// to the same version.
func TestTwoTabsOfAFacilitatorAgree(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	second := st.browser()
	call[any](second, "POST", "/api/v1/session", map[string]any{"passphrase": "ba bốn từ"})
	tabs := []*client{st.lead, second}
	streams := []<-chan string{tabs[0].versions(t, "/drills/"+d.ID+"/live"), tabs[1].versions(t, "/drills/"+d.ID+"/live")}
	for _, inject := range []string{"I02", "I03", "I04"} {
		var wg sync.WaitGroup
		status := make([]int, len(tabs))
		for i, tab := range tabs {
			wg.Go(func() {
				status[i] = tab.send("/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": "release", "id": inject, "key": "release-" + inject + "-tab" + string(rune('1'+i))})
			})
		}
		wg.Wait()
		if status[0] != http.StatusOK || status[1] != http.StatusOK {
			t.Errorf("%s released by both: %d, %d", inject, status[0], status[1])
		}
	}
	released := map[string]int{}
	for _, e := range call[[]struct{ Type, ID string }](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil) {
		if e.Type == "released" {
			released[e.ID]++
		}
	}
	for _, inject := range []string{"I02", "I03", "I04"} {
		if released[inject] != 1 {
			t.Errorf("%s was released %d times", inject, released[inject])
		}
	}
	last := [2]string{}
	deadline := time.After(90 * time.Second)
	for last[0] == "" || last[0] != last[1] || len(streams[0])+len(streams[1]) > 0 {
		select {
		case last[0] = <-streams[0]:
		case last[1] = <-streams[1]:
		case <-deadline:
			t.Fatalf("one tab shows version %s, the other %s", last[0], last[1])
		}
	}
}
