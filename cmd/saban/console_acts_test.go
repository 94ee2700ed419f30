package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
)

// deeds are the acts of a log after the first so many events, in short.
func deeds(log []engine.Event) (out []string) {
	for i := range log {
		e := &log[i]
		if e.Actor != facilitator {
			continue
		}
		parts := []string{e.At.Clock(), string(e.Type)}
		add := func(format string, v any, there bool) {
			if there {
				parts = append(parts, fmt.Sprintf(format, v))
			}
		}
		add("%s", e.ID, e.ID != "")
		add("by %s", e.Role, e.Role != "")
		add("to %s", e.To, e.To != "")
		add("%s", strings.Join(e.Choices, "+"), len(e.Choices) > 0)
		add("%v", e.Boxes, len(e.Boxes) > 0)
		add("observed %s", e.Observed.Clock(), e.Subject() && e.Observed != e.At)
		add("of %d", e.Of, e.Of != 0)
		add("content %s", e.Content, e.Type == engine.Observed || e.Type == engine.Marked)
		add("moment %s", e.Moment.Clock(), e.Moment != 0)
		add("%q", e.Text, e.Text != "")
		add("%q", e.Reason, e.Reason != "")
		if e.Words != nil {
			add("%q", e.Words.EN, true)
		}
		if in := e.Inject; in != nil {
			add("to %v", in.To, true)
			add("%q", in.Text.EN, true)
			for _, r := range in.Expects {
				add("expects %s", fmt.Sprintf("%s by %s weight %d %q", r.ID, r.By, r.Weight, r.Do.EN), true)
			}
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

// Keys on the console, and the acts that come of them. The drill is 65 s old
// unless more is waited; the head's question is number 2.
func TestKeysBecomeActs(t *testing.T) {
	for name, c := range map[string]struct {
		wait time.Duration
		keys string
		want []string
	}{
		"an answer with contents":     {0, "1213⏎", []string{"01:05 responded I1 by guard R1", "01:05 responded I1 by guard [{R1 [place people]}]"}},
		"all contents":                {0, "12*⏎", []string{"01:05 responded I1 by guard R1", "01:05 responded I1 by guard [{R1 [place what people]}]"}},
		"no contents":                 {0, "12⏎", []string{"01:05 responded I1 by guard R1"}},
		"contents left with Esc":      {0, "12␛", []string{"01:05 responded I1 by guard R1"}},
		"contents added later":        {0, "12␛c12⏎", []string{"01:05 responded I1 by guard R1", "01:05 responded I1 by guard [{R1 [what]}]"}},
		"a way":                       {0, "21", []string{"01:05 responded I1 by head by_back"}},
		"something else":              {0, "24Call home⏎", []string{`01:05 responded I1 by head "Call home"`}},
		"two choices":                 {3 * time.Minute, "112⏎", []string{"04:05 responded I2 by medic D1+R4"}},
		"too few choices":             {3 * time.Minute, "11⏎␛", nil},
		"too many choices":            {3 * time.Minute, "1123⏎", []string{"04:05 responded I2 by medic D1+R4"}},
		"one choice, something else":  {3 * time.Minute, "114⏎Sing⏎", []string{`04:05 responded I2 by medic D1 "Sing"`}},
		"something else, marked":      {0, "24Run out the back⏎c113", []string{`01:05 responded I1 by head "Run out the back"`, "01:05 marked R1 of 5 content 0.5"}},
		"marked as a way":             {0, "24Run out the back⏎c121", []string{`01:05 responded I1 by head "Run out the back"`, "01:05 marked by_back of 5 content 1"}},
		"from the list of all":        {0, "0121␛", []string{"01:05 responded I1 by guard R1"}},
		"left with Esc":               {0, "1␛x␛n␛r␛m␛f␛g␛k␛v␛t␛l␛c␛b␛s␛!␛Q␛?␛0␛", nil},
		"a prohibited action":         {0, "x23", []string{"01:05 prohibited P2 by medic"}},
		"nobody knows who":            {0, "X14", []string{"01:05 prohibited P1"}},
		"ad hoc, for information":     {0, "n13⏎The gate is shut⏎⏎", []string{`01:05 written X1 to [head medic] "The gate is shut"`}},
		"ad hoc, to everybody":        {0, "n*⏎Rain⏎⏎", []string{`01:05 written X1 to [] "Rain"`}},
		"ad hoc, with an action":      {0, "n3⏎Rain⏎Cover up⏎14", []string{`01:05 written X1 to [medic] "Rain" expects RX1 by medic weight 3 "Cover up"`}},
		"ad hoc, shown only":          {0, "n3⏎Rain⏎Cover up⏎21", []string{`01:05 written X1 to [medic] "Rain" expects RX1 by head weight 0 "Cover up"`}},
		"two ad hoc":                  {0, "n3⏎A⏎⏎n3⏎B⏎⏎", []string{`01:05 written X1 to [medic] "A"`, `01:05 written X2 to [medic] "B"`}},
		"relay":                       {0, "r1", []string{"01:05 relayed I1 by head"}},
		"relayed once":                {0, "r1r1␛", []string{"01:05 relayed I1 by head"}},
		"a note":                      {0, "mAll calm⏎", []string{`01:05 noted "All calm"`}},
		"an empty note":               {0, "m⏎  ⏎␛", nil},
		"a flag":                      {0, "f1", []string{"01:05 flagged crowd_gone"}},
		"a forced state":              {0, "g14", []string{`01:05 forced to panic "Something done was entered late"`}},
		"forced, with my own reason":  {0, "g45Because⏎", []string{`01:05 forced to lost "Because"`}},
		"pause and resume":            {0, "p p", []string{"01:05 paused", "01:05 resumed", "01:05 paused"}},
		"an answer in a pause":        {0, "p11", []string{"01:05 paused"}},
		"hold, unhold":                {0, "hh", []string{"01:05 held I2", "01:05 unheld I2"}},
		"skip":                        {0, "k2", []string{`01:05 skipped I2 "Not enough time"`}},
		"release next, by Enter":      {0, "⏎", []string{"01:05 released I2"}},
		"release any":                 {0, "v21", []string{"01:05 released I3"}},
		"hold any":                    {0, "v22v22", []string{"01:05 held I3", "01:05 unheld I3"}},
		"move":                        {0, "v1306:30⏎", []string{"01:05 postponed I2 moment 06:30"}},
		"move, badly written":         {0, "v13soon⏎␛", nil},
		"move into the past":          {0, "v130:30⏎", nil},
		"reword":                      {0, "v14Radio silence⏎", []string{`01:05 edited I2 "Radio silence"`}},
		"skip any":                    {0, "v253", []string{`01:05 skipped I3 "The roles are overloaded"`}},
		"take back":                   {0, "x23t11", []string{"01:05 prohibited P2 by medic", `01:05 retracted of 5 "Pressed by mistake"`}},
		"take back a release":         {0, "⏎t12", []string{"01:05 released I2", `01:05 recalled I2 "Misheard"`}},
		"observed now, with contents": {0, "l1113⏎⏎", []string{"01:05 observed R1 by guard content 0.666666667"}},
		"observed earlier":            {0, "l2100:40⏎", []string{"01:05 observed by_back by head observed 00:40 content 1"}},
		"observed by another":         {0, "l23⏎", []string{"01:05 observed by_back by medic content 1"}},
		"observed in the future":      {0, "l219:00⏎", nil},
		"prohibited, seen earlier":    {0, "l4200:10⏎", []string{"01:05 prohibited P1 by guard observed 00:10"}},
		"a real incident, released":   {0, "!2!22", []string{`01:05 stopped_real "Somebody is hurt or needs help"`, `01:05 resumed_real "It was handed over to the services"`}},
		"released for a reason":       {0, "!1!24All is well⏎", []string{`01:05 stopped_real "A real incident at the facility"`, `01:05 resumed_real "All is well"`}},
		"no release without a reason": {0, "!1!2␛", []string{`01:05 stopped_real "A real incident at the facility"`}},
		"nothing in a real incident":  {0, "!1x11p1Q1", []string{`01:05 stopped_real "A real incident at the facility"`}},
		"the end":                     {0, "Q2x", []string{"01:05 ended"}},
		"the end, not yet":            {0, "Q1", nil},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, engine.EN, 80, 24)
			st.press("⏎")
			st.wait(65*time.Second + c.wait)
			var before int
			for _, e := range st.c.s.Log {
				if e.Actor == facilitator {
					before++
				}
			}
			st.press(c.keys)
			if diff := cmp.Diff(c.want, append([]string(nil), deeds(st.c.s.Log)[before:]...)); diff != "" {
				t.Errorf("%s\n%s", diff, st.screen())
			}
		})
	}
}

