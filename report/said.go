package report

import (
	"cmp"
	"slices"
	"strings"

	"saban/engine"
	"saban/report/document"
)

// Said is a word of the hot wash. What was said more than once stands once.
type Said struct {
	Question string   `json:"question"` // engine.WentWell, WentBadly or ToChange
	Text     string   `json:"text"`     // as the first wrote it
	Times    int      `json:"times"`
	Roles    []string `json:"roles"` // whose holders said so, as they came; empty: nobody's who played
	Events   []int64  `json:"events"`
}

// questions of the hot wash, in the order they are asked.
var questions = []struct {
	mode         string
	title, short engine.Text
}{
	{engine.WentWell, engine.Text{VI: "Điều làm tốt", EN: "What went well"}, engine.Text{VI: "điều làm tốt", EN: "that went well"}},
	{engine.WentBadly, engine.Text{VI: "Điều chưa tốt", EN: "What went badly"}, engine.Text{VI: "điều chưa tốt", EN: "that went badly"}},
	{engine.ToChange, engine.Text{VI: "Điều cần thay đổi", EN: "What to change"}, engine.Text{VI: "điều cần thay đổi", EN: "to change"}},
}

// QuestionTitle is what a question of the hot wash asks for: engine.WentWell,
// WentBadly or ToChange, and no other.
func QuestionTitle(mode string) engine.Text { return questions[asked(mode)].title }

// Mends reports whether a word names something to mend, so that a row of the
// improvement plan may come of it.
func (s *Said) Mends() bool { return s.Question != engine.WentWell }

// said gathers the words of the hot wash by question, what was said most
// first. Persons are not named.
func (b *builder) said() []Said {
	var all []Said
	at := map[[2]string]int{}
	for i := range b.log {
		e := &b.log[i]
		if !hotWash(e) || b.gone[e.Seq] != 0 || strings.TrimSpace(e.Text) == "" {
			continue
		}
		key := [2]string{e.Mode, folded(e.Text)}
		n, known := at[key]
		if !known {
			n = len(all)
			at[key] = n
			all = append(all, Said{Question: e.Mode, Text: strings.TrimSpace(e.Text), Roles: []string{}})
		}
		s := &all[n]
		s.Times++
		s.Events = append(s.Events, e.Seq)
		if e.Role != "" && !slices.Contains(s.Roles, e.Role) {
			s.Roles = append(s.Roles, e.Role)
		}
	}
	slices.SortStableFunc(all, func(x, y Said) int {
		return cmp.Or(cmp.Compare(asked(x.Question), asked(y.Question)), cmp.Compare(y.Times, x.Times))
	})
	return all
}

// asked is where a question stands among them.
func asked(mode string) int {
	for i, q := range questions {
		if q.mode == mode {
			return i
		}
	}
	return len(questions)
}

func hotWash(e *engine.Event) bool { return e.Type == engine.Noted && engine.HotWash(e.Mode) }

// wordAt reports whether an event is a word of the hot wash.
func (b *builder) wordAt(seq int64) bool {
	return slices.ContainsFunc(b.log, func(e engine.Event) bool { return e.Seq == seq && hotWash(&e) })
}

// folded is what words are compared by: capitals, spaces and the stop at the
// end make no other word.
func folded(text string) string {
	return strings.TrimRight(strings.Join(strings.Fields(strings.ToLower(text)), " "), ".…! ")
}

// voices is part III's table of what was said, or nothing when nobody said
// anything.
func (d *draft) voices() []document.Block {
	var rows []document.Row
	for _, q := range questions {
		n := len(rows)
		words := 0
		for i := range d.r.Said {
			if s := &d.r.Said[i]; s.Question == q.mode {
				words += s.Times
				rows = append(rows, row(rowOf(s.Events[0]), d.word(s), plain(d.voicesOf(s)), d.numbers(s.Events)))
			}
		}
		if words > 0 {
			title := []document.Run{bold(d.text(engine.Fill("%s: %s", "%s: %s", q.title, engine.Counted(words, "%s ý kiến", "%s word", "%s words"))))}
			rows = slices.Insert(rows, n, document.Row{Span: true, Cells: [][]document.Run{title}})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []document.Block{
		d.line("Lời của người tham gia ngay sau buổi tập, theo câu hỏi; không nêu tên ai. Điều nhiều người cùng nói đứng trước.",
			"What those who took part said right after the drill, by question; nobody is named. What several said comes first."),
		d.table("Ý kiến khi rút kinh nghiệm nhanh", "Said at the hot wash", []document.Column{
			d.col("Ý kiến", "What was said", 0.62, document.Left), d.col("Vai", "Role", 0.22, document.Left), d.col("Sự kiện", "Event no.", 0.16, document.Left),
		}, rows, engine.Text{}),
	}
}

// word is what was said, and how often when more than once.
func (d *draft) word(s *Said) []document.Run {
	runs := plain(s.Text)
	if s.Times > 1 {
		runs = append(runs, bold(d.text(engine.Fill(" (%s lần)", " (%s times)", number(s.Times)))))
	}
	return runs
}

// voicesOf names the roles that said so.
func (d *draft) voicesOf(s *Said) string {
	if len(s.Roles) == 0 {
		return d.pick("ban tổ chức ghi", "noted by the organisers")
	}
	titles := make([]string, len(s.Roles))
	for i, id := range s.Roles {
		titles[i] = d.name(id)
	}
	return strings.Join(titles, ", ")
}

// heard leads from a summary to what was said.
func (d *draft) heard() []document.Block {
	var parts []engine.Text
	for _, q := range questions {
		n := 0
		for i := range d.r.Said {
			if d.r.Said[i].Question == q.mode {
				n += d.r.Said[i].Times
			}
		}
		if n > 0 {
			parts = append(parts, engine.Fill("%s %s", "%s %s", number(n), q.short))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	text := engine.Fill("Ý kiến khi rút kinh nghiệm nhanh (mục III.3): %s.", "Said at the hot wash (part III.3): %s.", join(parts, ", "))
	return []document.Block{d.para(document.Body, document.Run{Text: d.text(text), Link: "said"})}
}
