package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"saban/scenarios"
)

// examine checks files on all cores; the answers are in the files' order.
func (a *app) examine(sources []scenarios.Source, overlay *scenarios.Source, quick bool) []checked {
	bases := basesIn(sources)
	all := make([]checked, len(sources))
	w := &watch{busy: make([]bool, len(sources)), names: sources}
	stop := a.progress(w)
	defer stop()
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i := range sources {
		group.Add(1)
		go func() {
			defer group.Done()
			free <- struct{}{}
			w.set(i, true)
			all[i] = checkFile(sources[i], overlay, bases, quick)
			w.set(i, false)
			<-free
		}()
	}
	group.Wait()
	return all
}

// watch says which files are being checked.
type watch struct {
	mu    sync.Mutex
	busy  []bool
	names []scenarios.Source
	done  int
}

func (w *watch) set(i int, busy bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy[i] = busy; !busy {
		w.done++
	}
}

func (w *watch) now() (done int, busy string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var names []string
	for i, is := range w.busy {
		if is {
			names = append(names, w.names[i].Name)
		}
	}
	return w.done, strings.Join(names, ", ")
}

// progress shows on a terminal how far check is once it takes longer than a
// second, and takes that away when stopped.
func (a *app) progress(w *watch) (stop func()) {
	if !isTerminal(a.err) {
		return func() {}
	}
	quit, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for shown := false; ; shown = true {
			select {
			case <-quit:
				if shown {
					fmt.Fprint(a.err, "\r\x1b[K")
				}
				return
			case <-tick.C:
				done, busy := w.now()
				line := "saban: " + a.say("đang chơi thử, xong %d/%d: %s", "playing, %d of %d done: %s", done, len(w.names), busy)
				fmt.Fprint(a.err, "\r\x1b[K"+string([]rune(line)[:min(len([]rune(line)), 78)]))
			}
		}
	}()
	return func() {
		close(quit)
		<-gone
	}
}
