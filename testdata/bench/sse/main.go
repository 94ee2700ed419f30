// Sse is the smallest server of events net/http can be: what is posted goes
// to every reader, and nothing is kept. The load client plays the same phones
// on it, as the yardstick of what a durable inject may take.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
)

// hub hands each frame to all who read.
type hub struct {
	mu      sync.Mutex
	readers map[chan []byte]bool
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, "sse:", err)
		os.Exit(1)
	}
	fmt.Println("http://" + listener.Addr().String())
	h := &hub{readers: map[chan []byte]bool{}}
	http.HandleFunc("GET /", h.read)
	http.HandleFunc("POST /", h.post)
	fmt.Fprintln(os.Stderr, "sse:", http.Serve(listener, nil))
	os.Exit(1)
}

func (h *hub) read(w http.ResponseWriter, r *http.Request) {
	frames := make(chan []byte, 8)
	h.mu.Lock()
	h.readers[frames] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.readers, frames)
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for err := out.Flush(); err == nil; err = out.Flush() {
		select {
		case frame := <-frames:
			if _, err := w.Write(frame); err != nil {
				return
			}
		case <-r.Context().Done():
			return
		}
	}
}

func (h *hub) post(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	frame := fmt.Appendf(nil, "event: patch\ndata: %s\n\n", body)
	h.mu.Lock()
	defer h.mu.Unlock()
	for frames := range h.readers {
		select {
		case frames <- frame:
		default: // a slow reader loses it
		}
	}
}
