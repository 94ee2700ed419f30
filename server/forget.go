package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/store"
)

// Forgotten is what came of removing a person's name.
type Forgotten struct {
	People []Removed `json:"people" doc:"Whose names, places and sessions were removed"`
	Said   []Said    `json:"said" doc:"What people wrote in which the name stands: it belongs to the log, which is never changed"`
	Drafts []Drafted `json:"drafts" doc:"Where it stands in drafts of drills held on paper: to be mended there"`
	Plans  []Planned `json:"plans" doc:"What people wrote over a report, or in its improvement plan, in which the name stands: whoever leads can change it there"`
	Pinned []string  `json:"pinned" doc:"Drills, and drafts of drills held on paper, whose scenario or site file holds the name"`
	Photos []Album   `json:"photos" doc:"Photos evaluators took: nobody has looked whether a person or a name is to be seen on them"`
	Copies []string  `json:"copies" doc:"Copies of the data in which it was removed as well"`
	Left   []string  `json:"left" doc:"Files of the data folder that still hold the name"`
}

// Removed is a person, or an invitation, whose name was removed.
type Removed struct {
	Drill  string `json:"drill"`
	Person string `json:"person" doc:"The id, which stays in the log"`
}

// Album is how many photos a drill keeps.
type Album struct {
	Drill  string `json:"drill"`
	Photos int    `json:"photos" minimum:"1"`
}

// Said is an event in which somebody wrote a name.
type Said struct {
	Drill string           `json:"drill"`
	Seq   int64            `json:"seq"`
	Type  engine.EventType `json:"type"`
	Text  string           `json:"text"`
}

// Drafted is a line of a draft in which somebody wrote a name.
type Drafted struct {
	Draft string `json:"draft"`
	Text  string `json:"text"`
}

// Planned is a text of the review of a drill in which somebody wrote a name.
type Planned struct {
	Drill string `json:"drill"`
	Text  string `json:"text"`
}

// ErrNobody says that no person of this name or id is kept.
var ErrNobody = errors.New("there is nobody of this name or id")

// Forget removes what a person is called from a store: the name, the place in
// the drill, the sessions. whom is a name, whole, or a person's id; drill
// narrows it to one drill. That it was done is noted, without the name.
// ErrNobody comes with what else was found. No server may be using the store.
func Forget(ctx context.Context, keep store.Store, whom, drill string, now time.Time) (Forgotten, error) {
	return forgetBy(ctx, keep, whom, drill, "", now)
}

func forgetBy(ctx context.Context, keep store.Store, whom, drill, by string, now time.Time) (Forgotten, error) {
	out, names, err := seek(ctx, keep, whom, drill)
	if err != nil {
		return out, err
	}
	drills := drillsAbout(drill)
	var forms []string
	for _, n := range names {
		forms = append(forms, norm.NFC.String(n), norm.NFD.String(n))
	}
	done, err := keep.Erase(ctx, func(all []store.Kept) []store.Kept { return about(all, names, out.People, drills) }, forms)
	if err != nil {
		return out, err
	}
	out.Copies, out.Left = append(out.Copies, done.Copies...), append(out.Left, done.Left...)
	for _, p := range out.People {
		if err := noteIn(ctx, keep, now, p.Drill, Deed{What: "forgotten", By: by, About: p.Person}); err != nil {
			return out, err
		}
	}
	if len(out.People) == 0 {
		return out, ErrNobody
	}
	return out, nil
}

