package main

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// bare is the yardstick: as many phones read a server of events that keeps
// nothing. Its injects alternate with ours, told by the same client.
type bare struct {
	drill
	cmd  *exec.Cmd
	lead *client
}

// startBare runs the server and brings its readers in.
func startBare(ctx context.Context, dir string, phones int) (*bare, error) {
	binary := filepath.Join(dir, "sse")
	build := exec.Command("go", "build", "-o", binary, "./testdata/bench/sse")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, err
	}
	b := &bare{cmd: exec.Command(binary)}
	b.cmd.Stderr = os.Stderr
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := b.cmd.Start(); err != nil {
		return nil, err
	}
	base, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.stop()
		return nil, err
	}
	base = strings.TrimSpace(base)
	b.lead = newClient(base, 1)
	for n := range phones {
		p := newPhone(base, 2+n)
		b.phones = append(b.phones, p)
		req, err := http.NewRequestWithContext(ctx, "GET", base+"/", nil)
		if err != nil {
			b.stop()
			return nil, err
		}
		opened := make(chan error, 1)
		go p.listen(req, opened)
		if err := <-opened; err != nil {
			b.stop()
			return nil, err
		}
	}
	return b, nil
}

func (b *bare) stop() {
	_ = b.cmd.Process.Kill()
	_ = b.cmd.Wait()
}

// release posts the inject and waits until all have it.
func (b *bare) release(ctx context.Context, id string) ([]float64, error) {
	return b.told(id, func() error { return b.lead.call(ctx, "POST", "/", injectOf(id), nil) })
}
