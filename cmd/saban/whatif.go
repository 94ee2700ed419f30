package main

import (
	"cmp"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scoring"
	"saban/whatif"
)

// supposed is what whatif prints as JSON.
type supposed struct {
	Drill  string `json:"drill"`
	Head   string `json:"head"`
	Engine string `json:"engine"` // that played the drill
	whatif.Answer
}

func (a *app) whatifCmd() *cobra.Command {
	var set, without []string
	cmd := &cobra.Command{
		Use:   "whatif " + a.say("TỆP_DIỄN_TẬP --set MÃ=… | --without MÃ", "DRILL_FILE --set ID=… | --without ID"),
		Short: a.say("nếu một việc khác đi thì diễn biến và điểm ra sao, và biết được đến đâu", "what path and score would have been had one thing been different, and how far that is known"),
		Long: a.say("Cho chạy lại buổi diễn tập với thay đổi ấy, mọi người khác vẫn làm như đã làm. Kết quả nói rõ từ lúc nào không còn biết chắc: khi mọi người được báo điều khác đi thì họ cũng sẽ làm khác.",
			"The drill is played again with that change, everybody else doing as they did. The answer says from when on it is not known: where people would have been told something else, they would have done something else."),
		Example: "  saban whatif bomb-threat.drill.jsonl --set R07=60s\n  saban whatif bomb-threat.drill.jsonl --set R12=done --without P02\n  saban whatif bomb-threat.drill.jsonl --set R08=not-done --json",
		Args:    a.wants(1, 1, engine.Both("một tệp *.drill.jsonl", "one *.drill.jsonl file")),
		RunE:    func(_ *cobra.Command, args []string) error { return a.whatif(args[0], set, without) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&set, "set", nil, a.say("`thay đổi`: R07=60s (xong sau 60 giây), R07=done (đúng thời gian chuẩn) hoặc R07=not-done; dùng được nhiều lần",
		"`change`: R07=60s (done after 60 seconds), R07=done (at its target) or R07=not-done; may be given again"))
	f.StringArrayVar(&without, "without", nil, a.say("bỏ `mã` này: hành động cấm hoặc việc đã làm; dùng được nhiều lần", "leave this `id` out: a prohibited action or a response; may be given again"))
	for _, flag := range []string{"set", "without"} {
		_ = cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			return a.completeChange(args, word, flag)
		})
	}
	return cmd
}

