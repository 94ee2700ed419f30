package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// runOptions are the flags of run.
type runOptions struct {
	site, rubric, play, out, resume string
	speed                           string
	seed                            uint64
}

func (a *app) runCmd() *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run " + a.say("KỊCH_BẢN | TỆP", "SCENARIO | FILE"),
		Short: a.say("chạy một buổi diễn tập, hoặc chạy thử theo tệp với --play", "conduct a drill, or play a script with --play"),
		Long: a.say("Ở màn hình lệnh, một người điều khiển dẫn cả buổi và trả lời thay các vai. Ctrl-C dừng giữa chừng; --resume chạy tiếp từ tệp diễn tập.",
			"At a terminal one facilitator leads the drill and enters what each role answers. Ctrl-C stops half-way; --resume goes on from the drill file."),
		Example: "  saban run bomb-threat\n" +
			"  saban run bomb-threat --site scenarios/sites/hydropower-a.yaml --speed 10\n" +
			"  saban run bomb-threat --play scenarios/rehearsals/bomb-threat/on-time.yaml --out on-time.drill.jsonl\n" +
			"  saban run --resume bomb-threat-20260131-0800.drill.jsonl",
		Args:              a.wants(0, 1, engine.Both("một kịch bản", "one scenario")),
		ValidArgsFunction: shippedIDs,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch err := runClash(args, &o, cmd.Flags().Changed); {
			case err != nil:
				return err
			case o.resume != "":
				return a.resume(&o)
			case len(args) == 0:
				return cannot(nil, engine.Both("lệnh run cần một kịch bản", "run wants a scenario"), engine.Both("xem saban list", "see saban list"))
			case o.play != "":
				return a.play(args[0], &o)
			}
			return a.conduct(args[0], &o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	f.StringVar(&o.rubric, "rubric", "", a.say("`tệp` thang điểm, chỉ cần ghi điều khác", "rubric `file`, only what differs"))
	f.StringVar(&o.play, "play", "", a.say("chạy thử theo `tệp` này, không chờ", "play this script `file` at once, in virtual time"))
	f.StringVar(&o.out, "out", "", a.say("`tệp` diễn tập sẽ ghi (*.drill.jsonl), không ghi đè", "drill `file` to write (*.drill.jsonl), never overwritten"))
	f.StringVar(&o.resume, "resume", "", a.say("chạy tiếp `tệp` diễn tập này", "go on with this drill `file`"))
	f.StringVar(&o.speed, "speed", "1", a.say("nhanh gấp mấy `lần` giờ thật, 0.1 đến 600; khác 1 (mặc định) là tập dượt", "how many `times` real time, 0.1 to 600; other than 1 (the default) is practice"))
	f.Uint64Var(&o.seed, "seed", 0, a.say("`số` gốc để xáo thứ tự lựa chọn; không nêu thì máy tự chọn", "`number` the order of choices is shuffled by; chosen for you without it"))
	return cmd
}

// runClash refuses flags that say nothing beside each other.
func runClash(args []string, o *runOptions, given func(flag string) bool) error {
	if o.resume != "" {
		for _, flag := range []string{"site", "rubric", "play", "out", "speed", "seed"} {
			if given(flag) || len(args) > 0 {
				return cannot(nil, engine.Both("--resume đứng một mình: mọi điều khác đã nằm trong tệp", "--resume stands alone: all the rest is in the file"), engine.Text{})
			}
		}
	}
	if o.play != "" && given("speed") {
		return cannot(nil, engine.Both("--speed không đi cùng --play: chạy thử không chờ giờ thật", "--speed does not go with --play: a script does not wait for real time"), engine.Text{})
	}
	return nil
}

// prepare reads everything a drill is played under and pins it.
func (a *app) prepare(name string, o *runOptions) (*scenarios.File, scoring.Rubric, store.Header, error) {
	file, err := a.scenario(name, o.site)
	if err != nil {
		return nil, scoring.Rubric{}, store.Header{}, err
	}
	rubric, err := a.rubric(file, o.rubric)
	if err != nil {
		return nil, rubric, store.Header{}, err
	}
	rules, err := json.Marshal(rubric)
	if err != nil {
		return nil, rubric, store.Header{}, err
	}
	h := store.Header{Engine: engine.Version, Seed: o.seed,
		Scenario: store.Pin(path.Base(file.Source.Name), file.Source.Bytes), Rubric: store.Pin("rubric.json", rules)}
	if file.Site != nil {
		pin := store.Pin(path.Base(file.Site.Source.Name), file.Site.Source.Bytes)
		h.Site = &pin
	}
	return file, rubric, h, nil
}

