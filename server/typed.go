package server

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/paper"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// typed is a drill held on paper while it is typed in, as it is kept.
type typed struct {
	Title    string      `json:"title,omitempty"`
	Scenario engine.Text `json:"scenario"`          // its title
	Text     string      `json:"text"`              // the draft, an X.paper.yaml
	Rows     int         `json:"rows"`              // how many
	Elapsed  bool        `json:"elapsed,omitempty"` // 7:30 on the papers is after the start, not a time of day
	Undone   []string    `json:"undone,omitempty"`  // responses said not to have been done
	Version  int         `json:"version"`           // how often it was changed
	Changed  int64       `json:"changed"`           // wall clock, milliseconds since 1970 UTC
	Drill    string      `json:"drill,omitempty"`   // what it became
}

const (
	typedKind  = "typed"
	sourceKind = "typed sources" // what was played, the header of the drill to be
	mostDrafts = 200
)

// typing is a draft that was opened.
type typing struct {
	typed
	id     string
	header store.Header
	file   *scenarios.File
	rubric scoring.Rubric
	sheet  *scenarios.Sheet
	draft  *scenarios.Draft
	played *engine.Scenario // with what was written on the spot
}

// openTyped reads a draft with what was played.
func (s *Server) openTyped(ctx context.Context, id string) (*typing, error) {
	t := &typing{id: id}
	for kind, into := range map[string]any{typedKind: &t.typed, sourceKind: &t.header} {
		value, err := s.Store.Get(ctx, kind, id)
		if err == nil {
			err = json.Unmarshal(value, into)
		}
		if err != nil {
			return nil, err
		}
	}
	var err error
	if t.file, t.rubric, err = unpin(&t.header); err != nil {
		return nil, err
	}
	if t.sheet, err = scenarios.OpenSheet(scenarios.Source{Name: t.name(), Bytes: []byte(t.Text)}); err != nil {
		return nil, err
	}
	if found := t.look(t.sheet); t.draft == nil {
		return nil, found
	}
	return t, nil
}

// ID is what the draft is asked for by.
func (t *typing) ID() string { return t.id }

// Day, From and To say when the drill was held.
func (t *typing) Day() string  { return strings.Join(t.sheet.Head("day"), "") }
func (t *typing) From() string { return t.draft.TimeOfDay(0) }
func (t *typing) To() string   { return t.draft.TimeOfDay(t.draft.End) }

// name is what the file of the draft is called.
func (t *typing) name() string { return t.file.Scenario.ID + "." + fileName(t.id) + ".paper.yaml" }

// look takes a sheet for what is typed in, and says what is wrong with it.
func (t *typing) look(sheet *scenarios.Sheet) scenarios.Findings {
	src := scenarios.Source{Name: t.name(), Bytes: sheet.Bytes()}
	draft, found := scenarios.ReadDraft(src, t.file.Scenario)
	if draft != nil { // it can be read at all
		t.sheet, t.draft, t.played = sheet, draft, draft.Played(t.file.Scenario)
		t.Text, t.Rows = string(src.Bytes), sheet.Rows()
	}
	return found
}

// try has a copy of the sheet changed, and takes it where nothing is wrong
// with it.
func (t *typing) try(change func(*scenarios.Sheet) error) (scenarios.Findings, error) {
	next, before := t.sheet.Clone(), *t
	if err := change(next); err != nil {
		return nil, err
	}
	found := t.look(next).Only(scenarios.Error)
	if len(found) > 0 {
		*t = before
	}
	return found, nil
}

// changeTyped has a draft changed, one change after another, and keeps it. A
// draft that has become a drill is not changed any more.
func (s *Server) changeTyped(ctx context.Context, id string, change func(*typing) error) error {
	s.typing.Lock()
	defer s.typing.Unlock()
	t, err := s.openTyped(ctx, id)
	if err != nil {
		return err
	}
	if t.Drill != "" {
		return errTypedIn
	}
	before := jsonText(t.typed)
	if err := change(t); err != nil || jsonText(t.typed) == before {
		return err
	}
	t.Version++
	return s.keepTyped(ctx, id, t.typed)
}

func jsonText(v any) string {
	text, _ := json.Marshal(v) // of texts and numbers
	return string(text)
}

func (s *Server) keepTyped(ctx context.Context, id string, t typed) error {
	t.Changed = s.Time.Wall().UnixMilli()
	return s.Store.Put(ctx, typedKind, id, []byte(jsonText(t)))
}

// beginTyped keeps a new draft.
func (s *Server) beginTyped(ctx context.Context, h store.Header, t typed) (id string, err error) {
	s.typing.Lock()
	defer s.typing.Unlock()
	list, err := s.Store.Records(ctx, typedKind)
	if err != nil {
		return "", err
	}
	if len(list) >= mostDrafts {
		return "", &engine.Refusal{Code: engine.BadValue, Why: engine.Both("đã có %d bản nháp", "there are %d drafts already", len(list)), Try: engine.Both("bỏ những bản không dùng nữa", "throw away those that are of no use any more")}
	}
	id, h.Seed = "p"+random(6), 1
	if err := s.Store.Put(ctx, sourceKind, id, []byte(jsonText(h))); err != nil {
		return "", err
	}
	return id, s.keepTyped(ctx, id, t)
}

