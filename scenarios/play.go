package scenarios

import (
	"saban/engine"
)

// Play is a script of acts over a scenario. One with an Expect is a
// rehearsal.
type Play struct {
	Name     engine.Text
	Scenario string
	Pace     *Pace    // nil: only steps act
	Omit     []string // responses taken out of the pace
	Steps    []Step   // in file order
	End      engine.Millis
	Expect   *Expect

	// Seats and Covers, where the play leaves roles empty or a caller seats a
	// site's people; nil fills every player role.
	Seats  []engine.Seat
	Covers []engine.Cover

	Source Source
	r      *reader
	empty  []string
}

// Pace says when the responses nobody scripts are made: so many times the
// target, or the limit, after receipt.
type Pace struct {
	OfLimit bool
	Factor  engine.Ratio
}

// Step is one act of a play. Command lacks what the conduct adds: time, actor
// and, for a retraction, the event.
type Step struct {
	Number   int // in the file, from 1
	Line     int
	At       engine.Millis
	Command  engine.Command
	Pause    engine.Millis // how long a pause lasts
	Retracts int           // number of the step whose act is retracted
	Order    int           // of a draft: among steps of one moment
	Wall     engine.Millis // of a draft: since StartEx on the clock on the wall, pauses included

	verbs, extras []string // keys, as written
	moment        moment   // of a draft
	given         string   // of a draft: moment as written
	boxes         []string // of a draft: those an evaluator ticked
}

var playFormat = format{"play", aGroup("play", playKeys, rules{}).shape, dialect{Lone: true, Millis: true}}

var playKeys = []key[Play]{
	version[Play]("play"),
	keyOf("scenario", must, aSlug, func(p *Play) *string { return &p.Scenario }),
	keyOf("name", may, aText, func(p *Play) *engine.Text { return &p.Name }),
	keyOf("pace", may, aPace, func(p *Play) **Pace { return &p.Pace }),
	keyOf("omit", may, someIDs, func(p *Play) *[]string { return &p.Omit }),
	keyOf("empty", may, someIDs, func(p *Play) *[]string { return &p.empty }),
	keyOf("covers", may, someCovers, func(p *Play) *[]engine.Cover { return &p.Covers }),
	keyOf("steps", may, someSteps, func(p *Play) *[]Step { return &p.Steps }),
	keyOf("end", may, aDuration, func(p *Play) *engine.Millis { return &p.End }),
	keyOf("expect", may, given(aGroup("expect", expectKeys, rules{})), func(p *Play) **Expect { return &p.Expect }),
}

var aPace = given(form[Pace]{aGroup("pace", paceKeys, rules{One: []string{"target", "limit"}}).shape, value.pace})

var paceKeys = []key[Pace]{
	{"target", may, numbers(0, mostPace), func(v value, p *Pace) { v.factor(p, false) }},
	{"limit", may, numbers(0, mostPace), func(v value, p *Pace) { v.factor(p, true) }},
}

const mostPace = 100 * engine.Whole

func (v value) pace(into *Pace) {
	read(v, paceKeys, into)
	if !v.r.bad[v.path] && v.mapping(known(paceKeys)) && v.r.has(v.under("target")) == v.r.has(v.under("limit")) {
		v.fault(BadStep, engine.Both("nhịp cần đúng một trong target và limit", "a pace takes exactly one of target and limit"),
			engine.Both("viết {target: 0.8} hoặc {limit: 1.25}", "write {target: 0.8} or {limit: 1.25}"))
	}
}

func (v value) factor(into *Pace, ofLimit bool) {
	into.OfLimit = ofLimit
	v.number(&into.Factor, mostPace, engine.Both("viết 0.8 hoặc 1.25", "write 0.8 or 1.25"))
}

