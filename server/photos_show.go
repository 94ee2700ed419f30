package server

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"saban/engine"
	"saban/live"
	"saban/server/photo"
	"saban/store"
)

// showPhoto shows a photo to whoever may read the note it came with.
func (s *Server) showPhoto(w http.ResponseWriter, r *http.Request, who session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	hash := r.PathValue("photo")
	if !mayLookAt(room.Look(), who, hash) {
		return errMissing
	}
	picture, err := s.photo(r.Context(), room.id, hash)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", photo.Kind)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	w.Header().Set("Content-Disposition", `inline; filename="`+hash[:shortSum]+`.jpg"`)
	w.Header().Set("Content-Length", strconv.Itoa(len(picture)))
	_, _ = w.Write(picture) // the reader may have gone
	return nil
}

// shortSum is how many digits of a hash people read.
const shortSum = 12

// mayLookAt reports whether a note with this photo is one somebody may read:
// their own, or of a task they have rated, or any for who leads.
func mayLookAt(v *live.View, who session, hash string) bool {
	said := sayingsOf(v)
	for task, notes := range said.notes {
		for _, e := range notes {
			if e.Photo == hash && (who.Access.Leads() || e.Actor == who.Person || said.rated(task, who.Person)) {
				return true
			}
		}
	}
	return false
}

// photo reads a photo and holds it against its hash, which is in the log.
func (s *Server) photo(ctx context.Context, drill, hash string) ([]byte, error) {
	picture, err := s.Store.Get(ctx, photoKind(drill), hash)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(picture); hex.EncodeToString(sum[:]) != hash {
		return nil, &store.DamageError{What: engine.Both("ảnh %.12s đã bị sửa", "photo %.12s was altered", hash)}
	}
	return picture, nil
}

// photosZip hands out the photos of a drill, with a list of their hashes that
// sha256sum -c reads and the log of the drill names. Those that cannot be had
// are listed too.
func (s *Server) photosZip(w http.ResponseWriter, r *http.Request, _ session) error {
	id := r.PathValue("drill")
	var out bytes.Buffer
	err := s.atPress(r.Context(), func() error {
		events, err := s.Store.Events(r.Context(), id, 0)
		if err != nil {
			return err
		}
		return s.packPhotos(r.Context(), zip.NewWriter(&out), id, events)
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(id)+`.photos.zip"`)
	w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
	_, _ = out.WriteTo(w) // the reader may have gone
	return nil
}

func (s *Server) packPhotos(ctx context.Context, z *zip.Writer, drill string, events []engine.Event) error {
	var sums, lost bytes.Buffer
	seen, kept := map[string]bool{}, false
	for i := range events {
		e := &events[i]
		if e.Photo == "" || seen[e.Photo] {
			continue
		}
		seen[e.Photo] = true
		picture, err := s.photo(ctx, drill, e.Photo)
		kept = kept || !errors.Is(err, store.ErrNotFound)
		if why := lostPhoto(err); !why.Empty() {
			fmt.Fprintf(&lost, "#%d  %s  %s / %s\n", e.Seq, e.Photo, why.VI, why.EN)
			continue
		}
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%05d-%.12s.jpg", e.Seq, e.Photo)
		fmt.Fprintf(&sums, "%s  %s\n", e.Photo, name)
		if err := zipped(z, name, zip.Store, time.UnixMilli(e.Recorded), picture); err != nil {
			return err
		}
	}
	if !kept {
		return &engine.Refusal{Code: engine.UnknownID, Why: engine.Both("máy này không giữ ảnh nào của buổi", "no photos of this drill are kept here")}
	}
	if err := zipped(z, "SHA256SUMS", zip.Deflate, time.Time{}, sums.Bytes()); err != nil {
		return err
	}
	if lost.Len() > 0 {
		const head = "Ảnh có trong nhật ký mà không có ở đây:\nPhotos the log names that are not here:\n\n"
		if err := zipped(z, "THIEU-MISSING.txt", zip.Deflate, time.Time{}, append([]byte(head), lost.Bytes()...)); err != nil {
			return err
		}
	}
	return z.Close()
}

// lostPhoto says why a photo cannot be had though all else can; nothing where
// that is not so.
func lostPhoto(err error) engine.Text {
	if errors.Is(err, store.ErrNotFound) {
		return engine.Both("máy này không giữ", "not kept here")
	}
	if damaged, ok := errors.AsType[*store.DamageError](err); ok {
		return damaged.Text()
	}
	return engine.Text{}
}

func zipped(z *zip.Writer, name string, method uint16, at time.Time, content []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: at.UTC()})
	if err == nil {
		_, err = f.Write(content)
	}
	return err
}

// keptPhotos counts the photos kept here of a drill; one brought from
// elsewhere comes without.
func keptPhotos(ctx context.Context, keep store.Store, drill string) (int, error) {
	records, err := keep.Records(ctx, photoKind(drill))
	return len(records), err
}
