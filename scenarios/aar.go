package scenarios

import (
	"encoding/hex"
	"strings"

	"saban/engine"
)

// AAR is what people say about a drill after it: the findings in their
// words, root causes, the improvement plan, lessons and proposals, and at last
// who approved it.
type AAR struct {
	Drill     string // id of the drill
	Head      string // head hash of its log
	Findings  []Remark
	Roots     []Remark // what a response failed by
	Plan      []Improvement
	Lessons   []engine.Text
	Proposals []engine.Text
	Approved  *Approval
}

// Remark is a sentence about something of the report: a finding, by its code
// and ids, or a response.
type Remark struct {
	Of   string
	Text engine.Text
	Drop bool // leave the finding out
}

// Improvement is a row of the improvement plan.
type Improvement struct {
	Of         []string // responses, acts or roles it is about
	Issue      engine.Text
	Measure    engine.Text
	Capability engine.Capability
	Element    string
	Owner      string
	Start      string // 2026-01-05
	Due        string
	Priority   int
	Done       string // the day it was done; empty = not yet
	Events     []int64
}

// Approval says who approved a review, and the hash of what was approved.
type Approval struct {
	By     string
	Office string
	On     string
	SHA256 string
}

var aarFormat = format{"aar", aGroup("aar", aarKeys, rules{}).shape, dialect{LeastWeight: 1, Lone: true}}

var aarKeys = []key[AAR]{
	version[AAR]("aar"),
	keyOf("lang", may, aLang, func(*AAR) *engine.Lang { return new(engine.Lang) }), // language has read it
	keyOf("drill", must, aPlain, func(x *AAR) *string { return &x.Drill }),
	keyOf("head", must, aHash, func(x *AAR) *string { return &x.Head }),
	keyOf("findings", may, aList(aGroup("aar-finding", aarFindingKeys, rules{})), func(x *AAR) *[]Remark { return &x.Findings }),
	keyOf("roots", may, aList(aGroup("aar-root", aarRootKeys, rules{})), func(x *AAR) *[]Remark { return &x.Roots }),
	keyOf("plan", may, aList(aGroup("aar-plan", aarPlanKeys, rules{})), func(x *AAR) *[]Improvement { return &x.Plan }),
	keyOf("lessons", may, aList(aText), func(x *AAR) *[]engine.Text { return &x.Lessons }),
	keyOf("proposals", may, aList(aText), func(x *AAR) *[]engine.Text { return &x.Proposals }),
	keyOf("approved", may, given(aGroup("aar-approved", aarApprovedKeys, rules{})), func(x *AAR) **Approval { return &x.Approved }),
}

var (
	aarFindingKeys = []key[Remark]{
		keyOf("of", must, aPlain, func(x *Remark) *string { return &x.Of }),
		keyOf("text", may, aText, func(x *Remark) *engine.Text { return &x.Text }),
		keyOf("drop", may, aTruth, func(x *Remark) *bool { return &x.Drop }),
	}
	aarRootKeys = []key[Remark]{
		keyOf("of", must, aPlain, func(x *Remark) *string { return &x.Of }),
		keyOf("text", must, aText, func(x *Remark) *engine.Text { return &x.Text }),
	}
	aarPlanKeys = []key[Improvement]{
		keyOf("of", may, somePlain, func(x *Improvement) *[]string { return &x.Of }),
		keyOf("issue", must, aText, func(x *Improvement) *engine.Text { return &x.Issue }),
		keyOf("measure", may, aText, func(x *Improvement) *engine.Text { return &x.Measure }),
		keyOf("capability", may, aChoice[engine.Capability]("capability", BadChoice, codes(engine.Capabilities)...), func(x *Improvement) *engine.Capability { return &x.Capability }),
		keyOf("element", may, aChoice[string]("element", BadChoice, "planning", "organization", "equipment", "training", "exercise"), func(x *Improvement) *string { return &x.Element }),
		keyOf("owner", may, aPlain, func(x *Improvement) *string { return &x.Owner }),
		keyOf("start", may, aDay, func(x *Improvement) *string { return &x.Start }),
		keyOf("due", may, aDay, func(x *Improvement) *string { return &x.Due }),
		keyOf("priority", may, aWhole(BadNumber, 1, 3), func(x *Improvement) *int { return &x.Priority }),
		keyOf("done", may, aDay, func(x *Improvement) *string { return &x.Done }),
		keyOf("events", may, someEvents, func(x *Improvement) *[]int64 { return &x.Events }),
	}
	aarApprovedKeys = []key[Approval]{
		keyOf("by", must, aPlain, func(x *Approval) *string { return &x.By }),
		keyOf("office", may, aPlain, func(x *Approval) *string { return &x.Office }),
		keyOf("on", must, aDay, func(x *Approval) *string { return &x.On }),
		keyOf("sha256", must, aHash, func(x *Approval) *string { return &x.SHA256 }),
	}
)

// someEvents are numbers of events in the log of the drill.
var someEvents = form[[]int64]{aList(anEvent).shape, func(v value, into *[]int64) {
	var numbers []int
	aList(anEvent).read(v, &numbers)
	for _, n := range numbers {
		*into = append(*into, int64(n))
	}
}}

var anEvent = aWhole(BadNumber, 1, 1_000_000)

// aHash is a SHA-256 in 64 digits.
var aHash = plainly(shapeHash, func(v value, into *string) {
	text, ok := v.word()
	if !ok {
		return
	}
	if raw, err := hex.DecodeString(text); err != nil || len(raw) != 32 || strings.ToLower(text) != text {
		v.wrong(engine.Both("một mã băm: 64 chữ số 0–9 a–f", "a hash: 64 digits 0–9 a–f"), engine.Both("chép nguyên từ cuối buổi diễn tập hoặc từ báo cáo", "copy it from the end of the drill or from the report"))
		return
	}
	*into = text
})

// ReadAAR reads a review file.
func ReadAAR(src Source) (*AAR, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	r := newReader(p, aarFormat.dialect)
	r.found, r.lang = found, language(root)
	x := &AAR{}
	if r.kindOfFile(root, "aar") {
		read(r.value(root, ""), aarKeys, x)
	}
	return x, r.findings()
}
