package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract holds every answer under /api/v1 against the API's own description.
type contract struct {
	t      testing.TB
	routes *http.ServeMux // path patterns to operations
	doc    map[string]any
	schema *jsonschema.Compiler

	mu       sync.Mutex
	compiled map[string]*jsonschema.Schema
	answered map[string]int // operation and status to how many answers
}

const docURL = "http://saban/openapi.json"

func newContract(t testing.TB, st *stage) *contract {
	t.Helper()
	_, text := st.browser().do("GET", "/api/v1/openapi.json", "", "")
	raw, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := &contract{t: t, routes: http.NewServeMux(), doc: raw.(map[string]any), schema: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}, answered: map[string]int{}}
	c.schema.DefaultDraft(jsonschema.Draft2020)
	c.schema.AssertFormat()
	if err := c.schema.AddResource(docURL, raw); err != nil {
		t.Fatal(err)
	}
	for _, op := range c.operations() {
		c.routes.HandleFunc(op, func(http.ResponseWriter, *http.Request) {})
	}
	return c
}

// operations lists what the description names, as GET /api/v1/drills/{drill}.
func (c *contract) operations() (out []string) {
	for path, item := range c.doc["paths"].(map[string]any) {
		for method := range item.(map[string]any) {
			out = append(out, strings.ToUpper(method)+" "+path)
		}
	}
	return out
}

// at walks down the description; nil where a step is missing.
func at(v any, steps ...string) any {
	for _, step := range steps {
		m, _ := v.(map[string]any)
		v = m[step]
	}
	return v
}

// RoundTrip checks an answer as it comes.
func (c *contract) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil || !strings.HasPrefix(req.URL.Path, "/api/") || strings.HasPrefix(req.URL.Path, "/api/v1/openapi") {
		return res, err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	if err == nil {
		err = c.check(req, res, body)
	}
	if err != nil {
		c.t.Errorf("%s %s answers %s: %v\n%s", req.Method, req.URL.Path, res.Status, err, short(body))
	}
	return res, nil
}

func short(b []byte) string { return string(b[:min(len(b), 2000)]) }

func (c *contract) check(req *http.Request, res *http.Response, body []byte) error {
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil && len(body) > 0 {
		return err
	}
	_, op := c.routes.Handler(req)
	method, path, _ := strings.Cut(op, " ")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answered[fmt.Sprint(op, " ", res.StatusCode/100*100)]++
	if res.StatusCode >= 400 {
		if kind != "application/problem+json" {
			return fmt.Errorf("a problem of type %q", kind)
		}
		if err := c.holds("/components/schemas/Problem", body); err != nil {
			return err
		}
		var p struct{ Status int }
		if err := json.Unmarshal(body, &p); err != nil || p.Status != res.StatusCode {
			return fmt.Errorf("the document says %d", p.Status)
		}
	}
	if op == "" {
		return nil // no operation: the problem document is all there is to hold
	}
	answer := at(c.doc, "paths", path, strings.ToLower(method), "responses", fmt.Sprint(res.StatusCode))
	if answer == nil {
		return fmt.Errorf("a status %s does not describe", op)
	}
	content := at(answer, "content")
	if content == nil {
		if len(body) > 0 {
			return fmt.Errorf("a body where none is described")
		}
		return nil
	}
	if at(content, kind, "schema") == nil {
		return fmt.Errorf("content of type %q, which %s does not describe", kind, op)
	}
	return c.holds(strings.Join([]string{"/paths", pointer(path), strings.ToLower(method), "responses", fmt.Sprint(res.StatusCode), "content", pointer(kind), "schema"}, "/"), body)
}

func pointer(step string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(step) }

// holds checks a body against the schema at a place of the description.
func (c *contract) holds(place string, body []byte) error {
	s := c.compiled[place]
	if s == nil {
		var err error
		if s, err = c.schema.Compile(docURL + "#" + place); err != nil {
			return err
		}
		c.compiled[place] = s
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return s.Validate(value)
}

// browser is a client whose every answer is checked.
func (c *contract) browser(st *stage) *client {
	jar, _ := cookiejar.New(nil)
	return &client{c.t, st.at.URL, &http.Client{Jar: jar, Transport: c}}
}
