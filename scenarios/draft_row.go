package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

var someRows = form[[]Step]{&shape{Kind: shapeList, Of: aGroup("row", rowKeys, rowGrammar.rules()).shape}, func(v value, into *[]Step) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, Step{Number: i + 1, Line: entry.node.Line})
		read(entry, rowKeys, &(*into)[i])
		return true
	})
}}

var rowKeys = []key[Step]{
	{"at", may, aMoment.shape, func(v value, s *Step) { s.given = v.node.Value; aMoment.read(v, &s.moment) }},
	keyOf("order", may, aWhole(BadNumber, 1, maxEntries), func(s *Step) *int { return &s.Order }),
	verb("done", engine.Observe, anID, stepID),
	verb("prohibited", engine.Prohibit, anID, stepID),
	verb("respond", engine.Respond, aGroup("slip", slipKeys, rules{}), wholeStep),
	verb("relay", engine.Relay, aGroup("relay", relayKeys, rules{}), wholeStep),
	verb("release", engine.Release, anID, stepID),
	verb("hold", engine.Hold, anID, stepID),
	verb("unhold", engine.Unhold, anID, stepID),
	verb("skip", engine.Skip, anID, stepID),
	verb("inject", engine.AdHoc, given(aWritten), func(s *Step) **engine.Inject { return &s.Command.Inject }),
	verb("force", engine.Force, anID, func(s *Step) *string { return &s.Command.To }),
	verb("flag", engine.RaiseFlag, anID, stepID),
	verb("pause", engine.Pause, aDuration, func(s *Step) *engine.Millis { return &s.Pause }),
	verb("mark", engine.Mark, anID, stepID),
	verb("rate", engine.Rate, anID, stepID),
	verb("note", engine.Note, aPlain, stepText),
	extra("by", anID, stepRole),
	extra("content", aShare, func(s *Step) *engine.Ratio { return &s.Command.Content }),
	extra("boxes", someIDs, func(s *Step) *[]string { return &s.boxes }),
	extra("rating", aChoice[string]("rating", BadChoice, "P", "S", "M", "U"), func(s *Step) *string { return &s.Command.Rating }),
	extra("reason", aPlain, func(s *Step) *string { return &s.Command.Reason }),
}

// slipKeys are those of an answer slip: like an answer in a play, with the
// numbers of choices beside their ids.
var slipKeys = slices.Concat(respondKeys[:2], []key[Step]{
	keyOf("choices", may, somePicks, func(s *Step) *[]string { return &s.Command.Choices }),
}, respondKeys[3:])

const mostChoices = 99

var somePicks = form[[]string]{&shape{Kind: shapeList, Of: either(aWhole(BadNumber, 1, mostChoices).shape, anID.shape), Unique: true}, func(v value, into *[]string) {
	v.list(func(_ int, entry value) bool {
		if entry.node.Kind != yaml.ScalarNode || entry.node.Tag != "!!int" || entry.node.Style != 0 {
			var id string
			if entry.id(&id); id == "" {
				return false
			}
			return entry.once(id, into)
		}
		number := 0
		if entry.whole(BadNumber, &number, 1, mostChoices); number == 0 {
			return false
		}
		return entry.once(strconv.Itoa(number), into)
	})
}}

// numbered reports whether a choice is a number on a slip.
func numbered(choice string) bool { return choice != "" && strings.Trim(choice, "0123456789") == "" }

var rowGrammar = grammar{
	verbsAmong(rowKeys, "at", "order", "by", "content", "boxes", "rating", "reason"),
	[]string{"by", "content", "boxes", "rating", "reason"},
	map[string]beside{
		"done":       {may: []string{"by", "content", "boxes"}},
		"prohibited": {may: []string{"by"}},
		"hold":       {may: []string{"reason"}},
		"unhold":     {may: []string{"reason"}},
		"release":    {may: []string{"reason"}},
		"pause":      {may: []string{"reason"}},
		"skip":       {must: []string{"reason"}},
		"force":      {must: []string{"reason"}},
		"mark":       {must: []string{"content"}},
		"rate":       {must: []string{"rating"}, may: []string{"reason"}},
	},
}

