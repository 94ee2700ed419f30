package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/server"
)

// TestWhatAPhoneKeepsIsWhatItWouldBeShownAnew plays a drill with answers,
// relays, a pause and a message to all, and draws every phone twice after each
// act.
func TestWhatAPhoneKeepsIsWhatItWouldBeShownAnew(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	phones := map[string]*client{}
	holds := [][]string{{"guard"}, {"director"}, {"switchboard"}, {"guard_chief"}, {"guard", "guard_chief"}}
	for _, role := range []string{"guard", "director", "switchboard", "guard_chief"} {
		phones[role] = st.phone(d, role)
	}
	st.does(d, "start", nil)
	drawn, answered := 0, 0
	look := func(after string) {
		t.Helper()
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			for _, roles := range holds {
				kept, anew, err := st.server.PhonePictures(d.ID, lang, roles...)
				if diff := cmp.Diff(anew, kept); diff != "" || err != nil {
					t.Fatalf("%v %s after %s (-anew +kept): %v\n%s", roles, lang, after, err, diff)
				}
				drawn += len(kept)
			}
		}
	}
	look("the start")
	for minute := range 30 {
		st.pass(d.ID, time.Minute)
		look("a minute")
		for role, phone := range phones {
			for _, c := range call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards {
				if c.Unseen {
					call[any](phone, "POST", "/api/v1/phone/seen", map[string]any{"inject": c.Inject, "role": role})
					look("it was seen")
				}
				if len(c.Relays) > 0 {
					phone.send("/api/v1/phone/relays", map[string]any{"key": fmt.Sprintf("relay-%s-%d", role, minute), "inject": c.Inject, "role": role, "to": c.Relays[0].ID})
					look("a relay")
				}
				if c.Stage == "ask" && c.Open && minute%3 != 0 && len(c.Choices) >= c.Pick {
					var choices []string
					for _, choice := range c.Choices[:c.Pick] {
						choices = append(choices, choice.ID)
					}
					if phone.send("/api/v1/phone/answers", map[string]any{"key": fmt.Sprintf("answer-%s-%s", c.Inject, role), "inject": c.Inject, "role": role, "choices": choices, "text": "đã báo"}) < 300 {
						answered++
					}
					look("an answer")
				}
			}
		}
		switch minute {
		case 7:
			st.does(d, "pause", nil)
			look("a pause")
			st.does(d, "resume", nil)
			look("it went on")
		case 12:
			st.does(d, "adhoc", map[string]any{"inject": map[string]any{"id": "X1", "title": map[string]any{"vi": "Thêm"}, "at_ms": 0, "channel": "radio", "text": map[string]any{"vi": "Có khói ở tầng hai."}, "note": map[string]any{}}})
			look("a message to all")
		}
	}
	st.does(d, "end", nil)
	look("the end")
	if drawn < 2000 || answered < 5 {
		t.Errorf("only %d regions were drawn, %d answers taken", drawn, answered)
	}
}

// TestWhatSeveralRolesHearIsDrawnOnce has something said to all: phones of one
// role are drawn the same, whichever it is, and are told which one it is.
func TestWhatSeveralRolesHearIsDrawnOnce(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.does(d, "start", nil)
	st.does(d, "adhoc", map[string]any{"inject": map[string]any{"id": "X1", "title": map[string]any{"vi": "Thêm"}, "at_ms": 0, "channel": "radio", "text": map[string]any{"vi": "Có khói ở tầng hai."}, "note": map[string]any{}}})
	pictures := func(roles ...string) (map[string]string, string) {
		t.Helper()
		_, drawn, err := st.server.PhonePictures(d.ID, engine.VI, roles...)
		if err != nil {
			t.Fatal(err)
		}
		named, card := map[string]string{}, ""
		for _, one := range drawn {
			name, text, _ := strings.Cut(one, " ")
			named[name] = text
			if strings.HasPrefix(name, "card.") && strings.HasSuffix(name, "."+roles[0]) && strings.Contains(text, `data-stage=\"info\"`) {
				card = text
			}
		}
		return named, card
	}
	guard, told := pictures("guard")
	chief, toldToo := pictures("guard_chief")
	both, ofBoth := pictures("guard", "guard_chief")
	if told == "" || told != toldToo || guard["tabs"] != chief["tabs"] {
		t.Errorf("two roles that heard the same are drawn\n%s\n%s", told, toldToo)
	}
	if guard["role"] != `"guard"` || chief["role"] != `"guard_chief"` || both["role"] != "" {
		t.Errorf("they are told to be %q and %q, who is both %q", guard["role"], chief["role"], both["role"])
	}
	if !strings.Contains(ofBoth, `data-role=\"guard\"`) || strings.Contains(told, "guard") {
		t.Errorf("a phone of both is drawn\n%s\nand of one\n%s", ofBoth, told)
	}
}
