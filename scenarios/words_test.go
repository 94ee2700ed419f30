package scenarios_test

import (
	"slices"
	"strings"
	"testing"

	"saban/scenarios"
)

// Whatever a file may hold is explained by name, in both languages.
func TestEveryKeyIsExplained(t *testing.T) {
	clear := func(name string) {
		all := scenarios.ExplainKey(name)
		if len(all) == 0 {
			t.Errorf("nothing says what %s is", name)
		}
		for _, one := range all {
			if one.Title.VI == "" || one.Title.EN == "" || one.Text.VI == "" || one.Text.EN == "" {
				t.Errorf("%s lacks words: %+v", one.Name, one)
			}
			if one.Example != "" && !strings.HasSuffix(one.Example, "\n") {
				t.Errorf("%s: the example %q is no line", one.Name, one.Example)
			}
		}
	}
	for _, name := range scenarios.KeyNames() {
		clear(name)
	}
	for _, f := range scenarios.Formats {
		clear(f.Name)
		for _, k := range f.Root.Keys {
			clear(f.Name + "." + k.Name)
		}
	}
}

func TestExplainKey(t *testing.T) {
	names := func(all []scenarios.KeyMeaning) (out []string) {
		for _, one := range all {
			out = append(out, one.Name)
		}
		return out
	}
	for word, want := range map[string][]string{
		"step":      {"step"},
		"pace":      {"play.pace", "pace"},
		"site":      {"site"}, // and not the keys of that name that are something else
		"step.done": {"step.done"},
		"omit":      {"play.omit"},
		"covers":    {"site.covers", "play.covers", "paper.covers"},
		"escalated": {"kind: escalated"},
		"wether":    nil,
	} {
		if got := names(scenarios.ExplainKey(word)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
	when := scenarios.ExplainKey("transition.when")[0]
	if !when.Must || !strings.Contains(when.Text.EN, "missed(R01)") {
		t.Errorf("%+v", when)
	}
	channel := scenarios.ExplainKey("inject.channel")[0]
	if len(channel.Parts) != len(scenarios.Channels) || channel.Parts[0].Title.EN != "Phone" {
		t.Errorf("%+v", channel)
	}
}
