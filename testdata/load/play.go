package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// patience is how long something may take before it counts as lost.
const patience = 30 * time.Second

// undisturbed is how long phones are let alone before they are asked.
const undisturbed = 300 * time.Millisecond

// settled is when a server that has started does nothing more.
const settled = 2 * time.Second

// drill is one drill with its phones.
type drill struct {
	id, code string
	phones   []*phone
}

// play builds and starts the server, plays, and stops it.
func play(o options) (*result, error) {
	dir, err := os.MkdirTemp(".", "bench-load-") // not in /tmp, which may be memory
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	server, err := start(dir)
	if err != nil {
		return nil, err
	}
	defer server.stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	time.Sleep(settled)
	res := &result{Drills: o.drills, Phones: o.phones}
	res.IdleKB, res.IdleOwnKB = server.memory()
	lead, drills, err := prepare(ctx, server, o)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := join(ctx, server.base, drills, o.phones); err != nil {
		return nil, err
	}
	res.Joining = time.Since(began).Milliseconds()
	if err := conduct(ctx, lead, drills, o.injects, res); err != nil {
		return nil, err
	}
	res.FullKB, res.FullOwnKB = server.memory()
	if o.bare {
		if err := compare(ctx, dir, lead, drills[0], o, res); err != nil {
			return nil, err
		}
	}
	return res, missing(ctx, lead, drills, res)
}

// server is the real program in a process of its own.
type server struct {
	base, setup string
	cmd         *exec.Cmd
}

func start(dir string) (*server, error) {
	binary := filepath.Join(dir, "saban")
	build := exec.Command("go", "build", "-o", binary, "./cmd/saban")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, err
	}
	s := &server{cmd: exec.Command(binary, "serve", "--host", "127.0.0.1", "--port", "0", "--lang", "en", "--data", filepath.Join(dir, "data"))}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), ":")
		switch rest = strings.TrimSpace(rest); word {
		case "console":
			s.base = strings.TrimSuffix(rest, "/")
		case "first time":
			s.setup = rest
		case "data":
			return s, nil
		}
	}
	return nil, errors.New("the server did not start")
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
}

// memory is what the server holds, in KB, and what of it is not read from the
// program's own file; 0 where the system does not say.
func (s *server) memory() (all, own int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	kb := func(field string) int {
		_, rest, _ := strings.Cut(string(text), field+":")
		n, _ := strconv.Atoi(strings.Fields(rest + " 0")[0])
		return n
	}
	return kb("VmRSS"), kb("RssAnon")
}

// prepare signs the facilitator in and starts the drills.
func prepare(ctx context.Context, s *server, o options) (*client, []*drill, error) {
	lead := newClient(s.base, 1)
	form := strings.NewReader("passphrase=three+or+four+words&again=three+or+four+words")
	res, err := lead.http.Post(s.setup, "application/x-www-form-urlencoded", form)
	if err != nil {
		return nil, nil, err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, nil, errors.New("setup: " + res.Status)
	}
	var drills []*drill
	for range o.drills {
		var made struct{ ID, Code string }
		places := map[string]int{}
		for _, role := range roles {
			places[role] = o.phones
		}
		if err := lead.call(ctx, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "places": places}, &made); err != nil {
			return nil, nil, err
		}
		if err := lead.call(ctx, "POST", "/api/v1/drills/"+made.ID+"/acts", map[string]any{"do": "start", "key": "start-key"}, nil); err != nil {
			return nil, nil, err
		}
		drills = append(drills, &drill{id: made.ID, code: made.Code})
	}
	return lead, drills, nil
}

// roles of the scenario, which the phones take in turn.
var roles = []string{"switchboard", "guard", "guard_chief", "director"}

