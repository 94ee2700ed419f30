package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/handbook"
)

func (a *app) handbookCmd() *cobra.Command {
	var names []string
	for _, r := range handbook.Readers {
		names = append(names, string(r))
	}
	return &cobra.Command{
		Use:   "handbook " + a.say("[AI]", "[WHO]"),
		Short: a.say("sổ tay người điều khiển, đánh giá viên, người tham gia", "what facilitator, evaluator and participant need to know"),
		Long: a.say("Nêu facilitator (người điều khiển), evaluator (đánh giá viên) hoặc participant (người tham gia); không nêu thì in cả ba. Cùng nội dung với trang /handbook của máy chủ.",
			"Name facilitator, evaluator or participant; without a name all three are printed. The same text as the server's page /handbook."),
		Example:   "  saban handbook participant\n  saban handbook facilitator --lang en",
		ValidArgs: names,
		Args:      a.wants(0, 1, engine.Both("nhiều nhất một tên", "one name at most")),
		RunE:      func(_ *cobra.Command, args []string) error { return a.handbook(args, names) },
	}
}

// handedOut is what handbook prints as JSON.
type handedOut struct {
	Handbooks []handed `json:"handbooks"`
}

type handed struct {
	For handbook.Reader `json:"for"`
	*handbook.Handbook
}

func (a *app) handbook(args, names []string) error {
	readers := handbook.Readers
	if len(args) == 1 {
		if !slices.Contains(names, args[0]) {
			hint := engine.Both("dùng một trong: %s", "use one of: %s", "["+strings.Join(names, ", ")+"]")
			if near := engine.Closest(args[0], names); near != "" {
				hint = engine.Both("có phải là %s?", "did you mean %s?", near)
			}
			return cannot(nil, engine.Both("không có sổ tay %q", "there is no handbook %q", args[0]), hint)
		}
		readers = []handbook.Reader{handbook.Reader(args[0])}
	}
	books := make([]handed, 0, len(readers))
	for _, r := range readers {
		h, err := handbook.Of(r, a.lang)
		if err != nil {
			return err
		}
		books = append(books, handed{r, h})
	}
	if a.json {
		return a.printJSON(handedOut{books})
	}
	for i, h := range books {
		if i > 0 {
			a.println("")
			a.println("")
		}
		a.printHandbook(h.Handbook)
	}
	return nil
}

func (a *app) printHandbook(h *handbook.Handbook) {
	a.println(a.bold(h.Title))
	a.paragraph("", h.Lead.String())
	for _, s := range h.Sections {
		a.heading(s.Title, s.Title)
		for _, b := range s.Blocks {
			for i, line := range b.Lines {
				switch b.Kind {
				case handbook.Paragraph:
					a.paragraph("", line.String())
				case handbook.Steps:
					a.item(strconv.Itoa(i+1)+".", line.String())
				case handbook.Keys:
					a.println("  " + pad(strings.Join(line.Keys, " "), 9) + line.String())
				default:
					a.item("-", line.String())
				}
			}
		}
	}
}
