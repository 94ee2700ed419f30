package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"saban/engine"
	"saban/server/photo"
	"saban/store"
)

// Photo is a photo as an evaluator sends it: what it belongs to, and the file.
type Photo struct {
	Key  string `query:"key" required:"true" doc:"Unique for this photo; sent again with every retry" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Task string `query:"task" required:"true" doc:"The response or the capability it is about" minLength:"1" maxLength:"64"`
	Text string `query:"text" doc:"What is to be seen on it" maxLength:"500"`

	RawBody []byte `contentType:"application/octet-stream"`
}

// What one drill keeps, and how many photos may be on their way at once.
const (
	mostPhotos     = 120
	mostPhotoBytes = 48 << 20
	mostArriving   = 6
	photoTime      = 60 * time.Second
)

var errPhotosArriving = errors.New("many photos arrive at once")

// photoKind is where the photos of a drill are kept, by their SHA-256.
func photoKind(drill string) string { return "photo " + drill }

func (s *Server) registerPhotos() {
	s.page(Evaluator|Facilitator, "POST /drills/{drill}/photos", s.postPhoto)
	s.page(Evaluator|Facilitator, "GET /drills/{drill}/photos/{photo}", s.showPhoto)
	s.page(Facilitator, "GET /drills/{drill}/photos.zip", s.photosZip)
}

func (a *apiOf) registerPhotos() {
	op(a, Evaluator|Facilitator, http.MethodPost, "/drills/{drill}/photos", "add-photo", "Add a photo, with or without words, to the notes of a task", func(ctx context.Context, in *struct {
		OfDrill
		Photo
	}) (*Acknowledged, error) {
		return a.addPhoto(ctx, whoOf(ctx), in.Drill, in.Photo)
	})
}

// album is what a room knows of the photos kept of it.
type album struct {
	mu    sync.Mutex
	sizes map[string]int // under mu: bytes by hash; nil: to be read
}

// addPhoto keeps a photo beside the log and notes in the log that it is there.
// The same key again answers with the first outcome.
func (s *Server) addPhoto(ctx context.Context, who session, drill string, in Photo) (*Acknowledged, error) {
	r, v, before, err := s.heard(who, drill, in.Key, in.Text)
	if before != nil || err != nil {
		return before, err
	}
	if sayingsOf(v).tasks[in.Task] == "" {
		return nil, &engine.Refusal{Code: engine.UnknownID, Why: engine.Both("không có nhiệm vụ %q", "there is no task %q", in.Task), Try: engine.Both("tải lại trang", "reload the page")}
	}
	kept, err := s.develop(ctx, in.RawBody)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(kept)
	cmd := engine.Command{Do: engine.Note, Actor: who.Person, Key: keyOf(who, in.Key), Body: engine.Body{ID: in.Task, Text: cleanText(in.Text), Photo: hex.EncodeToString(sum[:])}}
	seq, err := s.paste(ctx, r, cmd, kept)
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}

// develop makes of what was sent what is kept, one at a time: a large picture
// takes much room while it is drawn.
func (s *Server) develop(ctx context.Context, sent []byte) ([]byte, error) {
	select {
	case s.darkroom <- struct{}{}:
		defer func() { <-s.darkroom }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return photo.Clean(sent)
}

// paste keeps a photo, then has the note written. The photo goes when there is
// surely no note: one that a slow disk has not answered for may be there yet.
func (s *Server) paste(ctx context.Context, r *room, note engine.Command, kept []byte) (seq int64, err error) {
	r.photos.mu.Lock()
	defer r.photos.mu.Unlock()
	if err := r.photos.read(ctx, s.Store, r.id); err != nil {
		return 0, err
	}
	sizes, kind := r.photos.sizes, photoKind(r.id)
	_, known := sizes[note.Photo]
	if !known {
		if err := roomFor(sizes, len(kept)); err != nil {
			return 0, err
		}
		if err := s.Store.Put(ctx, kind, note.Photo, kept); err != nil {
			return 0, err
		}
		sizes[note.Photo] = len(kept)
	}
	seq, err = r.Do(note)
	if !known && surelyNot(err) {
		delete(sizes, note.Photo)
		err = errors.Join(err, s.Store.Put(context.WithoutCancel(ctx), kind, note.Photo, nil))
	}
	return seq, err
}

// surelyNot reports whether nothing was written, nor will be.
func surelyNot(err error) bool {
	_, refused := errors.AsType[*engine.Refusal](err)
	_, unfit := errors.AsType[*store.UnfitError](err)
	return refused || unfit
}

func (a *album) read(ctx context.Context, keep store.Store, drill string) error {
	if a.sizes != nil {
		return nil
	}
	records, err := keep.Records(ctx, photoKind(drill))
	if err != nil {
		return err
	}
	a.sizes = map[string]int{}
	for _, r := range records {
		a.sizes[r.ID] = len(r.Value)
	}
	return nil
}

// roomFor refuses a photo that is one too many.
func roomFor(sizes map[string]int, more int) error {
	total := more
	for _, n := range sizes {
		total += n
	}
	if len(sizes) < mostPhotos && total <= mostPhotoBytes {
		return nil
	}
	return &photo.Error{Why: engine.Both("buổi này đã giữ %d ảnh, không nhận thêm được", "this drill keeps %d photos and takes no more", len(sizes)), Try: engine.Both("ghi bằng lời", "write it in words")}
}

// arriving lets a few photos come in at once: each is held whole.
func (s *Server) arriving() (leave func(), err error) {
	select {
	case s.letterbox <- struct{}{}:
		return func() { <-s.letterbox }, nil
	default:
		return nil, errPhotosArriving
	}
}

// postPhoto takes a photo as a plain form.
func (s *Server) postPhoto(w http.ResponseWriter, r *http.Request, who session) error {
	leave, err := s.arriving()
	if err != nil {
		return err
	}
	defer leave()
	in, err := photoForm(w, r)
	if err == nil {
		_, err = s.addPhoto(r.Context(), who, r.PathValue("drill"), in)
	}
	if err != nil {
		p := tell(err, s.langOf(r))
		if p.Status >= http.StatusInternalServerError {
			return err
		}
		return s.showEvaluate(w, r, who, in.Task, p)
	}
	http.Redirect(w, r, "/drills/"+url.PathEscape(r.PathValue("drill"))+"/evaluate?task="+url.QueryEscape(in.Task), http.StatusSeeOther)
	return nil
}

// photoForm reads the form into memory, so that what a photo tells is on no
// disk.
func photoForm(w http.ResponseWriter, r *http.Request) (in Photo, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, photo.MaxSent+mostForm)
	deadline := http.NewResponseController(w)
	_ = deadline.SetReadDeadline(time.Now().Add(photoTime)) // whoever cannot has no connection to wait on
	defer func() { _ = deadline.SetReadDeadline(time.Time{}) }()
	if err := r.ParseMultipartForm(photo.MaxSent + mostForm); err != nil {
		if _, big := errors.AsType[*http.MaxBytesError](err); big {
			return in, err
		}
		return in, errForm
	}
	in.Task, in.Text = r.FormValue("task"), r.FormValue("text")
	for _, file := range r.MultipartForm.File["photo"] {
		if file.Size == 0 || in.RawBody != nil {
			continue
		}
		f, err := file.Open()
		if err != nil {
			return in, errForm
		}
		in.RawBody = make([]byte, file.Size)
		_, err = io.ReadFull(f, in.RawBody)
		_ = f.Close()
		if err != nil {
			return in, errForm
		}
	}
	in.Key, err = keyOn(r)
	return in, err
}