// seek finds whose names are meant, what they are, and where else they stand.
func seek(ctx context.Context, keep store.Store, whom, drill string) (Forgotten, []string, error) {
	out := Forgotten{People: []Removed{}, Said: []Said{}, Drafts: []Drafted{}, Plans: []Planned{}, Pinned: []string{}, Photos: []Album{}, Copies: []string{}, Left: []string{}}
	entries, err := keep.Drills(ctx)
	if err != nil {
		return out, nil, err
	}
	var names []string
	for _, e := range entries {
		if drill != "" && e.Drill != drill {
			continue
		}
		people, called, err := whose(ctx, keep, e.Drill, whom)
		if err != nil {
			return out, nil, err
		}
		out.People, names = append(out.People, people...), append(names, called...)
	}
	if len(out.People) == 0 && cleanName(whom) != "" {
		names = append(names, cleanName(whom))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	in := mentioning(names)
	for _, e := range entries {
		if drill != "" && e.Drill != drill {
			continue
		}
		if err := out.mentions(ctx, keep, e.Drill, in); err != nil {
			return out, nil, err
		}
	}
	return out, names, out.mentionsInDrafts(ctx, keep, drill, in)
}

// mentioning reports whether one of the names stands in a text.
func mentioning(names []string) func(text string) bool {
	folded := make([]string, 0, len(names))
	for _, n := range names {
		folded = append(folded, strings.ToLower(norm.NFC.String(n)))
	}
	return func(text string) bool {
		text = strings.ToLower(norm.NFC.String(text))
		return slices.ContainsFunc(folded, func(n string) bool { return strings.Contains(text, n) })
	}
}

// whose finds the people of a drill who are called so or have this id.
func whose(ctx context.Context, keep store.Store, drill, whom string) (people []Removed, names []string, err error) {
	records, err := keep.Records(ctx, nameKind(drill))
	if err != nil {
		return nil, nil, err
	}
	for _, r := range records {
		if r.ID == whom || sameName(string(r.Value), whom) {
			people, names = append(people, Removed{drill, r.ID}), append(names, string(r.Value))
		}
	}
	guests, err := keep.Records(ctx, guestKind(drill))
	for _, r := range guests {
		if r.ID == whom && len(people) == 0 {
			people = append(people, Removed{drill, r.ID})
		}
	}
	return people, names, err
}

// sameName compares names as they are read: capitals and the way letters are
// composed do not count, their marks do.
func sameName(a, b string) bool { return strings.EqualFold(cleanName(a), cleanName(b)) }

// drillsAbout reports whether records of a drill are meant.
func drillsAbout(drill string) func(string) bool {
	return func(other string) bool { return drill == "" || drill == other }
}

// about picks the records of people who are called so, in whatever copy they
// stand, and of those known by id.
func about(all []store.Kept, names []string, people []Removed, meant func(drill string) bool) (gone []store.Kept) {
	who := map[Removed]bool{}
	for _, p := range people {
		who[p] = true
	}
	for _, k := range all {
		drill, ok := strings.CutPrefix(k.Kind, nameKind(""))
		if ok && meant(drill) && slices.ContainsFunc(names, func(n string) bool { return sameName(n, string(k.Value)) }) {
			who[Removed{drill, k.ID}] = true
		}
	}
	for _, k := range all {
		kind, drill, _ := strings.Cut(k.Kind, " ")
		switch kind + " " {
		case nameKind(""), guestKind(""):
			if who[Removed{drill, k.ID}] {
				gone = append(gone, k)
			}
		case sessionKind + " ":
			var one session
			if json.Unmarshal(k.Value, &one) == nil && one.Drill != "" && who[Removed{one.Drill, one.Person}] {
				gone = append(gone, k)
			}
		}
	}
	return gone
}

// mentions notes where else in a drill a name stands, or may be seen.
func (f *Forgotten) mentions(ctx context.Context, keep store.Store, drill string, in func(text string) bool) error {
	events, err := keep.Events(ctx, drill, 0)
	if err != nil {
		return err
	}
	for i := range events {
		e := &events[i]
		if in(string(e.AppendJSON(nil))) {
			f.Said = append(f.Said, Said{drill, e.Seq, e.Type, cmp.Or(wordsOfEvent(e), string(e.Type))})
		}
	}
	n, err := keptPhotos(ctx, keep, drill)
	if err != nil {
		return err
	}
	if n > 0 {
		f.Photos = append(f.Photos, Album{drill, n})
	}
	review, err := reviewedIn(ctx, keep, drill)
	if err != nil {
		return err
	}
	for _, text := range review.texts() {
		if in(text) {
			f.Plans = append(f.Plans, Planned{drill, text})
		}
	}
	h, err := keep.Header(ctx, drill)
	if err == nil && pinnedIn(h, in) {
		f.Pinned = append(f.Pinned, drill)
	}
	return err
}

// pinnedIn reports whether a name stands in what a header pins.
func pinnedIn(h store.Header, in func(text string) bool) bool {
	return in(h.Scenario.Bytes) || h.Site != nil && in(h.Site.Bytes)
}

// forget removes a name from a drill of this server, whose phones and pages
// are told.
func (s *Server) forget(ctx context.Context, who session, drill, whom string) (Forgotten, error) {
	out, err := forgetBy(ctx, s.Store, whom, drill, who.Person, s.Time.Wall())
	if err != nil && !errors.Is(err, ErrNobody) {
		return out, err
	}
	for _, files := range [][]string{out.Left, out.Copies} { // where the folder lies is nobody's business here
		for i := range files {
			files[i] = filepath.Base(files[i])
		}
	}
	room, _ := s.room(drill)
	for _, p := range out.People {
		if err := s.sessions.forget(ctx, func(o session) bool { return o.Drill == p.Drill && o.Person == p.Person }); err != nil {
			return out, err
		}
		if room != nil {
			room.settle(p.Person, nil)
			room.call(p.Person, "")
		}
	}
	if room != nil {
		room.Stir()
	}
	return out, err
}
