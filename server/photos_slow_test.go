package server_test

import (
	"context"
	"net/http"
	"testing"

	"saban/engine"
	"saban/server/photo/phototest"
	"saban/store"
)

// awkward writes a note with a photo, or not, and says so in its own way.
type awkward struct {
	store.Store
	writes bool
	says   error
}

func (a *awkward) Append(ctx context.Context, drill string, events []engine.Event) error {
	for i := range events {
		if events[i].Photo == "" {
			continue
		}
		if a.writes {
			if err := a.Store.Append(ctx, drill, events); err != nil {
				return err
			}
		}
		return a.says
	}
	return a.Store.Append(ctx, drill, events)
}

// TestAPhotoStaysWithItsNote: it goes only when the note is known not to be
// there.
func TestAPhotoStaysWithItsNote(t *testing.T) {
	for name, c := range map[string]struct {
		awkward
		status, kept int
	}{
		"a disk so slow that nobody waits": {awkward{writes: true, says: context.DeadlineExceeded}, http.StatusServiceUnavailable, 1},
		"a disk that cannot say":           {awkward{says: &store.WriteError{Err: store.ErrNoSpace}}, http.StatusInsufficientStorage, 1},
		"a note that cannot be kept":       {awkward{says: &store.UnfitError{Text: engine.Both("không hợp", "unfit")}}, http.StatusUnprocessableEntity, 0},
		"a note that is refused":           {awkward{says: &engine.Refusal{Code: engine.UnknownID, Why: engine.Both("không có", "none")}}, http.StatusConflict, 0},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			c.Store = st.config.Store
			st.stop()
			st.config.Store = &c.awkward
			st.restart()
			d, _ := st.running()
			if res, said := st.evaluator(d, "e1").sendsPhoto(d, "R02", "first-photo", "cửa phụ", phototest.JPEG(t, phototest.Corners(64, 48))); res.StatusCode != c.status {
				t.Errorf("%s %s", res.Status, said)
			}
			kept := st.photos(d)
			if len(kept) != c.kept {
				t.Errorf("%d photos are kept", len(kept))
			}
			events, err := st.config.Store.Events(t.Context(), d.ID, 0)
			if err != nil {
				t.Fatal(err)
			}
			for i := range events {
				if hash := events[i].Photo; hash != "" && kept[hash] == nil {
					t.Errorf("event %d names a photo that is not kept", events[i].Seq)
				}
			}
		})
	}
}
