package server

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"saban/engine"
)

// onPhone is what the templates of a phone work with.
type onPhone struct {
	*Phone
	Card   *Card    // in full view; nil: nothing is to be done
	Live   []*Card  // what can be turned to: all that is open, and the latest
	Key    string   // of the next act sent without script
	Wrong  *Problem // why the last one was not taken
	Draft  Answer   // and what it said
	Script bool     // drawn for a script, which has its own keys
	Wash   *washForm
	Words  map[string]string // of the hot wash, sent and not taken
}

// latest is how many cards that want nothing more stay at hand.
const latest = 3

func (o *onPhone) fill() *onPhone {
	var settled []int
	for i := range o.Cards {
		if o.Cards[i].Stage != stageAsk {
			settled = append(settled, i)
		}
	}
	// Of what came at one instant the later in the scenario came later.
	slices.SortFunc(settled, func(a, b int) int { return cmp.Or(cmp.Compare(o.Cards[b].At, o.Cards[a].At), b-a) })
	settled = settled[:min(latest, len(settled))]
	for i := range o.Cards {
		if c := &o.Cards[i]; c.Stage == stageAsk || slices.Contains(settled, i) {
			o.Live = append(o.Live, c)
		}
	}
	return o
}

// turnTo brings the card somebody asked for into full view, else the newest
// that is open, else the newest.
func (o *onPhone) turnTo(key string) {
	if key == "none" {
		return
	}
	for _, which := range []func(*Card) bool{
		func(c *Card) bool { return c.Key == key },
		func(c *Card) bool { return c.Stage == stageAsk },
		func(*Card) bool { return true },
	} {
		if i := slices.IndexFunc(o.Live, which); i >= 0 {
			o.Card = o.Live[i]
			return
		}
	}
}

// Chosen reports whether a draft holds a choice.
func (o *onPhone) Chosen(id string) bool { return has(o.Draft.Choices, id) }

// Asking reports whether somebody may be writing on the page now.
func (o *onPhone) Asking() bool {
	return o.Phase == "over" || o.Phase != "stopped" && o.Card != nil && (o.Card.Stage != stageInfo || o.Wrong != nil)
}

// Turns reports whether there is another card than the one in full view.
func (o *onPhone) Turns() bool { return len(o.Live) > 1 || len(o.Live) == 1 && o.Card == nil }

// otherWords is the place for what is not among the choices.
type otherWords struct {
	Ask, Open bool
	Text      string
}

// OtherIn is that place on any card in some stage.
func (*onPhone) OtherIn(stage string) otherWords { return otherWords{Ask: stage == stageAsk} }

// Other is that place on the card in view, with what a draft says.
func (o *onPhone) Other() otherWords {
	ask := o.Card.Stage == stageAsk
	return otherWords{ask, o.Draft.Text != "" || ask && len(o.Card.Choices) == 0, o.Draft.Text}
}

// Chips are short words to put into a text with one touch.
func (otherWords) Chips(lang engine.Lang) []string {
	if lang == engine.EN {
		return []string{"reported", "in hand", "need help"}
	}
	return []string{"đã báo", "đang làm", "cần hỗ trợ"}
}

// Plus is how long the drill has gone on.
func (o *onPhone) Plus() string { return "T+" + o.Clock.Now.Clock() }

// RoleTitle is what a role of this phone is called.
func (p *Phone) RoleTitle(id string) string {
	for _, role := range p.Roles {
		if role.ID == id {
			return role.Title
		}
	}
	return ""
}

// timer is how the time of a card stands: in, late or over.
type timer struct {
	Mode                            string
	Big, Past, Spent, Target, Limit string
	TargetPart, SpentPart, LabelAt  int64 // percent of the way to the limit
}

// arrival is what came with a card, as it reads on a phone. For is the role it
// is for, on a phone of several.
type arrival struct {
	For           string
	Told          bool
	Channel, From string
	Wall          int64
	Title, Text   string
}

// Arrived is what came with the card in full view.
func (o *onPhone) Arrived() arrival {
	c := o.Card
	a := arrival{"", c.Told, c.Channel, c.From, c.Wall, c.Title, c.Text}
	if len(o.Roles) > 1 {
		a.For = o.RoleTitle(c.Role)
	}
	return a
}

// Headed reports whether it has a title that its text does not begin with:
// what the facilitator writes on the spot is called after its first words.
func (a arrival) Headed() bool { return a.Title != "" && !strings.HasPrefix(a.Text, a.Title) }

// NoTimer is one a script fills in.
func (o *onPhone) NoTimer() timer { return timer{} }

// TimerOf works it out for the moment the page is drawn; a script carries it
// on.
func (o *onPhone) TimerOf(c *Card) timer {
	now, t := o.Clock.Now, c.Timed
	whole := max(t.Limit-t.From, 1)
	spent := max(now-t.From, 0)
	out := timer{Mode: "in", Big: minutesLeft(t.Target - now), Spent: minutesGone(spent), Target: minutesGone(t.Target - t.From), Limit: minutesGone(whole),
		TargetPart: int64((t.Target - t.From) * 100 / whole), SpentPart: int64(min(spent, whole) * 100 / whole)}
	switch {
	case now > t.Limit:
		out.Mode, out.Past = "over", minutesGone(now-t.Limit)
		out.Big = "+" + out.Past
	case now > t.Target:
		out.Mode, out.Past, out.Big = "late", minutesGone(now-t.Target), minutesLeft(t.Limit-now)
	}
	out.LabelAt = min(max(out.TargetPart, 26), 52)
	return out
}

// minutesGone writes a time that has passed as 1:12, minutesLeft one that is
// left: a second that has begun is still there.
func minutesGone(t engine.Millis) string {
	s := max(int64(t/engine.Second), 0)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func minutesLeft(t engine.Millis) string { return minutesGone(t + engine.Second - 1) }

// After is how long after its receipt a card was answered.
func (o *onPhone) After(c *Card) string { return minutesGone(c.Answer.Counts - c.Timed.From) }

// muchEarlier is from when on it is worth saying that a tap and its receipt
// are two moments, in milliseconds of the wall clock.
const muchEarlier = 3000

// TapWall is when an answer was tapped that came in later and counts from
// then; "" for any other.
func (a *Answered) TapWall() string {
	if a.Tapped != 0 || a.TappedWall == 0 || a.Wall-a.TappedWall < muchEarlier {
		return ""
	}
	return wallClock(a.TappedWall)
}

// TapClaimed is when the phone says an answer was tapped, where that does not
// count by itself.
func (a *Answered) TapClaimed() string {
	if a.Tapped == 0 {
		return ""
	}
	return wallClock(a.TappedWall)
}

// wallClock writes the time of day on the server's clock.
func wallClock(at int64) string { return time.UnixMilli(at).Format(time.TimeOnly) }

// reading is one line of a control system's message: what it is about, and
// what it says of it. Alarms stand in capitals.
type reading struct {
	Tag, Value string
	Alarm      bool
}

// readings splits such a message into its lines.
func readings(text string) []reading {
	var out []reading
	for _, line := range strings.Split(strings.ReplaceAll(text, ". ", ".\n"), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		tag, value, ok := strings.Cut(line, ": ")
		if value = strings.TrimSuffix(value, "."); !ok || utf8.RuneCountInString(value) > longestReading {
			out = append(out, reading{Tag: line})
			continue
		}
		out = append(out, reading{tag, value, value == strings.ToUpper(value) && value != strings.ToLower(value) && !strings.ContainsAny(value, "0123456789")})
	}
	return out
}

// longestReading is what still fits beside its tag on a small phone.
const longestReading = 22
