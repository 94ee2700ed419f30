package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const hello = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }\n"

// starting measures the start-up part of row 7: `saban version` beside the
// smallest Go program, both built as they are handed out.
func starting(t *table) error {
	if !t.wants("7a") {
		return nil
	}
	dir, err := os.MkdirTemp("", "saban-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	source := filepath.Join(dir, "hello.go")
	if err := os.WriteFile(source, []byte(hello), 0o600); err != nil {
		return err
	}
	saban, other := filepath.Join(dir, "saban"), filepath.Join(dir, "hello")
	for out, of := range map[string]string{saban: "./cmd/saban", other: source} {
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, of)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return err
		}
	}
	res, err := race(4*rounds, 10*time.Millisecond, runs(saban, "version"), runs(other))
	if err != nil {
		return err
	}
	t.add(res.row(row{Goal: "7a", Work: "saban version, from start to end", Yardstick: "Go hello", Limit: 5}))
	return nil
}

func runs(program string, args ...string) work {
	return timed(func(n int) error {
		for range n {
			if err := exec.Command(program, args...).Run(); err != nil {
				return err
			}
		}
		return nil
	})
}
