package server_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
	"saban/server/photo/phototest"
)

// sendsPhoto sends a photo as the tablet does.
func (c *client) sendsPhoto(d created, task, key, text string, file []byte) (*http.Response, string) {
	c.t.Helper()
	q := url.Values{"key": {key}, "task": {task}, "text": {text}}
	return c.do("POST", "/api/v1/drills/"+d.ID+"/photos?"+q.Encode(), "application/octet-stream", string(file))
}

// takes is sendsPhoto of what has to be taken; it returns the photo's hash.
func (c *client) takes(d created, task, key, text string, file []byte) string {
	c.t.Helper()
	if res, said := c.sendsPhoto(d, task, key, text, file); res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %s %s", key, res.Status, said)
	}
	notes := c.task(d, task).Notes
	return notes[len(notes)-1].Photo
}

func (st *stage) photos(d created) map[string][]byte {
	st.t.Helper()
	records, err := st.config.Store.Records(st.t.Context(), "photo "+d.ID)
	if err != nil {
		st.t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, r := range records {
		out[r.ID] = r.Value
	}
	return out
}

func TestAPhotoIsKeptWithoutWhatItTells(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	sent := phototest.Telling(t, phototest.Corners(640, 480), 6)
	hash := a.takes(d, "R02", "first-photo", "cửa phụ còn mở", sent)
	kept := st.photos(d)
	if len(kept) != 1 || len(kept[hash]) == 0 {
		t.Fatalf("%d photos are kept, %q among them: %t", len(kept), hash, kept[hash] != nil)
	}
	for _, secret := range phototest.Secrets {
		if !bytes.Contains(sent, []byte(secret)) {
			t.Errorf("the photo sent does not hold %q", secret)
		}
		if bytes.Contains(kept[hash], []byte(secret)) {
			t.Errorf("%q is kept", secret)
		}
	}
	if sum := sha256.Sum256(kept[hash]); hex.EncodeToString(sum[:]) != hash {
		t.Error("the hash is another's")
	}
	if size, err := jpeg.DecodeConfig(bytes.NewReader(kept[hash])); err != nil || size.Width != 480 || size.Height != 640 {
		t.Errorf("held on its side it is kept %d by %d: %v", size.Width, size.Height, err)
	}
	log := st.log(d.ID)
	last := log[len(log)-1]
	if last.Type != engine.Noted || last.Photo != hash || last.Text != "cửa phụ còn mở" || last.ID != "R02" || last.Actor != "e1" {
		t.Errorf("the log says %+v", last)
	}
	res, picture := a.do("GET", "/drills/"+d.ID+"/photos/"+hash, "", "")
	if res.StatusCode != http.StatusOK || picture != string(kept[hash]) || res.Header.Get("Content-Type") != "image/jpeg" ||
		res.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'; sandbox") || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("shown: %s %v", res.Status, res.Header)
	}
	if _, page := a.do("GET", "/drills/"+d.ID+"/evaluate?lang=vi&task=R02", "", ""); !strings.Contains(page, `src="/drills/`+d.ID+"/photos/"+hash+`"`) {
		t.Error("the page does not show it")
	}
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"?lang=vi", "", ""); !strings.Contains(page, "cửa phụ còn mở (kèm ảnh "+hash[:12]+")") {
		t.Error("the console does not name it")
	}
}

func TestAPhotoSentTwiceIsOne(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	file := phototest.JPEG(t, phototest.Corners(64, 48))
	for range 2 {
		if res, said := a.sendsPhoto(d, "R02", "the-same-key", "", file); res.StatusCode != http.StatusOK {
			t.Fatalf("%s %s", res.Status, said)
		}
	}
	a.takes(d, "R02", "another-key", "cùng ảnh", file)
	if notes := a.task(d, "R02").Notes; len(notes) != 2 || len(st.photos(d)) != 1 {
		t.Errorf("%d notes, %d photos", len(notes), len(st.photos(d)))
	}
	if status, _ := a.judge(d, "rate", "R02", map[string]any{"rating": "M"}); status != http.StatusOK {
		t.Errorf("words with a photo do not ground a rating: %d", status)
	}
	b := st.evaluator(d, "e2")
	b.takes(d, "R02", "without-words", "", file)
	if status, _ := b.judge(d, "rate", "R02", map[string]any{"rating": "M"}); status != http.StatusConflict {
		t.Errorf("a photo without a word says why: %d", status)
	}
}

// TestWhoSeesAPhoto: by the rules of notes, and nobody else.
func TestWhoSeesAPhoto(t *testing.T) {
	st := newStage(t)
	d, phones := st.running()
	other := st.drill()
	a, b, lead := st.evaluator(d, "e1"), st.evaluator(d, "e2"), st.of(server.Facilitator, d)
	at := "/drills/" + d.ID + "/photos/" + a.takes(d, "R02", "first-photo", "", phototest.JPEG(t, phototest.Corners(64, 48)))
	for name, c := range map[string]struct {
		who  *client
		want int
	}{
		"who took it": {a, 200}, "another evaluator": {b, 404}, "the facilitator": {lead, 200}, "the administrator": {st.lead, 200}, "a participant": {phones["guard"], 401},
		"an observer": {st.of(server.Observer, d), 403}, "a screen": {st.of(server.Projector, d), 403}, "nobody": {st.browser(), 401},
		"another drill's evaluator": {st.of(server.Evaluator, other), 403}, "another drill's facilitator": {st.of(server.Facilitator, other), 403},
	} {
		if got := c.who.status(t, "GET", at); got != c.want && !(c.want == 401 && got == 403) {
			t.Errorf("%s: %d", name, got)
		}
	}
	b.judges(d, "rate", "R02", map[string]any{"rating": "P"})
	if got := b.status(t, "GET", at); got != http.StatusOK {
		t.Errorf("another evaluator who has rated: %d", got)
	}
	if notes := b.task(d, "R02").Notes; len(notes) != 1 || notes[0].Photo == "" {
		t.Errorf("beside their own notes: %+v", notes)
	}
	for _, hash := range []string{strings.Repeat("0", 64), "..%2f..%2fetc", "x"} {
		if got := a.status(t, "GET", "/drills/"+d.ID+"/photos/"+hash); got != http.StatusNotFound {
			t.Errorf("%s: %d", hash, got)
		}
	}
}