func TestClockRunsAndNewsComeWhileAMenuIsOpen(t *testing.T) {
	st := newStage(t, engine.EN, 80, 24)
	st.press("⏎")
	st.wait(238 * time.Second)
	st.press("x")
	st.wait(3 * time.Second)
	if screen := st.screen(); !strings.Contains(screen, "Which prohibited action?") || !strings.Contains(screen, "04:00 ┃ released I2") {
		t.Error(screen)
	}
	if st.c.s.Now() != 241*engine.Second {
		t.Errorf("it is %s", st.c.s.Now())
	}
}

func TestInterruptLeaves(t *testing.T) {
	for _, page := range []string{"", "x", "m", "?"} {
		st := newStage(t, engine.EN, 80, 24)
		st.press("⏎" + page + "\x03")
		if !st.c.left {
			t.Errorf("on page %q Ctrl-C does nothing", page)
		}
	}
}

func TestATooLongTextIsCut(t *testing.T) {
	st := newStage(t, engine.EN, 80, 24)
	st.press("⏎m")
	st.c.press((&decoder{}).feed([]byte(strings.Repeat("ệ", 3000))))
	st.wait(0)
	st.press("⏎")
	if last := st.c.s.Log[len(st.c.s.Log)-1]; last.Type != engine.Noted || len([]rune(last.Text)) != longest {
		t.Errorf("%s of %d letters", last.Type, len([]rune(last.Text)))
	}
}

