package server_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/server"
	"saban/store"
)

// conduct is a facilitator's console and three phones that share out the
// roles of bomb-threat among them.
type conduct struct {
	*stage
	d                    created
	lead                 *tab
	desk, command, field *tab            // who writes and speaks, who decides, who is outside
	good                 map[string]bool // what a good team chooses, by what stands on the choice
}

func TestADrillIsPlayedToItsEndInBrowsers(t *testing.T) {
	st := newStage(t)
	c := &conduct{stage: st, good: goodChoices(t, "bomb-threat")}
	c.begins(newBrowser(t, st))
	c.threatens()
	c.isBentByTheFacilitator()
	c.findsTheItem()
	c.losesANetwork()
	c.comesToItsEnd()
	c.isInTheLog(t)
	c.isScored(t)
}

// goodChoices are the texts of a scenario's responses, the first way of each.
func goodChoices(t *testing.T, id string) map[string]bool {
	t.Helper()
	src, err := scenarios.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := scenarios.ReadScenario(src)
	good := map[string]bool{}
	for i := range file.Scenario.Injects {
		for _, r := range file.Scenario.Injects[i].Expects {
			do := r.Do
			if len(r.Ways) > 0 {
				do = r.Ways[0].Do
			}
			good[do.VI], good[do.EN] = true, true
		}
	}
	return good
}

// begins: the drill is made on the facilitator's pages, the phones come in by
// its code, and it starts.
func (c *conduct) begins(b *browser) {
	c.lead = b.lead(c.t, 1440, 900)
	c.lead.goTo("/drills/new?scenario=bomb-threat&lang=vi")
	c.lead.tap("form.fm button.lg")
	c.lead.see(".joinbox .code")
	path := strings.Split(ask[string](c.lead, `location.pathname`), "/")
	c.d = created{ID: path[2], Code: c.lead.text(".joinbox .code")}
	c.desk = b.phone(c.t)
	c.desk.goTo("/j?lang=vi")
	c.desk.fill("#code", c.d.Code)
	c.desk.tap("button.go")
	c.desk.fill("input[name=name]", "Thảo")
	for _, role := range []string{"switchboard", "clerk", "spokesperson"} {
		c.desk.tap("input[value=" + role + "]")
	}
	c.desk.look("drill-join-vi")
	c.desk.tap("button.go")
	c.desk.see(".idle")
	c.command = b.joins(c.t, c.d, "en", "Mai", "director", "medic")
	c.field = b.joins(c.t, c.d, "vi", "Hùng", "guard_chief", "guard", "fire_team")
	c.lead.wait(`document.body.innerText.includes("Hùng") && !document.body.innerText.includes("chưa thấy máy")`, "all phones online")
	c.lead.tap("button[value=start]")
	c.lead.see("[data-region=top] .acts button")
	c.lead.wait(`document.querySelector("[data-wall]").textContent.length > 4`, "the console running")
}

// threatens: the call comes in, is passed on and answered, by choice, by
// boxes and in words.
func (c *conduct) threatens() {
	c.answersAll(c.desk)
	c.answersAll(c.command)
	c.turns(c.field)
	c.field.look("drill-relayed-vi")
	c.answersAll(c.field)
	c.field.look("drill-boxes-vi")
	c.until(minutes(1, 0))
	c.turns(c.desk)
	c.writes(c.desk, "Giọng nam, nói chậm, có tiếng xe máy.")
	c.answers(c.desk)
	c.desk.look("drill-words-vi")
}

