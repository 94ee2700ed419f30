package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"saban/engine"
	"saban/store/storetest"
)

func TestAFullDiskIsSaidAndNothingAcknowledgedIsLost(t *testing.T) {
	disk := storetest.SmallDisk(t, "6m")
	p := newPlaying(t, filepath.Join(disk, "data"))
	p.note()
	for round := range 2 {
		ballast := storetest.Fill(t, disk)
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
	disk := storetest.SmallDisk(t, "4m")
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
