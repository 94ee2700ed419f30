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
	Codes []meant `json:"codes"`
}

func (a *app) explainCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "explain " + a.say("[MÃ …]", "[CODE …]"),
		Short: a.say("nói rõ một mã của saban check: nghĩa là gì, vì sao đáng sửa", "say what a code of saban check means and why it matters"),
		Long: a.say("Nêu một hay nhiều mã, chữ hoa hay thường, có hoặc không có SB. Không nêu gì thì kể mọi mã theo nhóm.",
			"Name one or more codes, in capitals or not, with or without SB. Without an argument all codes are listed by group."),
		Example: "  saban explain\n  saban explain SB807\n  saban explain sb104 sb105",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var codes []string
			for _, code := range scenarios.Codes() {
				codes = append(codes, string(code))
			}
			return codes, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args) },
	}
}

func (a *app) explain(args []string) error {
	codes := scenarios.Codes()
	if len(args) > 0 {
		codes = nil
	}
	for _, arg := range args {
		code, err := codeNamed(arg)
		if err != nil {
			return err
		}
		codes = append(codes, code)
	}
	all := meanings{Codes: []meant{}}
	for _, code := range codes {
		x, _ := scenarios.Explain(code)
		all.Codes = append(all.Codes, meant{code, groupOf(code), x.Title, x.Why, x.Wrong, x.Right})
	}
	switch {
	case a.json:
		return a.printJSON(all)
	case len(args) == 0:
		a.listCodes(all.Codes)
		return nil
	}
	for i := range all.Codes {
		if i > 0 {
			a.println("")
		}
		a.printMeaning(&all.Codes[i])
	}
	return nil
}

// codeNamed finds a code as people write it: sb104, 104.
func codeNamed(word string) (scenarios.Code, error) {
	near := scenarios.ClosestCode(word)
	digits := strings.TrimPrefix(strings.ToUpper(word), "SB")
	if near != "" && string(near) == "SB"+strings.Repeat("0", max(0, 3-len(digits)))+digits {
		return near, nil
	}
	hint := engine.Both("saban explain kể mọi mã", "saban explain lists all codes")
	if near != "" {
		hint = engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	return "", cannot(nil, engine.Both("không có mã %q", "there is no code %q", word), hint)
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
