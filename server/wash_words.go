package server

import (
	"context"
	"net/http"
	"slices"

	"saban/engine"
	"saban/live"
)

// washQuestion is one of the three questions of a hot wash.
type washQuestion struct {
	Mode string // of the note that answers it
	Ask  engine.Text
}

var washQuestions = []washQuestion{
	{engine.WentWell, engine.Text{VI: "Điều gì làm tốt?", EN: "What worked?"}},
	{engine.WentBadly, engine.Text{VI: "Điều gì chưa tốt?", EN: "What did not work?"}},
	{engine.ToChange, engine.Text{VI: "Một việc cần thay đổi?", EN: "One thing to change?"}},
}

// Word is what a participant says at the hot wash.
type Word struct {
	Key      string `json:"key" doc:"Unique for this act; sent again with every retry" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Question string `json:"question" doc:"What worked, what did not, the one thing to change" enum:"went_well,went_badly,to_change"`
	Role     string `json:"role,omitempty" doc:"Which of this phone's roles says it, if not the first" maxLength:"64"`
	Text     string `json:"text" minLength:"1" maxLength:"500"`
}

// mostWord is how many characters a word at the hot wash has at most.
const mostWord = 500

// SaidWord is one answer somebody has given.
type SaidWord struct {
	Question string        `json:"question" enum:"went_well,went_badly,to_change"`
	Role     string        `json:"role,omitempty" doc:"Who says it, by role"`
	Text     string        `json:"text"`
	At       engine.Millis `json:"at_ms" doc:"Exercise time, which stands still after EndEx"`
	Wall     int64         `json:"wall_ms" doc:"When the server had it, wall clock"`
}

// OwnWords are what a person has said at the hot wash.
type OwnWords struct {
	Open  bool       `json:"open" doc:"Words are taken: the drill is over and its log is not closed"`
	Words []SaidWord `json:"words"`
}

func (a *apiOf) registerWords() {
	op(a, Participant, http.MethodPost, "/phone/hotwash", "say-at-hot-wash", "Answer one of the three questions of the hot wash", func(ctx context.Context, in *struct{ Body Word }) (*Acknowledged, error) {
		return a.word(whoOf(ctx), in.Body)
	})
	op(a, Participant, http.MethodGet, "/phone/hotwash", "get-own-words", "What this person has said at the hot wash", func(ctx context.Context, _ *struct{}) (*struct{ Body OwnWords }, error) {
		who := whoOf(ctx)
		_, v, err := a.lookBack(who.Drill)
		if err != nil {
			return nil, err
		}
		_, err = a.room(who.Drill)
		return &struct{ Body OwnWords }{OwnWords{err == nil && v.Phase == "over", ownWords(v, who.Person, langOf(ctx))}}, nil
	})
}

// word puts a participant's answer into the log.
func (s *Server) word(who session, in Word) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	if err := shortEnough(in.Text, mostWord); err != nil {
		return nil, err
	}
	body := engine.Body{Mode: in.Question, Role: in.Role, Text: cleanText(in.Text)}
	if !has(who.Roles, body.Role) {
		body.Role = ""
	}
	if body.Role == "" && len(who.Roles) > 0 {
		body.Role = who.Roles[0]
	}
	seq, err := r.Do(engine.Command{Do: engine.Note, Actor: who.Person, Key: keyOf(who, in.Key), Body: body})
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}

// wordsIn are the words of the hot wash in a log, what was taken back left
// out, oldest first.
func wordsIn(v *live.Brief) []*engine.Event {
	return v.Once("words of the hot wash", func() any {
		gone := map[int64]bool{}
		var out []*engine.Event
		for i := range v.Log {
			switch e := &v.Log[i]; {
			case e.Type == engine.Retracted:
				gone[e.Of] = true
			case e.Type == engine.Noted && engine.HotWash(e.Mode):
				out = append(out, e)
			}
		}
		return slices.DeleteFunc(out, func(e *engine.Event) bool { return gone[e.Seq] })
	}).([]*engine.Event)
}

// lastWord is the event of the last of them, or 0.
func lastWord(v *live.Brief) int64 {
	if words := wordsIn(v); len(words) > 0 {
		return words[len(words)-1].Seq
	}
	return 0
}

func ownWords(v *live.Brief, person string, lang engine.Lang) []SaidWord {
	out := []SaidWord{}
	for _, e := range wordsIn(v) {
		if e.Actor == person {
			out = append(out, SaidWord{e.Mode, speaker(v, e.Role, lang), e.Text, e.At, e.Recorded})
		}
	}
	return out
}

// washForm is the three questions as a phone asks them.
type washForm struct {
	Key       string // of what is sent without script; "" where a script has its own
	Roles     []PhoneRole
	Role      string
	Questions []washField
}

// washField is one question, with what was said to it and what a draft holds.
type washField struct {
	Mode, Ask, Draft string
	Said             []SaidWord
}

// washOf is the form on the phone of some roles.
func washOf(roles []PhoneRole, lang engine.Lang) *washForm {
	f := &washForm{Roles: roles}
	for _, q := range washQuestions {
		f.Questions = append(f.Questions, washField{Mode: q.Mode, Ask: q.Ask.In(lang)})
	}
	return f
}

// with adds what a person has said already, and what was sent and not taken.
func (f *washForm) with(said []SaidWord, draft map[string]string) *washForm {
	f.Role = draft["role"]
	for i := range f.Questions {
		q := &f.Questions[i]
		q.Draft = draft[q.Mode]
		for _, one := range said {
			if one.Question == q.Mode {
				q.Said = append(q.Said, one)
			}
		}
	}
	return f
}

// postWords takes the three answers as a plain form. Each is an act of its
// own, so that sending the form again adds what was not taken and no more.
func (s *Server) postWords(w http.ResponseWriter, r *http.Request, who session) error {
	key, err := keyOn(r)
	said, draft := 0, map[string]string{"role": r.FormValue("role")}
	for _, q := range washQuestions {
		text := r.FormValue(q.Mode)
		if cleanText(text) == "" {
			continue
		}
		if err == nil {
			_, err = s.word(who, Word{Key: key + "-" + q.Mode, Question: q.Mode, Role: r.FormValue("role"), Text: text})
		}
		if err != nil {
			draft[q.Mode] = text
		}
		said++
	}
	if err == nil && said == 0 {
		err = &engine.Refusal{Code: engine.BadValue, Why: engine.Both("chưa viết gì", "nothing is written"), Try: engine.Both("viết ít nhất một câu", "write at least one answer")}
	}
	if err == nil {
		http.Redirect(w, r, "/p#wash", http.StatusSeeOther)
		return nil
	}
	p := tell(err, s.langOf(r))
	s.grave("word of the hot wash failed", p, who.Drill, err)
	return s.showPhone(w, r, who, p.Status, onPhone{Wrong: p, Words: draft}, "")
}
