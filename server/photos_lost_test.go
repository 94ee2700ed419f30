package server_test

import (
	"archive/zip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/server"
	"saban/server/photo/phototest"
)

// unzipped is what a zip holds, by name, and the names as they come.
func unzipped(t *testing.T, text string) (map[string]string, []string) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	out, names := map[string]string{}, []string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name], names = string(content), append(names, f.Name)
	}
	return out, names
}

// TestOnePhotoLostIsNotAll: those that are there come, those that are not are
// listed.
func TestOnePhotoLostIsNotAll(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	gone := a.takes(d, "R02", "photo-gone", "", phototest.JPEG(t, phototest.Corners(64, 48)))
	altered := a.takes(d, "R02", "photo-altered", "", phototest.JPEG(t, phototest.Corners(48, 48)))
	there := a.takes(d, "R02", "photo-there", "", phototest.JPEG(t, phototest.Corners(32, 48)))
	for hash, value := range map[string][]byte{gone: nil, altered: []byte("another picture")} {
		if err := st.config.Store.Put(t.Context(), "photo "+d.ID, hash, value); err != nil {
			t.Fatal(err)
		}
	}
	res, text := st.lead.do("GET", "/drills/"+d.ID+"/photos.zip", "", "")
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s", res.Status, text)
	}
	files, names := unzipped(t, text)
	if len(names) != 3 || files[names[0]] != string(st.photos(d)[there]) || files["SHA256SUMS"] != there+"  "+names[0]+"\n" {
		t.Errorf("it holds %q", names)
	}
	list := files["THIEU-MISSING.txt"]
	for _, want := range []string{gone + "  máy này không giữ / not kept here\n", altered + "  ", "was altered", "đã bị sửa", "Ảnh có trong nhật ký"} {
		if !strings.Contains(list, want) {
			t.Errorf("%q is not in the list:\n%s", want, list)
		}
	}
	if strings.Contains(list, there) {
		t.Error("what is there is listed as missing")
	}
}

// TestADrillBroughtFromElsewhereHasNoPhotos: its log names them, but they were
// not in the file.
func TestADrillBroughtFromElsewhereHasNoPhotos(t *testing.T) {
	st, other := newStage(t), newStage(t)
	d, _ := st.running()
	st.evaluator(d, "e1").takes(d, "R02", "first-photo", "", phototest.JPEG(t, phototest.Corners(64, 48)))
	st.pass(d.ID, 2*time.Minute)
	st.does(d, "end", nil)
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	_, file := st.lead.do("GET", "/drills/"+d.ID+"/file", "", "")
	if res, said := other.lead.do("POST", "/api/v1/drills/import", "application/jsonl", file); res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s", res.Status, said)
	}
	drills, err := other.config.Store.Drills(t.Context())
	if err != nil || len(drills) != 1 {
		t.Fatalf("%d drills: %v", len(drills), err)
	}
	at := "/drills/" + drills[0].Drill
	if res, page := other.lead.do("GET", at+"/result?lang=en", "", ""); res.StatusCode != http.StatusOK || strings.Contains(page, "photos.zip") {
		t.Errorf("its page offers photos: %s", res.Status)
	}
	if res, said := other.lead.do("GET", at+"/photos.zip", "", ""); res.StatusCode != http.StatusConflict || !strings.Contains(said, "no photos of this drill are kept here") {
		t.Errorf("%s %s", res.Status, said)
	}
	done, err := server.Forget(t.Context(), other.config.Store, "không ai", "", time.Now())
	if err == nil || slices.ContainsFunc(done.Photos, func(a server.Album) bool { return a.Drill == drills[0].Drill }) {
		t.Errorf("forget tells of %+v (%v)", done.Photos, err)
	}
}