// copyTyped begins another draft as one stands, with what it was played under.
func (s *Server) copyTyped(ctx context.Context, id string) (string, error) {
	t, err := s.openTyped(ctx, id)
	if err != nil {
		return "", err
	}
	again := t.typed
	again.Drill, again.Version = "", 0
	return s.beginTyped(ctx, t.header, again)
}

// dropTyped throws a draft away.
func (s *Server) dropTyped(ctx context.Context, id string) error {
	s.typing.Lock()
	defer s.typing.Unlock()
	return errors.Join(s.Store.Put(ctx, typedKind, id, nil), s.Store.Put(ctx, sourceKind, id, nil))
}

// errTypedIn says that a draft is a drill by now.
var errTypedIn = errors.New("the draft was made into a drill")

// finishTyped makes the drill of a draft, once: whenever it is asked again,
// the drill is the same. What the engine does not take is found.
func (s *Server) finishTyped(ctx context.Context, id string) (drill string, found scenarios.Findings, err error) {
	s.typing.Lock()
	defer s.typing.Unlock()
	t, err := s.openTyped(ctx, id)
	if err != nil {
		return "", nil, err
	}
	if t.Drill != "" {
		if _, there := s.entry(ctx, t.Drill); there {
			return t.Drill, nil, nil
		}
	}
	log, found := paper.Log(t.file, t.draft)
	if found.Failed() {
		return "", found.Only(scenarios.Error), nil
	}
	file, err := t.drillFile(log)
	if err != nil {
		return "", nil, err
	}
	t.Drill = store.ImportName(paper.DrillID(t.file, t.draft), file)
	// The draft is closed before there is a drill of it: whatever happens in
	// between, it makes no other one.
	if err := s.keepTyped(ctx, id, t.typed); err != nil {
		return "", nil, err
	}
	if _, err := s.Store.Import(ctx, bytes.NewReader(file)); err != nil {
		return "", nil, err
	}
	if t.Title != "" {
		err = s.setPlan(ctx, t.Drill, Plan{Title: t.Title, Speed: engine.Whole})
	}
	return t.Drill, nil, err
}

// drillFile is the file of a drill, closed: what saban enter writes.
func (t *typing) drillFile(log []engine.Event) ([]byte, error) {
	h := t.header
	h.Engine, h.Seed, h.Drill = engine.Version, t.draft.Seed, paper.DrillID(t.file, t.draft)
	var out bytes.Buffer
	w, err := store.NewWriter(&out, h)
	if err == nil {
		err = w.Append(log)
	}
	if err == nil {
		_, err = w.Close()
	}
	return out.Bytes(), err
}

// typedDraft is a draft as a list shows it.
type typedDraft struct {
	ID string
	typed
}

// typedDrafts are all, the one changed last first.
func typedDrafts(ctx context.Context, keep store.Store) ([]typedDraft, error) {
	records, err := keep.Records(ctx, typedKind)
	if err != nil {
		return nil, err
	}
	out := make([]typedDraft, len(records))
	for i, r := range records {
		out[i].ID = r.ID
		if err := json.Unmarshal(r.Value, &out[i].typed); err != nil {
			return nil, fmt.Errorf("draft %s: %w", r.ID, err)
		}
	}
	slices.SortFunc(out, func(a, b typedDraft) int {
		return cmp.Or(cmp.Compare(b.Changed, a.Changed), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

// mentionsInDrafts notes the rows of drafts in which a name stands. A draft is of no
// drill until it has become one.
func (f *Forgotten) mentionsInDrafts(ctx context.Context, keep store.Store, drill string, in func(string) bool) error {
	drafts, err := typedDrafts(ctx, keep)
	if err != nil {
		return err
	}
	for _, t := range drafts {
		if drill != "" && t.Drill != drill {
			continue
		}
		value, err := keep.Get(ctx, sourceKind, t.ID)
		var h store.Header
		if err == nil {
			err = json.Unmarshal(value, &h)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) { // what only half came to be is looked through, too
			return fmt.Errorf("draft %s: %w", t.ID, err)
		}
		if pinnedIn(h, in) {
			f.Pinned = append(f.Pinned, t.ID)
		}
		for line := range strings.Lines(t.Title + "\n" + t.Text) {
			if in(line) {
				f.Drafts = append(f.Drafts, Drafted{t.ID, cmp.Or(saidIn(line, in), strings.Trim(line, " -\n"))})
			}
		}
	}
	return nil
}

var quotedTexts = scenarios.NewPattern(`"(?:[^"\\]|\\.)*"`)

// saidIn is the first text of a row that a test finds, without what YAML puts
// around it.
func saidIn(line string, in func(string) bool) string {
	for _, one := range quotedTexts().FindAllString(line, -1) {
		if text, err := strconv.Unquote(one); err == nil && in(text) {
			return text
		}
	}
	return ""
}