// join brings everybody in, so many at a time.
func join(ctx context.Context, base string, drills []*drill, phones int) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(drills)*phones)
	gate := make(chan struct{}, 16)
	for i, d := range drills {
		for n := range phones {
			p := newPhone(base, 2+i*phones+n)
			d.phones = append(d.phones, p)
			gate <- struct{}{}
			wg.Go(func() {
				defer func() { <-gate }()
				errs <- p.open(ctx, d.code, roles[n%len(roles)])
			})
		}
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// conduct releases injects one after the other, in all drills at once, and
// has a few phones of each answer meanwhile.
func conduct(ctx context.Context, lead *client, drills []*drill, injects int, res *result) error {
	var delivered, last, answered []float64
	var mu sync.Mutex
	for n := range injects {
		id := fmt.Sprintf("L%d", n)
		var wg sync.WaitGroup
		errs := make(chan error, 2*len(drills))
		for _, d := range drills {
			wg.Go(func() {
				times, err := d.release(ctx, lead, id)
				errs <- err
				mu.Lock()
				defer mu.Unlock()
				res.Lost += len(d.phones) - len(times)
				delivered = append(delivered, times...)
				last = append(last, slices.Max(append(times, 0)))
			})
			wg.Go(func() {
				times, err := d.talk(ctx, n)
				errs <- err
				mu.Lock()
				defer mu.Unlock()
				answered = append(answered, times...)
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				return err
			}
		}
	}
	res.Delivered, res.Last, res.Answered = spreadOf(delivered), spreadOf(last), spreadOf(answered)
	return nil
}

// compare releases more injects, ours and those of the yardstick in turn,
// while nobody talks.
func compare(ctx context.Context, dir string, lead *client, d *drill, o options, res *result) error {
	b, err := startBare(ctx, dir, o.phones)
	if err != nil {
		return err
	}
	defer b.stop()
	var ours, theirs []float64
	for n := range o.injects {
		id := fmt.Sprintf("C%d", n)
		for _, side := range []struct {
			last    *[]float64
			phones  int
			release func() ([]float64, error)
		}{
			{&ours, len(d.phones), func() ([]float64, error) { return d.release(ctx, lead, id) }},
			{&theirs, len(b.phones), func() ([]float64, error) { return b.release(ctx, id) }},
		} {
			time.Sleep(settled / 10)
			times, err := side.release()
			if err != nil {
				return err
			}
			res.Lost += side.phones - len(times)
			*side.last = append(*side.last, slices.Max(append(times, 0)))
		}
	}
	res.Quiet, res.Bare = spreadOf(ours), spreadOf(theirs)
	return nil
}

// injectOf is an inject for everybody.
func injectOf(id string) map[string]any {
	return map[string]any{"id": id, "title": map[string]any{"vi": "Tình huống thêm"}, "at_ms": 0, "text": map[string]any{"vi": mark + id + ": có tiếng động lạ ở cầu thang phía đông; một người mặc áo khoác xám vừa đi ra."}, "note": map[string]any{}, "channel": "radio"}
}

// release writes an inject and waits until all have it.
func (d *drill) release(ctx context.Context, lead *client, id string) ([]float64, error) {
	return d.told(id, func() error {
		return lead.call(ctx, "POST", "/api/v1/drills/"+d.id+"/acts", map[string]any{"do": "adhoc", "key": "adhoc-" + d.id[max(len(d.id)-20, 0):] + "-" + id, "inject": injectOf(id)}, nil)
	})
}

// told releases an inject and says how long each phone waited for it.
func (d *drill) told(id string, release func() error) ([]float64, error) {
	began := time.Now()
	if err := release(); err != nil {
		return nil, err
	}
	time.Sleep(undisturbed)
	var times []float64
	for _, p := range d.phones {
		at, ok := p.when(id)
		for ; !ok && time.Since(began) < patience; at, ok = p.when(id) {
			time.Sleep(time.Millisecond)
		}
		if ok {
			times = append(times, millis(at.Sub(began)))
		}
	}
	return times, nil
}

// talk has one phone in ten say something, within a second.
func (d *drill) talk(ctx context.Context, round int) ([]float64, error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var times []float64
	var failed error
	for i := round % 10; i < len(d.phones); i += 10 {
		p := d.phones[i]
		wg.Go(func() {
			time.Sleep(rand.N(time.Second))
			took, err := p.say(ctx, fmt.Sprintf("word-%06d", round))
			mu.Lock()
			defer mu.Unlock()
			times, failed = append(times, millis(took)), errors.Join(failed, err)
		})
	}
	wg.Wait()
	return times, failed
}

// missing counts what was acknowledged and is not in the log exactly once.
func missing(ctx context.Context, lead *client, drills []*drill, res *result) error {
	for _, d := range drills {
		var log []struct{ Key string }
		if err := lead.call(ctx, "GET", "/api/v1/drills/"+d.id+"/log", nil, &log); err != nil {
			return err
		}
		there := map[string]int{}
		for _, e := range log {
			there[e.Key]++
		}
		for _, p := range d.phones {
			for _, key := range p.acked {
				if there[key] != 1 {
					res.Lost++
				}
			}
		}
	}
	return nil
}

func spreadOf(times []float64) spread {
	if len(times) == 0 {
		return spread{}
	}
	slices.Sort(times)
	at := func(share float64) float64 { return times[int(math.Ceil(share*float64(len(times))))-1] }
	return spread{len(times), times[0], at(0.5), at(0.99), times[len(times)-1]}
}
