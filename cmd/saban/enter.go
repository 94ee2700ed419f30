package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/paper"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// entering is a drill on paper being typed in.
type entering struct {
	*app
	options runOptions
	from    string

	file   *scenarios.File
	rubric scoring.Rubric
	header store.Header
}

func (a *app) enterCmd() *cobra.Command {
	e := &entering{app: a}
	cmd := &cobra.Command{
		Use:   "enter " + a.say("KỊCH_BẢN | TỆP", "SCENARIO | FILE"),
		Short: a.say("nhập lại một buổi diễn tập trên giấy, theo thứ tự nào cũng được", "type in a drill that was held on paper, in any order"),
		Long: a.say("Ở màn hình lệnh, lần lượt hỏi từng việc: lúc nào, việc gì, vai nào. Mỗi việc được ghi ngay vào bản nháp, một tệp .paper.yaml cạnh tệp diễn tập; gõ lại đúng lệnh ấy để nhập tiếp. Nhập xong thì các việc được xếp theo giờ xảy ra, chạy qua máy và ghi thành tệp diễn tập, như một buổi trên máy. Tình huống coi như phát đúng dự kiến, trừ khi bản nháp nói khác.",
			"At a terminal it asks for one thing after another: when, what, which role. Each is kept at once in the draft, a .paper.yaml file beside the drill file; the same command goes on with it. In the end all is put in order of occurrence, played through the engine and written as a drill file, like that of a drill on devices. Injects count as given out as planned unless the draft says otherwise."),
		Example: "  saban enter bomb-threat -o 2026-03-14.drill.jsonl\n" +
			"  saban enter bomb-threat --site hydropower-a.yaml --from 2026-03-14.paper.yaml -o 2026-03-14.drill.jsonl",
		Args:              a.wants(1, 1, engine.Both("một kịch bản", "one scenario")),
		ValidArgsFunction: shippedIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return e.run(args[0]) },
	}
	f := cmd.Flags()
	f.StringVarP(&e.options.out, "out", "o", "", a.say("`tệp` diễn tập sẽ ghi (*.drill.jsonl), không ghi đè", "drill `file` to write (*.drill.jsonl), never overwritten"))
	f.StringVar(&e.from, "from", "", a.say("lấy mọi việc từ bản `nháp` này (*.paper.yaml), không hỏi", "take everything from this `draft` (*.paper.yaml) and ask nothing"))
	f.StringVar(&e.options.site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	f.StringVar(&e.options.rubric, "rubric", "", a.say("`tệp` thang điểm, chỉ cần ghi điều khác", "rubric `file`, only what differs"))
	return cmd
}

func (e *entering) run(scenario string) error {
	if e.options.out == "" {
		return cannot(nil, engine.Both("chưa rõ ghi vào tệp nào", "it is not clear which file to write"), engine.Both("thêm -o 2026-03-14.drill.jsonl", "add -o 2026-03-14.drill.jsonl"))
	}
	if _, err := os.Stat(e.options.out); err == nil {
		return e.unwritable(e.options.out, fs.ErrExist)
	}
	var err error
	if e.file, e.rubric, e.header, err = e.prepare(scenario, &e.options); err != nil {
		return err
	}
	draft := e.from
	if draft == "" {
		draft = e.draftPath()
		if e.interactive() {
			return e.typeIn(draft)
		}
		if _, err := os.Stat(draft); errors.Is(err, fs.ErrNotExist) {
			return cannot(nil, engine.Both("không có bàn phím để hỏi, cũng chưa có bản nháp %s", "there is no terminal to ask at, and no draft %s", draft),
				engine.Both("nêu bản nháp: --from TỆP.paper.yaml; saban explain paper nói cách viết", "name the draft: --from FILE.paper.yaml; saban explain paper says how to write one"))
		}
	}
	src, err := e.readFile(draft)
	if err != nil {
		return err
	}
	log, found := e.enter(src)
	if found.Failed() {
		bad := found.Only(scenarios.Error)
		fmt.Fprintln(e.err, bad.Format(e.lang))
		return cannot(found, engine.Both("%s: có %d lỗi, chưa nhập được", "%s: it has %d faults and cannot be typed in", src.Name, len(bad)),
			engine.Both("sửa rồi gõ lại lệnh này", "mend it, then give this command again"))
	}
	return e.finish(log)
}

// draftPath is where the draft of a drill file lies.
func (e *entering) draftPath() string {
	return strings.TrimSuffix(e.options.out, ".drill.jsonl") + ".paper.yaml"
}

// enter makes the log of a draft, or finds all that is wrong with it.
func (e *entering) enter(src scenarios.Source) ([]engine.Event, scenarios.Findings) {
	draft, found := scenarios.ReadDraft(src, e.file.Scenario)
	if found.Failed() {
		return nil, found
	}
	e.header.Seed, e.header.Drill = draft.Seed, paper.DrillID(e.file, draft)
	return paper.Log(e.file, draft)
}

// finish writes the drill file and prints the scorecard.
func (e *entering) finish(log []engine.Event) error {
	head, err := e.writePlay(e.options.out, e.header, log, true)
	if err != nil {
		return err
	}
	card := scoring.Score(e.file.Scenario, e.rubric, log)
	card.Scenario.SHA256 = e.header.Scenario.SHA256
	if err := e.printCard(scored{card, head}, e.file.Scenario); err != nil {
		return err
	}
	e.talk("đã ghi %s", "written to %s", e.options.out)
	return nil
}