// play conducts a script in virtual time.
func (a *app) play(name string, o *runOptions) error {
	file, rubric, header, err := a.prepare(name, o)
	if err != nil {
		return err
	}
	play, err := a.readPlay(o.play, file)
	if err != nil {
		return err
	}
	file.Seat(play)
	conduct, failed := scenarios.Rehearse(file.Compiled, play)
	var circles *scenarios.CascadeError
	if failed != nil && !errors.As(failed, &circles) {
		return playError(failed)
	}
	if header.Seed == 0 {
		header.Seed = 1
	}
	header.Drill = playID(&header, play.Source.Bytes)
	head, err := a.writePlay(o.out, header, conduct.Log, failed == nil)
	if err == nil {
		err = playError(failed) // the log shows how it came to that
	}
	if err != nil {
		return err
	}
	card := scoring.Score(file.Scenario, rubric, conduct.Log)
	card.Scenario.SHA256 = header.Scenario.SHA256
	if err := a.printCard(scored{card, head}, file.Scenario); err != nil {
		return err
	}
	if o.out != "" {
		a.talk("đã ghi %s", "written to %s", o.out)
	}
	return nil
}

func (a *app) readPlay(path string, file *scenarios.File) (*scenarios.Play, error) {
	src, err := a.readFile(path)
	if err != nil {
		return nil, err
	}
	play, findings := scenarios.ReadPlay(src, file.Scenario)
	return play, a.refuse(findings)
}

// playError sorts what stops a play into exit codes: a refused step could not
// be done, a scenario in circles is a fault.
func playError(err error) error {
	var step *scenarios.StepError
	if errors.As(err, &step) {
		return cannot(err, step.Text(), engine.Text{})
	}
	var cascade *scenarios.CascadeError
	if errors.As(err, &cascade) {
		return &failure{code: exitFaults, text: cascade.Text(), cause: err}
	}
	return err
}

// playID names the drill of a play by what determines it.
func playID(h *store.Header, play []byte) string {
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(h.Scenario.SHA256), []byte(h.Rubric.SHA256), play, fmt.Append(nil, h.Seed)} {
		sum.Write(part)
		sum.Write([]byte{0})
	}
	if h.Site != nil {
		sum.Write([]byte(h.Site.SHA256))
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// writePlay writes the drill file of a play, to memory only when no name is
// given, and returns its head hash. A play that came to its end is closed.
func (a *app) writePlay(name string, h store.Header, log []engine.Event, whole bool) (string, error) {
	var out bytes.Buffer
	w, err := store.NewWriter(&out, h)
	if err != nil {
		return "", a.unwritable(name, err)
	}
	if err := w.Append(log); err != nil {
		return "", a.unwritable(name, err)
	}
	head := w.Head()
	if whole {
		head, err = w.Close()
	}
	if err != nil || name == "" {
		return head, err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return "", a.unwritable(name, err)
	}
	_, err = f.Write(out.Bytes())
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return "", a.unwritable(name, err)
	}
	return head, nil
}

// conduct leads a real drill.
func (a *app) conduct(name string, o *runOptions) error {
	speed, ok := engine.ParseRatio(o.speed)
	if !ok || speed < engine.Whole/10 || speed > 600*engine.Whole {
		return cannot(nil, engine.Both("tốc độ %q không dùng được", "speed %q cannot be used", o.speed), engine.Both("một số từ 0.1 đến 600", "a number from 0.1 to 600"))
	}
	file, rubric, header, err := a.prepare(name, o)
	if err != nil {
		return err
	}
	if header.Seed == 0 {
		header.Seed = randomSeed()
	}
	header.Drill = file.Scenario.ID + "-" + a.now().Format("20060102-150405")
	if o.out == "" {
		o.out = header.Drill + ".drill.jsonl"
	}
	l := &staging{app: a, file: file, game: file.Compiled, rubric: rubric, header: header, path: o.out,
		start: a.seats(file, speed)}
	return a.lead(l)
}

// seats fills the roles: as the site says, or one person each.
func (a *app) seats(file *scenarios.File, speed engine.Ratio) engine.Start {
	start := engine.Start{Led: true, Speed: speed, Seats: engine.FullSeats(file.Scenario)}
	if file.Site != nil {
		start.Site = path.Base(file.Site.Source.Name)
		var empty []string
		start.Seats, start.Covers, empty = file.Site.Seats(file.Scenario)
		for _, role := range empty {
			a.talk("vai %s không có người và không ai làm thay: việc của vai này không tính", "nobody holds or covers the role %s: its responses will not be triggered", a.roleTitle(file.Scenario, role))
		}
	}
	return start
}

func randomSeed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails, says its documentation
	return max(binary.LittleEndian.Uint64(b[:])>>11, 1)
}

// resume goes on with a drill that was interrupted or that crashed.
func (a *app) resume(o *runOptions) error {
	p, err := a.openDrill(o.resume)
	if err != nil {
		return err
	}
	return a.lead(&staging{app: a, file: p.scenario, game: p.scenario.Compiled, rubric: p.rubric, header: p.file.Header, path: o.resume, resume: true})
}

// lead conducts a drill to its end and prints the scorecard.
func (a *app) lead(l *staging) error {
	card, head, err := l.conduct()
	if err != nil {
		return err
	}
	if err := a.printCard(scored{card, head}, l.file.Scenario); err != nil {
		return err
	}
	a.talk("đã ghi %s", "written to %s", l.path)
	return nil
}