// timeless are what may be noted down afterwards, without a time.
func (s *Step) timeless() bool {
	return s.Command.Do == engine.Mark || s.Command.Do == engine.Rate || s.Command.Do == engine.Note
}

// checkRow reports what is wrong with a step but its time, and whether it
// does one thing.
func (d *Draft) checkRow(i int, s *engine.Scenario, names *names) bool {
	step, path := &d.Steps[i], index("steps", i)
	if !d.checkAct(step, path, names, &rowGrammar) {
		return false
	}
	switch step.Command.Do {
	case engine.Observe:
		d.checkBoxes(step, path, s)
	case engine.Respond:
		d.checkSlip(step, path)
	case engine.Mark:
		d.r.known(path+"/mark", step.Command.ID, names.omittable())
	case engine.Rate:
		rated := ids{engine.Both("hành động hay năng lực", "response or capability"), slices.Concat(names.responses.all, codes(engine.Capabilities))}
		d.r.known(path+"/rate", step.Command.ID, rated)
	case engine.Pause:
		if step.Pause == 0 && !d.r.bad[path+"/pause"] {
			d.r.fault(path+"/pause", BadDuration, engine.Both("tạm dừng phải dài hơn 0s", "a pause has to be longer than 0s"), engine.Text{})
		}
	}
	return true
}

// checkBoxes turns the boxes an evaluator ticked into the share of them.
func (d *Draft) checkBoxes(step *Step, path string, s *engine.Scenario) {
	if !d.r.has(path + "/boxes") {
		return
	}
	if d.r.has(path + "/content") {
		d.r.fault(path+"/boxes", BadStep, engine.Both("content và boxes nói cùng một điều", "content and boxes say the same thing"), engine.Both("giữ một trong hai", "keep one of the two"))
		return
	}
	response := d.response(step.Command.ID)
	if response == nil {
		return // said already
	}
	set := s.BoxSet(response.Boxes)
	if set == nil {
		d.r.fault(path+"/boxes", BadStep, engine.Both("%s không có ô nội dung nào", "%s has no boxes", response.ID), engine.Both("viết content: 1/2 nếu chỉ đủ một nửa", "write content: 1/2 where half of it was there"))
		return
	}
	all := ids{noun: engine.Both("ô nội dung", "box")}
	for _, box := range set.Boxes {
		all.add(box.ID)
	}
	for i, id := range step.boxes {
		d.r.known(index(path+"/boxes", i), id, all)
	}
	step.Command.Content = engine.Over(int64(len(step.boxes)), int64(max(len(all.all), 1)))
}

// response finds what an id of an act or a way belongs to, ad hoc ones too.
func (d *Draft) response(id string) *engine.Response {
	if _, r := d.played.FindResponse(id); r != nil {
		return r
	}
	r, _ := d.played.FindWay(id)
	return r
}

// checkSlip holds the numbers on an answer slip against what was printed.
func (d *Draft) checkSlip(step *Step, path string) {
	in := d.played.FindInject(step.Command.ID)
	if in == nil || step.Command.Role == "" {
		return // said already
	}
	asks := in.AskList()
	i := slices.IndexFunc(asks, func(a engine.Ask) bool { return a.Role == step.Command.Role })
	if i < 0 {
		return // the engine says so
	}
	for j, choice := range step.Command.Choices {
		if n, err := strconv.Atoi(choice); err == nil && n > len(asks[i].Choices) {
			d.r.fault(index(path+"/respond/choices", j), BadNumber, engine.Both("phiếu của %s ở %s chỉ có %d lựa chọn", "the slip of %s for %s has %d choices only", step.Command.Role, in.ID, len(asks[i].Choices)), engine.Text{})
		}
	}
}
