package main

import (
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
)

// meant is what explain prints of a code as JSON.
type meant struct {
	Code  scenarios.Code `json:"code"`
	Group engine.Text    `json:"group"`
	Title engine.Text    `json:"title"`
	Why   engine.Text    `json:"why"`
	Wrong string         `json:"wrong,omitempty"`
	Right string         `json:"right,omitempty"`
}

// meanings is what explain prints as JSON.
type meanings struct {
	Codes []meant                `json:"codes"`
	Keys  []scenarios.KeyMeaning `json:"keys"`
}

func (a *app) explainCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "explain " + a.say("[MÃ | KHÓA …]", "[CODE | KEY …]"),
		Short: a.say("nói rõ một mã của saban check, hoặc một khóa của tệp", "say what a code of saban check means, or a key of a file"),
		Long: a.say("Nêu một hay nhiều mã, chữ hoa hay thường, có hoặc không có SB. Hoặc nêu tên một khóa (omit), một nhóm khóa (step), một loại tệp (%[1]s), một từ được chọn (escalated). Không nêu gì thì kể mọi mã theo nhóm.",
			"Name one or more codes, in capitals or not, with or without SB. Or name a key (omit), a group of keys (step), a kind of file (%[1]s), a word to choose (escalated). Without an argument all codes are listed by group.", fileKinds()),
		Example: "  saban explain\n  saban explain SB807\n  saban explain play omit\n  saban explain step.done",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var codes []string
			for _, code := range scenarios.Codes() {
				codes = append(codes, string(code))
			}
			codes = append(codes, scenarios.KeyNames()...)
			return codes, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args) },
	}
}

func (a *app) explain(args []string) error {
	all := meanings{Codes: []meant{}, Keys: []scenarios.KeyMeaning{}}
	codes := scenarios.Codes()
	if len(args) > 0 {
		codes = nil
	}
	for _, arg := range args {
		if keys := scenarios.ExplainKey(arg); len(keys) > 0 {
			all.Keys = append(all.Keys, keys...)
			continue
		}
		code, err := codeNamed(arg)
		if err != nil {
			return err
		}
		codes = append(codes, code)
	}
	for _, code := range codes {
		x, _ := scenarios.Explain(code)
		all.Codes = append(all.Codes, meant{code, groupOf(code), x.Title, x.Why, x.Wrong, x.Right})
	}
	switch {
	case a.json:
		return a.printJSON(all)
	case len(args) == 0:
		a.listCodes(all.Codes)
		a.println("")
		a.println(a.say("khóa của tệp: saban explain %s, hoặc tên một khóa", "keys of files: saban explain %s, or the name of a key", strings.Join(scenarios.FileKinds(), ", ")))
		return nil
	}
	a.printMeanings(&all)
	return nil
}

func (a *app) printMeanings(all *meanings) {
	for i := range all.Codes {
		if i > 0 {
			a.println("")
		}
		a.printMeaning(&all.Codes[i])
	}
	for i := range all.Keys {
		if i+len(all.Codes) > 0 {
			a.println("")
		}
		a.printKey(&all.Keys[i])
	}
}

// codeNamed finds a code as people write it: sb104, 104.
func codeNamed(word string) (scenarios.Code, error) {
	near := scenarios.ClosestCode(word)
	digits := strings.TrimPrefix(strings.ToUpper(word), "SB")
	if near != "" && string(near) == "SB"+strings.Repeat("0", max(0, 3-len(digits)))+digits {
		return near, nil
	}
	hint := engine.Both("saban explain kể mọi mã và cách tìm khóa", "saban explain lists all codes and says how to find keys")
	if near == "" {
		near = scenarios.Code(engine.Closest(word, scenarios.KeyNames()))
	}
	if near != "" {
		hint = engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	return "", cannot(nil, engine.Both("không có mã hay khóa %q", "there is no code or key %q", word), hint)
}

func groupOf(code scenarios.Code) (title engine.Text) {
	for _, g := range scenarios.CodeGroups {
		if g.From <= code {
			title = g.Title
		}
	}
	return title
}

func (a *app) listCodes(codes []meant) {
	group := engine.Text{}
	for i := range codes {
		if c := &codes[i]; c.Group != group {
			if group = c.Group; i > 0 {
				a.println("")
			}
			a.println(a.bold(c.Group.In(a.lang)))
		}
		a.println("  " + string(codes[i].Code) + "  " + codes[i].Title.In(a.lang))
	}
}

func (a *app) printMeaning(c *meant) {
	a.println(a.bold(string(c.Code) + " · " + c.Title.In(a.lang)))
	a.println(a.dim(c.Group.In(a.lang)))
	a.println("")
	a.paragraph("  ", c.Why.In(a.lang))
	a.snippet(a.say("Sai:", "Wrong:"), c.Wrong)
	a.snippet(a.say("Đúng:", "Right:"), c.Right)
}

func (a *app) snippet(title, yaml string) {
	if yaml == "" {
		return
	}
	a.println("")
	a.println("  " + title)
	for _, line := range strings.Split(strings.TrimRight(yaml, "\n"), "\n") {
		a.println("    " + line)
	}
}

// printKey explains a key, a group of keys with all it has, or a word.
func (a *app) printKey(k *scenarios.KeyMeaning) {
	a.println(a.bold(k.Name + " · " + k.Title.In(a.lang)))
	under := k.In.In(a.lang)
	if k.Must {
		under += a.say(" · bắt buộc", " · has to be there")
	}
	if under != "" {
		a.println(a.dim(under))
	}
	if text := k.Text.In(a.lang); text != k.Title.In(a.lang) {
		a.println("")
		a.paragraph("  ", text)
	}
	a.keyParts(k.Parts)
	a.snippet(a.say("Ví dụ:", "Example:"), k.Example)
}

// keyParts lists keys or words, those that have to be there marked.
func (a *app) keyParts(parts []scenarios.KeyPart) {
	if len(parts) == 0 {
		return
	}
	a.println("")
	must, mark := false, map[bool]string{true: "*"}
	rows := make([][]string, len(parts))
	for i, p := range parts {
		rows[i] = []string{mark[p.Must], p.Name, p.Title.In(a.lang)}
		must = must || p.Must
	}
	cols := make([]column, 3)
	widths := tableWidths(cols, rows)
	for _, row := range rows {
		a.tableRow(cols, widths, row)
	}
	if must {
		a.println("  " + a.say("* bắt buộc", "* has to be there"))
	}
}
