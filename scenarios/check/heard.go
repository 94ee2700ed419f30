package check

import (
	"slices"

	"saban/engine"
	"saban/scenarios"
)

// heard reports roles that are asked about an inject they hear nothing of, and
// words told to nobody. A role that an inject is not addressed to gets its
// question with what is told to it, never with the inject's own text.
func heard(f *scenarios.File) scenarios.Findings {
	var found scenarios.Findings
	for i := range f.Scenario.Injects {
		in := &f.Scenario.Injects[i]
		path, asks := index("injects", i), in.AskList()
		for k := range asks {
			found = append(found, notTold(f, in, &asks[k], path)...)
		}
		for k := range in.Told {
			found = append(found, toldInVain(f, in, asks, in.Told[k].Role, index(path+"/told", k))...)
		}
		for k := range in.Asks {
			if !in.Asks[k].Told.Empty() {
				found = append(found, toldInVain(f, in, asks, in.Asks[k].Role, index(path+"/asks", k)+"/told")...)
			}
		}
	}
	return found
}

func notTold(f *scenarios.File, in *engine.Inject, ask *engine.Ask, path string) scenarios.Findings {
	if in.Reads(ask.Role) || !ask.Told.Empty() {
		return nil
	}
	return scenarios.Findings{f.Finding(path, 0, scenarios.Warning, scenarios.NotTold,
		engine.Both("%s hỏi vai %s mà vai này không đọc tình huống, cũng không được báo lại gì", "%s asks role %s, which neither reads it nor is told anything of it", in.ID, ask.Role),
		engine.Both("thêm %[1]s vào to:, hoặc viết told: {%[1]s: …}", "add %[1]s under to:, or write told: {%[1]s: …}", ask.Role))}
}

// toldInVain looks at words for one role, or for all that are asked and not
// addressed.
func toldInVain(f *scenarios.File, in *engine.Inject, asks []engine.Ask, role, path string) scenarios.Findings {
	if slices.ContainsFunc(asks, func(a engine.Ask) bool { return (role == "" || a.Role == role) && !in.Reads(a.Role) }) {
		return nil
	}
	text, hint := engine.Both("không ai được nghe lời báo lại này: ai được hỏi ở %s cũng tự đọc tình huống", "nobody hears these words: whoever %s asks reads it", in.ID), engine.Both("bỏ told, hoặc sửa to:", "take told out, or mend to:")
	switch {
	case role == "":
	case in.Reads(role):
		text = engine.Both("vai %s tự đọc %s nên không nghe lời báo lại này", "role %s reads %s itself and never hears these words", role, in.ID)
	default:
		text = engine.Both("%s không hỏi vai %s nên không ai nghe lời báo lại này", "%s does not ask role %s, so nobody hears these words", in.ID, role)
		hint = engine.Both("giao việc cho vai %s, hoặc bỏ lời báo lại", "give role %s something to do, or take the words out", role)
	}
	return scenarios.Findings{f.Finding(path, 0, scenarios.Warning, scenarios.ToldInVain, text, hint)}
}