func TestWhatIsNoPhotoOfADrillIsRefused(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	good := phototest.JPEG(t, phototest.Corners(64, 48))
	before := len(st.log(d.ID))
	for name, c := range map[string]struct {
		task, text string
		file       []byte
		status     int
		says       string
	}{
		"words":           {"R02", "", []byte("<script>alert(1)</script>"), 422, "no JPEG"},
		"nothing":         {"R02", "", nil, 400, ""},
		"half a photo":    {"R02", "", good[:len(good)/2], 422, "damaged"},
		"of no task":      {"R99", "", good, 409, "no task"},
		"without a task":  {"", "", good, 422, ""},
		"too many words":  {"R02", strings.Repeat("x", 501), good, 422, ""},
		"too many bytes":  {"R02", "", make([]byte, 12<<20+1), 413, ""},
		"a large picture": {"R02", "", phototest.JPEG(t, phototest.Corners(6000, 4001)), 422, "million"},
	} {
		if res, said := a.sendsPhoto(d, c.task, "refused-"+strings.ReplaceAll(name, " ", "-"), c.text, c.file); res.StatusCode != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s: %s %s", name, res.Status, said)
		}
	}
	if after := len(st.log(d.ID)); after != before || len(st.photos(d)) != 0 {
		t.Errorf("%d events and %d photos came of it", after-before, len(st.photos(d)))
	}
}

func TestADrillKeepsSoManyPhotos(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	shot := func(i int) (*http.Response, string) {
		return a.sendsPhoto(d, "R02", fmt.Sprintf("photo-number-%d", i), "", phototest.JPEG(t, phototest.Corners(16+i, 8)))
	}
	for i := range 120 {
		if res, said := shot(i); res.StatusCode != http.StatusOK {
			t.Fatalf("photo %d: %s %s", i, res.Status, said)
		}
	}
	if got := len(st.photos(d)); got != 120 {
		t.Fatalf("%d photos are kept", got)
	}
	if res, said := shot(121); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(said, "120 photos and takes no more") {
		t.Errorf("one more: %s %s", res.Status, said)
	}
}

// TestAPhotoAsAPlainForm is sent without a script.
func TestAPhotoAsAPlainForm(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	post := func(key string, file []byte) (*http.Response, string) {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for _, field := range [][2]string{{"key", key}, {"task", "R02"}, {"text", "bằng tay"}} {
			_ = form.WriteField(field[0], field[1])
		}
		_, _ = form.CreateFormFile("photo", "") // the camera that was not used
		part, _ := form.CreateFormFile("photo", "x.jpg")
		_, _ = part.Write(file)
		_ = form.Close()
		return a.do("POST", "/drills/"+d.ID+"/photos", form.FormDataContentType(), body.String())
	}
	if res, _ := post("plain-photo-1", phototest.JPEG(t, phototest.Corners(64, 48))); res.StatusCode != http.StatusOK || res.Request.URL.Query().Get("task") != "R02" {
		t.Errorf("%s at %s", res.Status, res.Request.URL)
	}
	if notes := a.task(d, "R02").Notes; len(notes) != 1 || notes[0].Photo == "" || notes[0].Text != "bằng tay" {
		t.Errorf("%+v", notes)
	}
	if res, page := post("plain-photo-2", []byte("nonsense")); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "this file is no JPEG") {
		t.Errorf("nonsense: %s", res.Status)
	}
	if res, _ := post("plain-photo-3", make([]byte, 13<<20)); res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %s", res.Status)
	}
}

// TestPhotosLeaveWithTheDrill: as a file that names what the log names, even
// when the drill is closed, and known to whoever has a name forgotten.
func TestPhotosLeaveWithTheDrill(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	at := "/drills/" + d.ID + "/photos.zip"
	if res, _ := st.lead.do("GET", at, "", ""); res.StatusCode != http.StatusConflict {
		t.Errorf("without photos: %s", res.Status)
	}
	hash := a.takes(d, "R02", "first-photo", "", phototest.JPEG(t, phototest.Corners(64, 48)))
	st.pass(d.ID, 2*time.Minute)
	st.does(d, "end", nil)
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"/result?lang=en", "", ""); !strings.Contains(page, "Download 1 photos") {
		t.Error("the page of the result does not offer them")
	}
	if got := a.status(t, "GET", at); got != http.StatusForbidden {
		t.Errorf("an evaluator: %d", got)
	}
	res, text := st.lead.do("GET", at, "", "")
	z, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
	if err != nil || len(z.File) != 2 || res.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("%s %v %v", res.Status, err, z)
	}
	var files [2]string
	for i := range files {
		f, err := z.File[i].Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = string(content)
	}
	if files[0] != string(st.photos(d)[hash]) || files[1] != hash+"  "+z.File[0].Name+"\n" {
		t.Errorf("%s: %d bytes; %s", z.File[0].Name, len(files[0]), files[1])
	}
	done, err := server.Forget(t.Context(), st.config.Store, "không ai", "", time.Now())
	if err == nil || len(done.Photos) != 1 || done.Photos[0] != (server.Album{Drill: d.ID, Photos: 1}) {
		t.Errorf("forget tells of %+v (%v)", done.Photos, err)
	}
}
