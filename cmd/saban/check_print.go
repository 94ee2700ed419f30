package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"saban/scenarios"
	"saban/scenarios/check"
)

func (a *app) printChecks(sum checks) error {
	if a.json {
		return a.printJSON(sum)
	}
	for i := range sum.Files {
		a.printChecked(&sum.Files[i])
	}
	if sum.Errors+sum.Warnings > 0 || len(sum.Files) > 1 {
		a.println(a.say("%d lỗi, %d cảnh báo, im lặng %d", "faults: %d, warnings: %d, silenced: %d", sum.Errors, sum.Warnings, sum.Silenced))
	}
	if sum.Errors+sum.Warnings > 0 {
		a.println(a.say("nói rõ hơn: saban explain %s", "more on this: saban explain %s", strings.Join(firstCodes(sum.Files), " ")))
	}
	return nil
}

// mostUnseen things are named that no play came to.
const mostUnseen = 8

// mostCodes are named in the hint at the end.
const mostCodes = 5

func firstCodes(files []checked) []string {
	var codes []string
	for i := range files {
		for _, one := range files[i].Findings {
			if code := string(one.Code); !slices.Contains(codes, code) && len(codes) < mostCodes {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

func (a *app) printChecked(c *checked) {
	for i, one := range c.Findings {
		a.println(one.Format(a.lang))
		if i < len(c.told) && !c.told[i].Empty() {
			a.println("   " + a.say("diễn ra: ", "it goes: ") + c.told[i].In(a.lang))
		}
		a.println("")
	}
	mark := a.say("tốt     ", "ok      ")
	if !c.OK {
		mark = a.say("có lỗi  ", "faulty  ")
	}
	a.println(mark + c.under())
	if c.Explored != nil {
		a.println("        " + a.explored(c.Explored))
		if n := len(c.Explored.Unseen); n > 0 {
			a.println("        " + a.say("%d thứ chưa lần chơi nào tới: %s", "never come to in any play: %[2]s (%[1]d)", n, strings.Join(c.Explored.Unseen[:min(n, mostUnseen)], ", ")))
		}
		if last := c.Explored.Longest; last != nil {
			a.println("        " + a.say("kết thúc muộn nhất %s: %s", "latest end %s: %s", last.At.Clock(), last.Told.In(a.lang)))
		}
	}
	for _, s := range c.Silenced {
		a.println("        " + a.say("im lặng %d: %s: %s", "silenced %d: %s: %s", s.Times, strings.TrimSpace(string(s.Code)+" "+s.About), s.Reason.In(a.lang)))
	}
}

// under is the file, and the site it was checked under.
func (c *checked) under() string {
	if c.site == "" {
		return c.File
	}
	return c.File + " · " + c.site
}

// explored says how far a scenario was played out.
func (a *app) explored(x *check.Explored) string {
	how := a.say("dừng ở giới hạn, chưa hết lượt nào", "stopped at the bound before any round was finished")
	switch {
	case x.Exhausted:
		how = a.say("đã thử mọi cách ở các mốc có nghĩa", "every way was tried at the moments that matter")
	case x.Deviations >= 0:
		how = a.say("đã thử mọi cách lệch tới %d chỗ rồi dừng ở giới hạn", "every way that deviates up to %d times was tried, then it stopped at the bound", x.Deviations)
	}
	return a.say("%s tình thế, %s lần chơi: %s", "situations: %s, plays: %s; %s", a.thousands(x.Configs), a.thousands(x.Plays), how)
}

// thousands groups the digits of a number.
func (a *app) thousands(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + a.say(".", ",") + digits[i:]
	}
	return digits
}

// writeWitnesses writes the plays that show what was found: SB716-R03.yaml.
func (a *app) writeWitnesses(all []checked, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return a.unwritable(folder, err)
	}
	used := map[string]int{}
	written := 0
	for i := range all {
		for k, one := range all[i].Findings {
			if one.Witness == "" {
				continue
			}
			path := filepath.Join(folder, witnessName(one, all[i].about[k], used))
			if err := os.WriteFile(path, []byte(one.Witness), 0o644); err != nil {
				return a.unwritable(path, err)
			}
			written++
		}
	}
	a.talk("đã ghi %d tệp chạy thử vào %s", "plays written to %[2]s: %[1]d", written, folder)
	return nil
}

var unfit = scenarios.NewPattern(`[^A-Za-z0-9_]+`)

func witnessName(one scenarios.Finding, about string, used map[string]int) string {
	name := string(one.Code)
	if about = strings.Trim(unfit().ReplaceAllString(about, "-"), "-"); about != "" {
		name += "-" + about
	}
	used[name]++
	if n := used[name]; n > 1 {
		name = fmt.Sprintf("%s-%d", name, n)
	}
	return name + ".yaml"
}