// ReadPlay reads a play and holds it against the scenario it is for.
func ReadPlay(src Source, s *engine.Scenario) (*Play, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	play := &Play{Source: src, r: newReader(p, playFormat.dialect)}
	r := play.r
	r.found = found
	if !r.kindOfFile(root, "play") {
		return play, r.findings()
	}
	read(r.value(root, ""), playKeys, play)
	if !r.has("end") {
		play.End = s.Duration
	}
	if play.Scenario != "" && s.ID != "" && play.Scenario != s.ID {
		r.fault("scenario", WrongScenario, engine.Both("tệp này dành cho kịch bản %s, không phải %s", "this is made for the scenario %s, not %s", play.Scenario, s.ID), engine.Text{})
		return play, r.findings()
	}
	if !r.huge {
		play.check(s)
	}
	return play, r.findings()
}

// named are the names a script may use: the scenario's, and those of the
// injects it writes.
func (p *Play) named(s *engine.Scenario) *names {
	all := namesOf(s)
	p.checkWritten(s)
	for i := range p.Steps {
		if in := p.Steps[i].Command.Inject; in != nil {
			all.inject(in)
		}
	}
	return all
}

// check reports what the play names and the scenario has not.
func (p *Play) check(s *engine.Scenario) {
	names := p.named(s)
	for i, id := range p.Omit {
		p.r.known(index("omit", i), id, names.omittable())
	}
	if p.r.has("end") && (p.End <= 0 || p.End > engine.MaxDuration) {
		p.r.fault("end", BadDuration, engine.Both("buổi diễn tập phải dài hơn 0s", "a drill has to be longer than 0s"), engine.Text{})
	}
	p.seat(s, names.players)
	for i := range p.Steps {
		p.checkStep(i, names)
	}
	if p.Expect != nil {
		p.checkExpect(s, names)
	}
}

// seat works out who is there when the play leaves roles empty.
func (p *Play) seat(s *engine.Scenario, players ids) {
	absent := map[string]bool{}
	for i, id := range p.empty {
		absent[id] = p.r.known(index("empty", i), id, players)
	}
	for i, c := range p.Covers {
		path := index("covers", i)
		if !p.r.known(path, c.Role, players) || c.By == "" || !p.r.known(path, c.By, players) {
			continue
		}
		absent[c.Role] = true
		if c.By == c.Role || absent[c.By] {
			p.r.fault(path, BadCover, engine.Both("vai %s không kiêm được: chính nó cũng trống", "%s cannot cover: it is empty itself", c.By), engine.Text{})
		}
	}
	if len(absent) == 0 {
		return
	}
	for _, seat := range engine.FullSeats(s) {
		if absent[seat.Role] {
			seat.Persons = nil
		}
		p.Seats = append(p.Seats, seat)
	}
}

// neverWritten are the keys of an inject that one written during the drill
// does without.
var neverWritten = []string{"at", "when", "until", "only_in", "otherwise", "expected_in"}

// checkWritten has the engine check injects written in the play as if they
// stood at the end of the scenario.
func (p *Play) checkWritten(s *engine.Scenario) {
	extended := *s
	extended.Injects = append([]engine.Inject(nil), s.Injects...)
	var paths []string
	for i := range p.Steps {
		in := p.Steps[i].Command.Inject
		if in == nil {
			continue
		}
		path := index("steps", i) + "/inject"
		p.r.completeInject(s, in, path, 0)
		p.checkResponses(in, path)
		for _, name := range neverWritten {
			if p.r.has(path + "/" + name) {
				p.r.fault(path+"/"+name, BadStep, engine.Both("tình huống viết giữa buổi được phát ngay: không có %s", "an inject written during the drill is released at once: it has no %s", name), engine.Text{})
			}
		}
		extended.Injects = append(extended.Injects, *in)
		paths = append(paths, path)
	}
	if len(paths) > 0 {
		p.compileWritten(&extended, len(s.Injects), paths)
	}
}

func (p *Play) checkResponses(in *engine.Inject, path string) {
	for j := range in.Expects {
		if r := &in.Expects[j]; r.Limit <= r.Target {
			at := index(path+"/expects", j)
			p.r.limitNotLater(at, r)
		}
	}
}
