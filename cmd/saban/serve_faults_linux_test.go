package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"saban/engine"
)

// smallDisk is a disk of a few MiB, which only root may mount.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no disk to fill: %v", err)
		}
		t.Skipf("no disk to fill: mounting one wants root: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill leaves no room on a disk until the file is removed.
func fill(t *testing.T, disk string) (file string) {
	t.Helper()
	file = filepath.Join(disk, "ballast")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 1<<10); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, unix.ENOSPC) {
		t.Fatal(err)
	}
	_ = f.Close()
	return file
}

func TestAFullDiskIsSaidAndNothingAcknowledgedIsLost(t *testing.T) {
	disk := smallDisk(t, "6m")
	p := newPlaying(t, filepath.Join(disk, "data"))
	p.note()
	for round := range 2 {
		ballast := fill(t, disk)
		status, answer := p.note()
		for n := 0; status == http.StatusOK && n < 5000; n++ {
			status, answer = p.note()
		}
		if status != http.StatusInsufficientStorage || !strings.Contains(answer, `"disk"`) || !strings.Contains(answer, "the disk is full") {
			t.Fatalf("%d %s", status, answer)
		}
		if _, trouble := p.phase(); !trouble {
			t.Error("the facilitator's page is not told")
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		p.until("going on", func() bool { _, trouble := p.phase(); return !trouble })
		if phase, _ := p.phase(); phase != "paused" {
			t.Errorf("the drill is %s", phase)
		}
		p.act("resume", []string{"resume-key-1", "resume-key-2"}[round])
		if status, answer := p.note(); status != http.StatusOK {
			t.Errorf("%d %s", status, answer)
		}
	}
	p.kept()
	p.kill()
	p.start()
	p.kept()
}

func TestAReadOnlyFolderIsSaidAtTheStart(t *testing.T) {
	disk := smallDisk(t, "4m")
	s := newServed(t, filepath.Join(disk, "data"))
	s.start()
	s.kill()
	if err := unix.Mount("", disk, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if code, said := s.refusedToStart(); code != 1 || !strings.Contains(said, "cannot be written") {
		t.Errorf("exit %d: %s", code, said)
	}
}

func TestAServerThatWasStoppedGoesOnPaused(t *testing.T) {
	if os.Getenv("SABAN_LONG") == "" {
		t.Skip("stands still for 20 seconds: set SABAN_LONG=1")
	}
	p := newPlaying(t, t.TempDir())
	p.note()
	before := p.lead.clock(t, p.drill)
	pid := p.cmd.Process.Pid
	if err := unix.Kill(pid, unix.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Second)
	if err := unix.Kill(pid, unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	p.until("a pause", func() bool { phase, _ := p.phase(); return phase == "paused" })
	if gone := p.lead.clock(t, p.drill) - before; gone > 10*time.Second {
		t.Errorf("%v of exercise time went by", gone)
	}
	p.act("resume", "resume-key-1")
	p.note()
	gaps := 0
	for _, e := range p.kept() {
		if e.Type == engine.Gap {
			gaps++
		}
	}
	if gaps != 1 {
		t.Errorf("%d gaps in the log", gaps)
	}
}
