package server

import (
	"slices"
	"strings"
	"unicode/utf8"

	"saban/engine"
	"saban/live"
)

// ScreenWash is what the room's screen shows of the hot wash: an inject, and
// what was expected at it and how long the result is only once each was
// revealed. It names roles, never people.
type ScreenWash struct {
	Show        string
	No, Of      int // the inject's place among all
	Step        *ScreenStep
	Words       []ScreenWords
	Result      *WashResult
	Page, Pages int // from 0
}

// ScreenStep is an inject, with what came of it once that was revealed.
type ScreenStep struct {
	At                       engine.Millis
	Channel, To, Title, Text string
	Size                     string // long texts are set smaller
	Revealed                 bool
	Outcomes                 []Outcome
}

// ScreenWords are the answers to one question that fit on a page.
type ScreenWords struct {
	Ask   string
	Count int
	Words []ScreenSaid
}

// ScreenSaid is one answer and the role that gave it.
type ScreenSaid struct{ Role, Text string }

// How much fits on the screen: expected responses, and lines of a column of
// words, of so many letters each, with those a word takes beside its text.
const (
	mostOutcomes = 5
	mostLines    = 17
	lineLetters  = 34
	besideLines  = 1.5
)

// screenWashOf decides what the room's screen shows of a hot wash, or nil
// before it begins. look is asked only for what has been revealed.
func screenWashOf(v *live.Brief, at HotWash, look func() *live.View, lang engine.Lang) *ScreenWash {
	if v.Phase != "over" || at.Show == showOver {
		return nil
	}
	steps := released(v)
	out := &ScreenWash{Show: at.Show, Of: len(steps), Pages: 1}
	switch at.Show {
	case showStep:
		i := slices.IndexFunc(steps, func(in *engine.InjectView) bool { return in.Inject.ID == at.Step })
		if i < 0 {
			return nil
		}
		out.No = i + 1
		out.step(v, steps[i], at, look, lang)
	case showWords:
		out.words(washWords(v, &at, lang), at.Page)
	case showResult:
		if at.Result {
			out.Result = resultOf(&look().Card, lang)
		}
	}
	return out
}

func (w *ScreenWash) step(v *live.Brief, in *engine.InjectView, at HotWash, look func() *live.View, lang engine.Lang) {
	w.Step = &ScreenStep{At: in.ReleasedAt, Channel: in.Inject.Channel, To: addressees(v, in, lang), Text: strings.TrimSpace(in.Text.In(lang)), Revealed: has(at.Revealed, in.Inject.ID)}
	if title := in.Inject.Title.In(lang); !strings.HasPrefix(w.Step.Text, title) {
		w.Step.Title = title
	}
	switch n := utf8.RuneCountInString(w.Step.Text); {
	case n > 800:
		w.Step.Size = "tiny"
	case n > 260:
		w.Step.Size = "small"
	}
	if !w.Step.Revealed {
		return
	}
	all := slices.Collect(slices.Chunk(outcomesOf(look(), in.Inject.ID, lang), mostOutcomes))
	w.Pages = max(len(all), 1)
	w.Page = min(at.Page, w.Pages-1)
	if len(all) > 0 {
		w.Step.Outcomes = all[w.Page]
	}
}

// words puts what was said on pages, as much on each as its columns hold.
func (w *ScreenWash) words(all []WashWords, page int) {
	columns := make([][][]ScreenSaid, len(all))
	for i, q := range all {
		columns[i] = pagesOf(q.Roles)
		w.Pages = max(w.Pages, len(columns[i]))
	}
	w.Page = min(page, w.Pages-1)
	for i, q := range all {
		one := ScreenWords{Ask: q.Ask}
		for _, on := range columns[i] {
			one.Count += len(on)
		}
		if w.Page < len(columns[i]) {
			one.Words = columns[i][w.Page]
		}
		w.Words = append(w.Words, one)
	}
}

func pagesOf(roles []RoleWords) (pages [][]ScreenSaid) {
	room := 0.0
	for _, role := range roles {
		for _, word := range role.Words {
			if word.Hidden || word.Waits {
				continue
			}
			text := strings.Join(strings.Fields(word.Text), " ")
			lines := float64((utf8.RuneCountInString(text)+lineLetters-1)/lineLetters) + besideLines
			if lines > room {
				pages, room = append(pages, nil), mostLines
			}
			room -= lines
			pages[len(pages)-1] = append(pages[len(pages)-1], ScreenSaid{role.Role, text})
		}
	}
	return pages
}