// completeChange offers what the drill file that was named can have changed,
// and after R07= what can be set.
func (a *app) completeChange(args []string, word, flag string) ([]string, cobra.ShellCompDirective) {
	if id, _, ok := strings.Cut(word, "="); ok && flag == "set" {
		return []string{id + "=done", id + "=not-done", id + "=60s"}, cobra.ShellCompDirectiveNoFileComp
	}
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	p, err := a.openQuietly(args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, it := range p.score(p.rubric).Items {
		ids = append(ids, it.ID)
	}
	if flag == "without" {
		s := p.scenario.Scenario
		for i := range s.Prohibited {
			ids = append(ids, s.Prohibited[i].ID)
		}
		for i := range s.Distractors {
			ids = append(ids, s.Distractors[i].ID)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
	for i := range ids {
		ids[i] += "="
	}
	return ids, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func (a *app) whatif(path string, set, without []string) error {
	var changes []whatif.Change
	for _, s := range set {
		c, err := whatif.Parse(s)
		if err != nil {
			return a.invalid(err)
		}
		changes = append(changes, c)
	}
	for _, id := range without {
		changes = append(changes, whatif.Change{ID: id, Kind: whatif.NotDone})
	}
	if len(changes) == 0 {
		return cannot(nil, engine.Both("chưa nói điều gì khác đi", "nothing is said to be different"), engine.Both("thêm --set R07=60s hoặc --without P02", "add --set R07=60s or --without P02"))
	}
	p, err := a.openDrill(path)
	if err != nil {
		return err
	}
	answer, err := whatif.Ask(p.scenario.Compiled, p.rubric, p.file.Events, changes...)
	if err != nil {
		return a.invalid(err)
	}
	if a.json {
		return a.printJSON(supposed{Drill: p.file.Header.Drill, Head: p.file.Head, Engine: p.file.Header.Engine, Answer: answer})
	}
	a.printAnswer(&answer, p.scenario.Scenario)
	return nil
}

func (a *app) invalid(err error) error {
	var bad *whatif.Invalid
	if errors.As(err, &bad) {
		return cannot(err, bad.Why, bad.Try)
	}
	return err
}

func (a *app) printAnswer(w *whatif.Answer, s *engine.Scenario) {
	said := make([]string, len(w.Changes))
	for i, c := range w.Changes {
		said[i] = c.Text().In(a.lang)
	}
	a.paragraph("", a.bold(a.say("Nếu ", "If: ")+strings.Join(said, "; ")))
	for _, c := range w.Changes {
		a.paragraph("  ", c.ID+" · "+a.choice(s, c.ID))
	}
	a.println("")
	a.println("  " + a.bold(a.say("tổng điểm %s → %s", "total %s → %s", a.result(scoring.Result{Total: w.Was.Total, Grade: w.Was.Grade}), a.result(scoring.Result{Total: w.Is.Total, Grade: w.Is.Grade}))))
	a.printPaths(w.Was.Path, w.Is.Path, s)
	a.printItemChanges(w)
	a.printKnown(w)
}

// printPaths writes both paths from where they part, and the step before.
func (a *app) printPaths(was, is []scoring.Step, s *engine.Scenario) {
	same := 0
	for same < len(was) && same < len(is) && was[same].State == is[same].State && was[same].AtMS == is[same].AtMS {
		same++
	}
	if same == len(was) && same == len(is) {
		a.item("=", a.say("diễn biến như cũ: ", "the same path: ")+a.path(is, s))
		return
	}
	from, lead := max(0, same-1), ""
	if from > 0 {
		lead = "… → "
	}
	a.item("-", lead+a.path(was[from:], s))
	a.item("+", lead+a.path(is[from:], s))
}

func (a *app) path(path []scoring.Step, s *engine.Scenario) string {
	steps := make([]string, len(path))
	for i, step := range path {
		steps[i] = step.AtMS.Clock() + " " + a.stateTitle(s, step.State)
	}
	return strings.Join(steps, " → ")
}

func (a *app) printItemChanges(w *whatif.Answer) {
	if len(w.Items) == 0 {
		return
	}
	a.heading("Việc ra khác", "Responses that come out otherwise")
	rows := make([][]string, len(w.Items))
	for i, it := range w.Items {
		rows[i] = []string{it.ID, a.made(&it.Was) + " → " + a.made(&it.Is), it.Was.Points.In(a.lang) + " → " + it.Is.Points.In(a.lang), cmp.Or(string(it.Was.Rating), "–") + " → " + cmp.Or(string(it.Is.Rating), "–"), it.Do.In(a.lang)}
	}
	a.table([]column{{"", 0, false}, {"", 42, false}, {a.say("điểm", "points"), 0, false}, {a.say("mức", "rating"), 0, false}, {"", 0, false}}, rows)
}

// made says what became of a response.
func (a *app) made(o *whatif.ItemOutcome) string {
	switch {
	case !o.Triggered:
		return a.say("không áp dụng", "not applicable")
	case !o.Done:
		return a.say("chưa làm", "not done")
	case o.Actual == nil:
		return a.say("đã làm", "done")
	}
	return a.span(engine.Millis(*o.Actual))
}

// printKnown says how far the answer can be trusted.
func (a *app) printKnown(w *whatif.Answer) {
	a.heading("Biết được đến đâu", "How far this is known")
	switch {
	case w.KnownMS == nil:
		a.item("·", a.say("đến hết buổi: mọi người vẫn được báo đúng những điều như đã diễn ra", "to the end: people would have been told just what they were told"))
	default:
		a.item("·", a.say("chắc chắn đến %s; từ đó trở đi chỉ là phỏng chừng:", "certain until %s; from there on it is an estimate:", w.KnownMS.Clock()))
	}
	for _, l := range w.Limits {
		a.item("  "+pad(l.AtMS.Clock(), -7), l.Text.In(a.lang))
	}
	if len(w.Unanswered) > 0 && w.Best != nil {
		a.item("·", a.say("không ai trả lời được: %s; nếu làm trọn cả thì tổng điểm là %s", "nobody could answer: %s; were all of it done in full, the total would be %s",
			strings.Join(w.Unanswered, ", "), w.Best.In(a.lang)))
	}
	if w.Scripted {
		a.item("·", a.say("đây là buổi chạy thử: các việc theo tệp chạy thử giữ nguyên giờ đã làm", "this drill was played by a script: its acts keep the times they were done at"))
		return
	}
	a.item("·", a.say("giả định những người khác vẫn làm đúng như đã làm, sau khi nhận tin chừng ấy thời gian", "everybody else is taken to do as they did, as long after the news reached them"))
}
