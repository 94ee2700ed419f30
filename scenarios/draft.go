package scenarios

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"saban/engine"
)

// Draft is a drill that was held on paper, as it is typed in afterwards: the
// steps of a play in any order, each at an exercise time or by the clock on
// the wall. In its order of occurrence it becomes a log once.
type Draft struct {
	Play           // its steps as they stand in the file, At and Wall filled in
	By      string // person id of who typed it in
	Began   int64  // StartEx: wall clock, milliseconds since 1970 UTC
	Seed    uint64 // of the order of choices on the slips
	Holders []engine.Seat
	Factors []engine.Seat

	day           string
	start, finish moment
	ended         engine.Millis // EndEx on the clock on the wall, since StartEx
	seed          int
	stops         []stop // in order
	played        *engine.Scenario
}

// Zone is the one times of day in a draft are of: Viet Nam has no other.
var Zone = time.FixedZone("+07:00", 7*60*60)

var draftFormat = format{"paper", aGroup("paper", draftKeys, rules{}).shape, dialect{Lone: true, Millis: true}}

var draftKeys = []key[Draft]{
	version[Draft]("paper"),
	keyOf("scenario", must, aSlug, func(d *Draft) *string { return &d.Scenario }),
	keyOf("by", may, aPerson, func(d *Draft) *string { return &d.By }),
	keyOf("day", must, aDay, func(d *Draft) *string { return &d.day }),
	keyOf("start", must, aClock, func(d *Draft) *moment { return &d.start }),
	keyOf("end", may, aMoment, func(d *Draft) *moment { return &d.finish }),
	keyOf("seed", may, aWhole(BadNumber, 1, 999_999_999), func(d *Draft) *int { return &d.seed }),
	keyOf("holders", may, someHolders, func(d *Draft) *[]engine.Seat { return &d.Holders }),
	keyOf("covers", may, someCovers, func(d *Draft) *[]engine.Cover { return &d.Covers }),
	keyOf("factors", may, someFactors, func(d *Draft) *[]engine.Seat { return &d.Factors }),
	keyOf("steps", may, someRows, func(d *Draft) *[]Step { return &d.Steps }),
}

// typist signs a draft that does not say who typed it in.
const typist = "facilitator"

// ReadDraft reads a drill typed in from paper and holds it against the
// scenario that was played.
func ReadDraft(src Source, s *engine.Scenario) (*Draft, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	d := &Draft{By: typist, seed: 1}
	d.Source, d.r = src, newReader(p, draftFormat.dialect)
	r := d.r
	r.found = found
	if !r.kindOfFile(root, "paper") {
		return d, r.findings()
	}
	read(r.value(root, ""), draftKeys, d)
	d.Seed = uint64(d.seed)
	if d.Scenario != "" && s.ID != "" && d.Scenario != s.ID {
		r.fault("scenario", WrongScenario, engine.Both("tệp này dành cho kịch bản %s, không phải %s", "this is made for the scenario %s, not %s", d.Scenario, s.ID), engine.Text{})
		return d, r.findings()
	}
	if !r.huge {
		d.check(s)
	}
	return d, r.findings()
}

func (d *Draft) check(s *engine.Scenario) {
	names := d.named(s)
	d.played = d.Played(s)
	who := &Site{Holders: d.Holders, Covers: d.Covers, r: d.r}
	who.checkSeats(names.players)
	for i, x := range d.Factors {
		d.r.known(index("factors", i), x.Role, names.players)
	}
	acts := make([]bool, len(d.Steps))
	for i := range d.Steps {
		acts[i] = d.checkRow(i, s, names)
	}
	d.setClock(s)
	for i := range d.Steps {
		if acts[i] {
			d.checkMoment(i)
		}
	}
}

// Played is the scenario with the injects that the draft says were written on
// the spot.
func (d *Draft) Played(s *engine.Scenario) *engine.Scenario {
	out := *s
	out.Injects = slices.Clone(s.Injects)
	for i := range d.Steps {
		if in := d.Steps[i].Command.Inject; in != nil {
			out.Injects = append(out.Injects, *in)
		}
	}
	return &out
}

// DraftScenario is the id of the scenario that a draft says was played, ""
// where it says none or cannot be read.
func DraftScenario(text []byte) string {
	sheet, err := sheet(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if err != nil {
		return ""
	}
	return strings.Join(sheet.Head("scenario"), "")
}

// Row is the number of the step a finding is about, from 1; 0 where it is
// about something else.
func (d *Draft) Row(f Finding) int {
	if i, ok := f.entry("steps"); ok {
		return i + 1
	}
	return 0
}

// InOrder lists the steps in their order of occurrence. At one moment order
// decides where it is given; else what was given out comes first, then what
// was done, in the order of the file, and a pause last.
func (d *Draft) InOrder() []*Step {
	out := make([]*Step, len(d.Steps))
	for i := range d.Steps {
		out[i] = &d.Steps[i]
	}
	slices.SortStableFunc(out, func(a, b *Step) int {
		for _, by := range []int64{int64(a.At - b.At), int64(a.Order - b.Order), int64(a.Wall - b.Wall), int64(a.turn() - b.turn())} {
			if by != 0 {
				return int(max(-1, min(by, 1)))
			}
		}
		return a.Number - b.Number
	})
	return out
}

// turn is whose turn it is among steps of one moment.
func (s *Step) turn() int {
	switch s.Command.Do {
	case engine.Release, engine.Unhold, engine.AdHoc:
		return 0
	case engine.Pause:
		return 2
	case engine.Mark, engine.Rate:
		return 3
	}
	return 1
}

// Seating is who was there: as the draft says, else as the site does, else
// everybody.
func (d *Draft) Seating(f *File) (seats []engine.Seat, covers []engine.Cover) {
	seats = engine.FullSeats(f.Scenario)
	if f.Site != nil {
		seats, covers, _ = f.Site.Seats(f.Scenario)
	}
	if len(d.Holders)+len(d.Covers) > 0 {
		own := Site{Holders: d.Holders, Covers: d.Covers}
		factors := seats
		seats, covers, _ = own.Seats(f.Scenario)
		for i := range seats { // of the same roles, in the same order
			seats[i].Factor = factors[i].Factor
		}
	}
	for _, x := range d.Factors {
		if i := slices.IndexFunc(seats, func(seat engine.Seat) bool { return seat.Role == x.Role }); i >= 0 {
			seats[i].Factor = x.Factor
		}
	}
	return seats, covers
}

// Refused is the finding that the engine does not take a step.
func (d *Draft) Refused(s *Step, text, hint engine.Text) Finding {
	path := index("steps", s.Number-1)
	for _, below := range []string{"/" + s.verbs[0], "/inject"} {
		if d.r.has(path + below) {
			path += below
		}
	}
	f := d.r.place(path).finding(Error, StepRefused)
	f.Text, f.Hint, f.path = text, hint, path
	return f
}
