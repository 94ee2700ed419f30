package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

const xstateDir = "testdata/bench/xstate"

// xstate is node running send.mjs, idle between rounds.
type xstate struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func startXState() (*xstate, error) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("%w: no %s here", errSkipped, tool)
		}
	}
	if err := installXState(); err != nil {
		return nil, err
	}
	x := &xstate{cmd: exec.Command("node", "send.mjs")}
	x.cmd.Dir, x.cmd.Stderr = xstateDir, os.Stderr
	var err error
	if x.in, err = x.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := x.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	x.out = bufio.NewReader(out)
	if err := x.cmd.Start(); err != nil {
		return nil, err
	}
	_, err = x.send(1) // until node is up
	return x, err
}

// installXState gets the package once, from the lock file.
func installXState() error {
	if _, err := os.Stat(xstateDir + "/package.json"); err != nil {
		return fmt.Errorf("run this from the top of the repository: %w", err)
	}
	if _, err := os.Stat(xstateDir + "/node_modules/xstate/package.json"); err == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--silent")
	npm.Dir = xstateDir
	var said bytes.Buffer
	npm.Stderr = &said
	if err := npm.Run(); err != nil {
		return fmt.Errorf("%w: npm ci: %w %s", errSkipped, err, strings.TrimSpace(said.String()))
	}
	return nil
}

// send has node send n events and returns the nanoseconds of one.
func (x *xstate) send(n int) (float64, error) {
	if _, err := fmt.Fprintln(x.in, n); err != nil {
		return 0, err
	}
	line, err := x.out.ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("send.mjs: %w", err)
	}
	return strconv.ParseFloat(strings.TrimSpace(line), 64)
}

func (x *xstate) stop() {
	_ = x.in.Close()
	_ = x.cmd.Wait() // it ends at the end of its input
}