func TestOneEnterTooManyReleasesNothing(t *testing.T) {
	st := newStage(t, engine.EN, 80, 24)
	st.press("⏎")
	st.wait(5 * time.Second)
	st.press("mnote⏎⏎⏎")
	for _, e := range st.c.s.Log {
		if e.Type == engine.Released && e.Mode == "by" {
			t.Fatal("an inject was released")
		}
	}
	st.wait(time.Second)
	st.press("⏎")
	if last := st.c.s.Log[len(st.c.s.Log)-2]; last.Type != engine.Released {
		t.Errorf("after a second Enter does %s", last.Type)
	}
}

func TestNoAnswerIsOfferedWhilePaused(t *testing.T) {
	st := newStage(t, engine.EN, 120, 40)
	st.press("⏎p1")
	if screen := st.screen(); !strings.Contains(screen, "p: resume, then answer") || strings.Contains(screen, "1–9 answer") {
		t.Error(screen)
	}
	st.press("p1")
	if screen := st.screen(); !strings.Contains(screen, "Guard answers") {
		t.Error(screen)
	}
}

func TestTheEndOfTheSituationSaysHowToEndTheDrill(t *testing.T) {
	st := newStage(t, engine.EN, 120, 40)
	st.press("⏎")
	st.wait(5 * time.Second)
	st.press("12␛11")
	if screen := st.screen(); len(st.c.open) > 0 || strings.Contains(screen, "come to its end") {
		t.Error(screen)
	}
	st.press("g45All is over⏎")
	if screen := st.screen(); !strings.Contains(screen, "the situation has come to its end · Q end") {
		t.Error(screen)
	}
}
