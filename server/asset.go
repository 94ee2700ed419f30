package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

// assets are the style sheets, the scripts and the fonts, under names that
// change with their content so that a browser never asks for one twice. Where
// one names another ("./live.js", url(inter.woff2)) it is given that name.
var assets = sync.OnceValue(func() map[string]asset {
	out := map[string]asset{}
	files, _ := fs.Glob(web, "web/static/*")
	for _, name := range files {
		addAsset(out, path.Base(name), files)
	}
	return out
})

func addAsset(out map[string]asset, name string, files []string) asset {
	if a, ok := out[name]; ok {
		return a
	}
	text, err := web.ReadFile("web/static/" + name)
	if err != nil {
		return asset{}
	}
	ext := path.Ext(name)
	if ext == ".js" || ext == ".css" {
		for _, file := range files {
			other := path.Base(file)
			for _, mention := range []string{`"./` + other + `"`, "url(" + other + ")"} {
				if other != name && bytes.Contains(text, []byte(mention)) {
					to := path.Base(addAsset(out, other, files).url)
					text = bytes.ReplaceAll(text, []byte(mention), []byte(strings.Replace(mention, other, to, 1)))
				}
			}
		}
	}
	sum := sha256.Sum256(text)
	a := asset{url: "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext, text: text, kind: kinds[ext]}
	if small := pack(text, gzip.BestCompression); len(small) < len(text)*9/10 {
		a.packed = small
	}
	out[name] = a
	return a
}

// kinds are what the files are, whatever this machine thinks of their endings.
var kinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8"}

type asset struct {
	url, kind    string
	text, packed []byte // packed is shorter, or nil
}

// assetURL is where a file of web/static is found.
func assetURL(name string) string { return assets()[name].url }

func (s *Server) registerAssets() {
	byURL := sync.OnceValue(func() map[string]asset {
		out := map[string]asset{}
		for _, a := range assets() {
			out[a.url] = a
		}
		return out
	})
	s.page(Anybody, "GET /static/{name}", func(w http.ResponseWriter, r *http.Request, _ session) error {
		a, ok := byURL()[r.URL.Path]
		if !ok {
			return errMissing
		}
		h := w.Header()
		for _, ofPages := range []string{"Content-Security-Policy", "Referrer-Policy", "Cross-Origin-Opener-Policy"} {
			h.Del(ofPages)
		}
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		if a.kind != "" {
			w.Header().Set("Content-Type", a.kind)
		}
		text := a.text
		if a.packed != nil {
			w.Header().Add("Vary", "Accept-Encoding")
			if packed(r) {
				w.Header().Set("Content-Encoding", "gzip")
				text = a.packed
			}
		}
		_, _ = w.Write(text) // the reader may have gone
		return nil
	})
	s.page(Anybody, "GET /ca.crt", func(w http.ResponseWriter, _ *http.Request, _ session) error {
		if len(s.Authority) == 0 {
			return errMissing
		}
		w.Header().Set("Content-Type", "application/x-x509-ca-cert")
		_, _ = w.Write(s.Authority)
		return nil
	})
}