// isBentByTheFacilitator: an inject written on the spot, a pause and a forced
// transition.
func (c *conduct) isBentByTheFacilitator() {
	c.lead.key("KeyN", "n")
	c.lead.see("#adhoc[open]")
	c.lead.tap("#adhoc label.cp:has([value=guard])")
	c.lead.fill("#tx", "Xe tải lạ đỗ sát cổng phụ, biển số bị che.")
	c.lead.look("drill-adhoc-vi")
	c.lead.tap("#adhoc footer button")
	c.lead.gone("#adhoc[open]")
	c.turns(c.field)
	c.writes(c.field, "Ghi lại xe, báo đội trưởng, không cho ai tới gần.")
	c.field.look("drill-adhoc-phone-vi")
	c.sends(c.field)
	for n := 2; n > 0; n-- { // these words, and those of the switchboard
		c.lead.wait(fmt.Sprintf(marks+" === %d", n), "words to mark")
		c.lead.reads()
		c.lead.key("KeyQ", "q")
		c.lead.wait(fmt.Sprintf(marks+" < %d", n), "marking them")
	}

	c.until(minutes(3, 30))
	c.turns(c.command)
	c.lead.key("Space", " ")
	c.command.see(".bn.paused")
	c.command.tap("button[form=answer]")
	c.command.see("[data-msg]:not(:empty)")
	c.command.look("drill-paused-en")
	c.lead.see(".run.paused")
	c.lead.look("drill-console-paused-vi")
	c.lead.reads()
	c.lead.key("Space", " ")
	c.command.gone(".bn.paused")
	c.answersAll(c.command)
	c.answersAll(c.field)

	c.lead.key("KeyT", "t")
	c.lead.see("#force[open]")
	c.lead.tap("#force label.ro:has([value=found_item])")
	c.lead.fill("#fr", "đẩy nhanh cho kịp giờ")
	c.lead.look("drill-force-vi")
	c.lead.tap("#force footer button")
	c.lead.gone("#force[open]")
}

// findsTheItem: the backpack and what follows. The medic's question is left
// open.
func (c *conduct) findsTheItem() {
	c.until(minutes(12, 0))
	c.everybodyAnswers()
	c.until(minutes(13, 0))
	c.answersAll(c.field)
	c.until(minutes(15, 0))
	c.everybodyAnswers()
	c.until(minutes(16, 30))
	c.turns(c.command)
	c.until(minutes(18, 0))
	c.turns(c.desk)
	c.lead.look("drill-console-running-vi")
}

// losesANetwork: the phone outside is off the network for thirty seconds,
// from before its target to after it.
func (c *conduct) losesANetwork() {
	c.until(minutes(20, 0))
	c.turns(c.field)
	c.picks(c.field)
	c.until(ask[engine.Millis](c.field, `Number(document.querySelector(".cd").dataset.from)`) + minutes(1, 45))
	c.field.offline(true)
	c.field.tap("button[form=answer]")
	tapped := time.Now()
	c.field.see(".is-lost .rc.bad")
	c.field.look("drill-offline-vi")
	c.answersAll(c.desk)
	time.Sleep(30*time.Second - time.Since(tapped))
	c.field.offline(false)
	c.field.see(".got .done")
	c.field.look("drill-offline-received-vi")
}

// comesToItsEnd: the medic's answer comes after its limit, the police take
// over, everybody goes back, and the facilitator ends it.
func (c *conduct) comesToItsEnd() {
	c.until(minutes(27, 0))
	c.command.tap(`.tabs a[data-title="Some cannot come down"]`)
	c.command.see(".cd.over")
	c.command.look("drill-past-limit-en")
	for _, at := range []engine.Millis{minutes(27, 0), minutes(28, 0), minutes(33, 0), minutes(39, 0), minutes(45, 0)} {
		c.until(at)
		c.everybodyAnswers()
	}
	c.lead.read("Đã kiểm soát, cho phép trở lại")
	c.lead.look("drill-console-controlled-vi")
	c.lead.tap("[data-open=more]")
	c.lead.tap("#more [data-open=end]")
	c.lead.tap("#end footer button.p")
	for _, p := range []*tab{c.desk, c.command, c.field} {
		p.see(".end")
	}
	c.desk.look("drill-over-vi")
	c.command.look("drill-over-en")
	c.lead.goTo("/drills/" + c.d.ID + "/result")
	c.lead.look("drill-result-vi")
}

// marks counts what the console has to mark.
const marks = `document.querySelectorAll("[data-mark]").length`

// happened is an event of the log.
type happened struct {
	Seq  int64
	Type engine.EventType
	At   engine.Millis
	engine.Body
}

