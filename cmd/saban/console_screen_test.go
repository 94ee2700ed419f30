package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hinshun/vt10x"

	"saban/engine"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

// scenes are keys and time that lead from one screen to the next; each is
// photographed under its name.
var scenes = []struct {
	name string
	keys string
	wait time.Duration
}{
	{"before StartEx", "", 0},
	{"the first inject and its questions", "⏎", 3 * time.Second},
	{"answering", "1", 0},
	{"the contents of an answer", "2", 0},
	{"two contents ticked", "13", 0},
	{"past target", "⏎", 128 * time.Second},
	{"prohibited action", "x", 0},
	{"who did it", "2", 0},
	{"an ad hoc inject being written", "␛n2⏎Cửa sau bị khóa", 0},
	{"the ad hoc inject", "⏎⏎", time.Second},
	{"forcing a state", "g", 0},
	{"the reason of it", "1", 0},
	{"paused", "␛p", 20 * time.Second},
	{"held, and past limit", "ph", 250 * time.Second},
	{"taking back", "t", 0},
	{"the whole of an inject", "␛b2", 0},
	{"help", "␛?", 0},
	{"end?", "␛Q", 0},
	{"a real incident", "␛!1", 0},
}

// vietnamese finds letters no English text has.
var vietnamese = regexp.MustCompile(`[ăâđêôơưĂÂĐÊÔƠƯ\x{1EA0}-\x{1EF9}]`)

func TestScreens(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			name := fmt.Sprintf("%s-%dx%d", lang, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				st := newStage(t, lang, size[0], size[1])
				var got strings.Builder
				for _, scene := range scenes {
					keys := scene.keys
					if lang == engine.EN {
						keys = strings.Replace(keys, "Cửa sau bị khóa", "The back door is locked", 1)
					}
					st.press(keys)
					st.wait(scene.wait)
					fmt.Fprintf(&got, "== %s\n%s\n", scene.name, st.screen())
					if lang == engine.EN && vietnamese.MatchString(st.screen()) {
						t.Errorf("%s: Vietnamese on an English screen: %s", scene.name, vietnamese.FindString(st.screen()))
					}
				}
				golden(t, filepath.Join("testdata", "screens", name+".txt"), got.String())
			})
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got, -update rewrites it)\n%s", path, diff)
	}
}

func TestStripIsYellowAndNothingElse(t *testing.T) {
	st := newStage(t, engine.VI, 80, 24)
	st.press("⏎")
	st.wait(70 * time.Second)
	yellow := vt10x.Color(221)
	for y := range 24 {
		for x := range 80 {
			if got := st.vt.Cell(x, y).BG == yellow; got != (y == 0) {
				t.Fatalf("column %d, row %d: yellow is %v", x, y, got)
			}
		}
	}
	st.press("!1")
	if st.vt.Cell(0, 0).BG == yellow || !strings.Contains(st.screen(), "SỰ CỐ THẬT — BUỔI DIỄN TẬP ĐÃ DỪNG") {
		t.Error("a real incident still looks like the exercise")
	}
}

func TestNoColour(t *testing.T) {
	st := newStage(t, engine.VI, 80, 24)
	st.c.d.color = false
	st.raw.Reset()
	st.c.d.shown = nil
	for _, scene := range scenes {
		st.press(scene.keys)
		st.wait(scene.wait)
	}
	if found := regexp.MustCompile(`\x1b\[[0-9;]*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`).FindString(st.raw.String()); found != "" {
		t.Errorf("a colour: %q", found)
	}
}

func TestAnySizeIsDrawn(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {2, 2}, {10, 3}, {20, 5}, {39, 9}, {59, 19}, {80, 12}, {109, 24}, {110, 10}, {300, 100}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			st := newStage(t, engine.VI, size[0], size[1])
			for _, scene := range scenes {
				st.press(scene.keys)
				st.wait(scene.wait)
			}
			st.press("␛!2␛l␛v␛b␛s0␛Q2")
		})
	}
}

func TestResizeRedrawsEverything(t *testing.T) {
	st := newStage(t, engine.VI, 80, 24)
	st.press("⏎")
	w := 80
	st.c.size = func() (int, int) { return w, 24 }
	st.raw.Reset()
	st.wait(0)
	if st.raw.Len() != 0 {
		t.Errorf("%d bytes for a screen that did not change", st.raw.Len())
	}
	w = 100
	st.vt.Resize(100, 24)
	st.wait(0)
	if !strings.Contains(st.raw.String(), "\x1b[2J") || !strings.Contains(st.screen(), "Cháy nhỏ ở kho giấy") {
		t.Error("the screen was not drawn anew")
	}
}
