package server

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unique"

	"saban/engine"
	"saban/live"
)

// registerPhone: the one page of a participant, what it sends without script,
// and what this phone's roles have heard and said so far.
func (s *Server) registerPhone() {
	s.page(Participant, "GET /p", s.getPhone)
	s.page(Participant, "GET /p/live", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(who.Drill)
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		audience := phoneAudience(lang, who)
		room.Here(who.Device, who.Person, who.Roles)
		return s.stream(w, r, feed{room: room.Room, hall: room.hall, audience: unique.Make(audience), person: who.Person, changed: room.Acted, still: s.still(r), done: func() { room.Gone(who.Device) },
			brief: func(v *live.Brief) ([]region, error) {
				return phoneRegions(room, v, audience, s.readerOf(room, who, lang))
			}})
	})
	s.page(Participant, "GET /p/nhat-ky", s.getJournal)
	s.page(Participant, "POST /p/answer", s.postAnswer)
	s.page(Participant, "POST /p/rut-kinh-nghiem", s.postWords)
	s.page(Participant, "POST /p/relay", func(w http.ResponseWriter, r *http.Request, who session) error {
		key, err := keyOn(r)
		if err == nil {
			_, err = s.relay(who, Relay{Key: key, Inject: r.FormValue("inject"), To: r.FormValue("to")})
		}
		return s.backToPhone(w, r, who, Answer{Inject: r.FormValue("inject"), Role: r.FormValue("role")}, err)
	})
	s.page(Participant, "GET /p/su-co-that", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showAlarm(w, r, who, alarmForm{})
	})
	s.page(Participant, "POST /p/su-co-that", s.postAlarm)
	s.page(Participant, "POST /p/note", func(w http.ResponseWriter, r *http.Request, who session) error {
		m := Message{Inject: r.FormValue("inject"), Text: r.FormValue("text")}
		var err error
		if m.Key, err = keyOn(r); err == nil {
			_, err = s.message(who, m)
		}
		if err != nil {
			return s.showJournal(w, r, who, m, err)
		}
		http.Redirect(w, r, "/p/nhat-ky?told=1#told", http.StatusSeeOther)
		return nil
	})
}

func (s *Server) getPhone(w http.ResponseWriter, r *http.Request, who session) error {
	return s.showPhone(w, r, who, http.StatusOK, onPhone{}, r.URL.Query().Get("card"))
}

// showPhone draws the page, and has what it shows count as received.
func (s *Server) showPhone(w http.ResponseWriter, r *http.Request, who session, status int, o onPhone, key string) error {
	room, err := s.room(who.Drill)
	if errors.Is(err, errNoDrill) {
		return s.showEnded(w, r, who, who.Drill)
	}
	if err != nil {
		return err
	}
	as := s.readerOf(room, who, s.langOf(r))
	for range 2 {
		o.Live, o.Card = nil, nil
		o.Phone = phoneOf(room, room.Peek(), as)
		o.fill().turnTo(key)
		if r.Method == http.MethodHead || o.Card == nil || !o.Card.Unseen || s.seen(who, Seen{o.Card.Inject, o.Card.Role}) != nil {
			break
		}
		key = o.Card.Key // received now: drawn once more, with its question
	}
	o.Key = random(16)
	if o.Phase == "over" {
		o.Wash = washOf(o.Roles, as.Lang).with(ownWords(room.Peek(), who.Person, as.Lang), o.Words)
		o.Wash.Key = o.Key
	}
	return s.show(w, r, who, status, "phone", o.Title, &o)
}

// postAnswer takes an answer as a plain form.
func (s *Server) postAnswer(w http.ResponseWriter, r *http.Request, who session) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	a := Answer{Inject: r.FormValue("inject"), Role: r.FormValue("role"), Choices: r.Form["choice"], Text: r.FormValue("text")}
	for name, ids := range r.Form {
		if choice, ok := strings.CutPrefix(name, "boxes."); ok {
			a.Boxes = append(a.Boxes, Boxed{choice, ids})
		}
	}
	var err error
	if a.Key, err = keyOn(r); err == nil {
		_, err = s.answer(who, a)
	}
	return s.backToPhone(w, r, who, a, err)
}

// backToPhone leads back to the card, and with what was said where it was not
// taken.
func (s *Server) backToPhone(w http.ResponseWriter, r *http.Request, who session, a Answer, err error) error {
	key := a.Inject + "." + a.Role
	if err == nil {
		http.Redirect(w, r, "/p?card="+key, http.StatusSeeOther)
		return nil
	}
	p := tell(err, s.langOf(r))
	s.grave("answer failed", p, who.Drill, err)
	return s.showPhone(w, r, who, p.Status, onPhone{Wrong: p, Draft: a}, key)
}

// journal is all that reached these roles and what they said, oldest first.
type journal struct {
	*Phone
	Key   string
	Told  bool
	Wrong *Problem
	Draft Message
	Words []washField // said at the hot wash
}

func (s *Server) getJournal(w http.ResponseWriter, r *http.Request, who session) error {
	return s.showJournal(w, r, who, Message{Inject: r.URL.Query().Get("inject")}, nil)
}

func (s *Server) showJournal(w http.ResponseWriter, r *http.Request, who session, m Message, wrong error) error {
	room, v, err := s.lookBack(who.Drill)
	if err != nil {
		return err
	}
	lang := s.langOf(r)
	j := journal{Phone: phoneOf(room, v, s.readerOf(room, who, lang)), Key: random(16), Told: r.URL.Query().Has("told"), Draft: m}
	slices.Reverse(j.Cards)
	if said := ownWords(v, who.Person, lang); len(said) > 0 {
		j.Words = washOf(nil, lang).with(said, nil).Questions
	}
	status := http.StatusOK
	if wrong != nil {
		j.Wrong = tell(wrong, lang)
		status = j.Wrong.Status
	}
	return s.show(w, r, who, status, "journal", s.say(r, "Tin và câu trả lời của tôi", "What I heard and said"), &j)
}

// showEnded says that a drill's log is closed; what was heard and said in it
// can still be read.
func (s *Server) showEnded(w http.ResponseWriter, r *http.Request, who session, drill string) error {
	_, v, err := s.lookBack(drill)
	if err != nil {
		return err
	}
	var at int64
	for i := range v.Log {
		if v.Log[i].Type == engine.Ended {
			at = v.Log[i].Recorded
		}
	}
	return s.show(w, r, who, http.StatusGone, "ended", s.say(r, "Buổi này đã kết thúc", "This drill has ended"), struct{ At int64 }{at})
}

// showOutside tells a phone that is in no drill how to come in, and one that
// was turned away that it was.
func (s *Server) showOutside(w http.ResponseWriter, r *http.Request, who session) error {
	return s.show(w, r, who, http.StatusUnauthorized, "outside", s.say(r, "Chưa vào buổi diễn tập", "Not in a drill"), who)
}