func (c *conduct) isInTheLog(t *testing.T) {
	log := call[[]happened](c.stage.lead, "GET", "/api/v1/drills/"+c.d.ID+"/log", nil)
	times := map[string]int{}
	for i := range log {
		e := &log[i]
		times[string(e.Type)]++
		switch e.Type {
		case engine.Responded:
			times[fmt.Sprintf("%s %s by %s", e.Type, e.ID, e.Role)] += min(len(e.Choices), 1)
			times[e.Text]++
		case engine.Relayed:
			times[fmt.Sprintf("%s %s to %s", e.Type, e.ID, e.Role)]++
		case engine.Forced:
			times[fmt.Sprintf("%s to %s: %s", e.Type, e.To, e.Reason)]++
		}
		if e.Seq != int64(i+1) {
			t.Fatalf("event %d has the number %d", i+1, e.Seq)
		}
	}
	for what, want := range map[string]int{
		"started": 1, "paused": 1, "resumed": 1, "ended": 1, "forced to found_item: đẩy nhanh cho kịp giờ": 1,
		"relayed I01 to guard_chief": 1, "relayed I01 to director": 1, "relayed I12 to fire_team": 1,
		"responded I01 by switchboard": 1, "responded I01 by guard_chief": 1, "responded I09 by guard_chief": 1, "responded I14 by medic": 1,
		"Giọng nam, nói chậm, có tiếng xe máy.": 1, "Ghi lại xe, báo đội trưởng, không cho ai tới gần.": 1,
	} {
		if times[what] != want {
			t.Errorf("%s: %d times, not %d", what, times[what], want)
		}
	}
	for i := range log {
		if e := &log[i]; e.Type == engine.Responded && e.ID == "I09" && e.At-e.Observed < 29*engine.Second {
			t.Errorf("tapped 30 s before it came, the answer counts from %v and came at %v", e.Observed, e.At)
		}
	}
}

func (c *conduct) isScored(t *testing.T) {
	card := call[scoring.Scorecard](c.stage.lead, "GET", "/api/v1/drills/"+c.d.ID+"/scorecard", nil)
	items := map[string]scoring.Item{}
	adHoc := 0
	for _, it := range card.Items {
		items[it.ID] = it
		if it.AdHoc && it.Done && it.Weight == 0 {
			adHoc++
		}
	}
	var path []string
	for _, s := range card.Path {
		path = append(path, s.State)
	}
	want := []string{"normal", "threat_received", "assessing", "found_item", "evacuation", "second_item", "evacuation", "handover", "controlled"}
	if !slices.Equal(path, want) || card.StateKind != engine.Contained || card.Provisional || card.Grade != scoring.Excellent && card.Grade != scoring.Good {
		t.Errorf("the path is %v, the end %s, the total %v, %s", path, card.StateKind, card.Total, card.Grade)
	}
	if late := items["R19"]; !late.Done || !late.Late || *late.Actual <= late.Limit {
		t.Errorf("the answer after the limit: %+v", late)
	}
	if kept := items["R13"]; !kept.Done || *kept.Actual > kept.Target || *kept.Timeliness != engine.Whole {
		t.Errorf("the answer tapped in time without network: %+v", kept)
	}
	if full := items["R03"]; !full.Done || *full.Content != engine.Whole || full.DoneBy != "guard_chief" {
		t.Errorf("the report with all its boxes: %+v", full)
	}
	if adHoc != 1 || len(card.Penalties) != 0 {
		t.Errorf("%d ad hoc responses done, penalties %+v", adHoc, card.Penalties)
	}
	head := call[server.Closed](c.stage.lead, "POST", "/api/v1/drills/"+c.d.ID+"/close", nil).Head
	_, file := c.stage.lead.do("GET", "/drills/"+c.d.ID+"/file", "", "")
	if v, err := store.Verify(bytes.NewReader([]byte(file)), head); err != nil || !v.OK() || !v.Closed {
		t.Errorf("the drill file: %+v, %v", v, err)
	}
	if after := call[scoring.Scorecard](c.stage.lead, "GET", "/api/v1/drills/"+c.d.ID+"/scorecard", nil); *after.Total != *card.Total || after.Grade != card.Grade {
		t.Errorf("scored %v before it was closed and %v after", card.Total, after.Total)
	}
}
