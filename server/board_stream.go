package server

import (
	"sync"

	"saban/live"
)

// crowd is all rooms as one, for a stream that tells of them together. Its
// clock stands: each room has its own.
type crowd struct {
	mu      sync.Mutex
	version int64
	changed chan struct{}
}

func newCrowd() *crowd { return &crowd{changed: make(chan struct{})} }

// stir says that something has changed in one of the rooms.
func (c *crowd) stir() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version++
	close(c.changed)
	c.changed = make(chan struct{})
}

// Changed is like live.Room.Changed; there is always more to come.
func (c *crowd) Changed() (<-chan struct{}, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed, true
}

// Peek has a version that grows with every change of any room.
func (c *crowd) Peek() *live.Brief {
	c.mu.Lock()
	defer c.mu.Unlock()
	return &live.Brief{Version: c.version, Watch: &live.Watch{}}
}

// Look is Peek: what is shown of each room is asked of the room.
func (c *crowd) Look() *live.View { return &live.View{Brief: c.Peek()} }

// follow passes on what changes in a room, until it is closed.
func (s *Server) follow(r *room) {
	for {
		changed, open := r.Changed()
		s.crowd.stir()
		if !open {
			return
		}
		select {
		case <-changed:
		case <-s.ctx.Done():
			return
		}
	}
}
