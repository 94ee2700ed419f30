package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shown is what a page shows that follows a stream.
type shown struct {
	mu      sync.Mutex
	version string
	last    string // the phase told last
	regions map[string]string
}

// watches follows a stream as a page does until the test is over.
func (c *client) watches(t *testing.T, path string) *shown {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", c.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	res, err := c.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	out, done := &shown{regions: map[string]string{}}, make(chan struct{})
	t.Cleanup(func() { cancel(); <-done })
	go func() {
		defer close(done)
		defer func() { _ = res.Body.Close() }()
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 4<<20)
		for version := ""; lines.Scan(); {
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				version = id
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out.take(version, data)
			}
		}
	}()
	return out
}

func (s *shown) take(version, data string) {
	var patch struct {
		Phase   string
		Regions map[string]string
	}
	if json.Unmarshal([]byte(data), &patch) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if patch.Phase != "" {
		s.last = patch.Phase
	}
	if patch.Regions == nil {
		return // the clock alone
	}
	s.version = version
	for name, html := range patch.Regions {
		s.regions[name] = html
	}
}

// reads reports whether a text can be read on the page.
func (s *shown) reads(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, html := range s.regions {
		if strings.Contains(html, text) {
			return true
		}
	}
	return false
}

func (s *shown) phase() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// at is the version of what was told last.
func (s *shown) at() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version
}

func (s *shown) all() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.regions)
}

// facilitators are two tabs of a drill that runs, and what they show.
func facilitators(t *testing.T) (st *stage, drill string, tabs [2]*client, pages [2]*shown) {
	t.Helper()
	st = newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	second := st.browser()
	call[any](second, "POST", "/api/v1/session", map[string]any{"passphrase": "ba bốn từ"})
	tabs = [2]*client{st.lead, second}
	for i, tab := range tabs {
		pages[i] = tab.watches(t, "/drills/"+d.ID+"/live")
	}
	return st, d.ID, tabs, pages
}

// TestTwoTabsOfAFacilitatorAgree has each act in turn. How long it takes until
// both show it is logged: the goal is a second, and no test depends on how
// busy a machine is.
func TestTwoTabsOfAFacilitatorAgree(t *testing.T) {
	st, drill, tabs, pages := facilitators(t)
	var took []time.Duration
	for n := range 20 {
		text, began := fmt.Sprintf("mark no. %d.", n), time.Now()
		call[any](tabs[n%2], "POST", "/api/v1/drills/"+drill+"/acts", map[string]any{"do": "note", "key": fmt.Sprintf("note-key-%d", n), "text": text})
		for until := began.Add(stepTime); !pages[0].reads(text) || !pages[1].reads(text); time.Sleep(2 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatalf("one of the tabs does not show %q", text)
			}
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from an act until both tabs show it: median %v, at most %v of %d", took[len(took)/2].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond), len(took))
	agree(st, drill, pages)
}

// agree has something be noted last, and waits until two pages show it and
// all else alike.
func agree(st *stage, drill string, pages [2]*shown) {
	st.t.Helper()
	st.act(drill, "note", "last-word-key", map[string]any{"text": "the last word"})
	diff := "one does not show the last word"
	for until := time.Now().Add(stepTime); diff != ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			st.t.Fatalf("at versions %s and %s (-first +second):\n%s", pages[0].at(), pages[1].at(), diff)
		}
		if pages[0].reads("the last word") && pages[1].reads("the last word") {
			diff = cmp.Diff(pages[0].all(), pages[1].all())
		}
	}
}

// TestWhatTwoTabsDoAtOnceIsOneEvent has both release each inject at the same
// moment: neither is told of an error, and both come to show the same.
func TestWhatTwoTabsDoAtOnceIsOneEvent(t *testing.T) {
	st, drill, tabs, pages := facilitators(t)
	injects := []string{"I02", "I03", "I04"}
	for _, inject := range injects {
		var wg sync.WaitGroup
		for i, tab := range tabs {
			wg.Go(func() {
				if status := tab.send("/api/v1/drills/"+drill+"/acts", map[string]any{"do": "release", "id": inject, "key": fmt.Sprintf("release-%s-tab%d", inject, i)}); status != http.StatusOK {
					t.Errorf("%s released by both: %d", inject, status)
				}
			})
		}
		wg.Wait()
	}
	released := map[string]int{}
	for _, e := range call[[]struct{ Type, ID string }](st.lead, "GET", "/api/v1/drills/"+drill+"/log", nil) {
		if e.Type == "released" {
			released[e.ID]++
		}
	}
	for _, inject := range injects {
		if released[inject] != 1 {
			t.Errorf("%s was released %d times", inject, released[inject])
		}
	}
	agree(st, drill, pages)
}
