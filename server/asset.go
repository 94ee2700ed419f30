package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

// assets are the style sheet, the script and the fonts, under names that
// change with their content so that a browser never asks for one twice.
var assets = sync.OnceValue(func() map[string]asset {
	out := map[string]asset{}
	files, _ := fs.Glob(web, "web/static/*")
	for _, name := range files {
		text, err := web.ReadFile(name)
		if err != nil {
			continue
		}
		sum := sha256.Sum256(text)
		ext := path.Ext(name)
		base := strings.TrimSuffix(path.Base(name), ext)
		out[path.Base(name)] = asset{url: "/static/" + base + "." + hex.EncodeToString(sum[:5]) + ext, text: text, kind: mime.TypeByExtension(ext)}
	}
	return out
})

type asset struct {
	url, kind string
	text      []byte
}

// assetURL is where a file of web/static is found.
func assetURL(name string) string { return assets()[name].url }

func (s *Server) registerAssets() {
	byURL := map[string]asset{}
	for _, a := range assets() {
		byURL[a.url] = a
	}
	s.page(Anybody, "GET /static/{name}", func(w http.ResponseWriter, r *http.Request, _ session) error {
		a, ok := byURL[r.URL.Path]
		if !ok {
			return errMissing
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		if a.kind != "" {
			w.Header().Set("Content-Type", a.kind)
		}
		_, _ = w.Write(a.text)
		return nil
	})
}
