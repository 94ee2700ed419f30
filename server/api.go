package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"saban/engine"
	"saban/server/photo"
)

// newAPI answers for every act under /api/v1, with a description any client can
// read at /api/v1/openapi.json.
func newAPI(s *Server) *apiOf {
	config := huma.DefaultConfig("Sa bàn", engine.Version)
	config.Info.Description = "Conducts tabletop drills. Times named _ms are exercise time in milliseconds since StartEx unless said otherwise."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/v1/openapi", "", ""
	config.CreateHooks = nil // no $schema links in answers: they would point at names this server does not answer
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.Servers = []*huma.Server{{URL: "/", Description: "Whatever address this server is reached at"}}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"cookie": {Type: "apiKey", In: "cookie", Name: cookieName}}
	describeNumbers(config.Components.Schemas)
	a := &apiOf{Server: s, mux: http.NewServeMux()}
	a.api = humago.New(a.mux, config)
	a.routes = []route{{http.MethodGet, "/api/v1/openapi.json", Anybody}, {http.MethodGet, "/api/v1/openapi.yaml", Anybody},
		{http.MethodGet, "/api/v1/openapi-3.0.json", Anybody}, {http.MethodGet, "/api/v1/openapi-3.0.yaml", Anybody}}
	a.registerDoors()
	a.registerPhone()
	a.registerWords()
	a.registerWash()
	a.registerDrills()
	a.registerBoard()
	a.registerPeople()
	a.registerEvaluate()
	a.registerPhotos()
	describeScorecard(config.Components.Schemas)
	return a
}

// What the API library refuses by itself is a Problem, too. The library has
// one form of it for the whole process.
func init() {
	huma.NewErrorWithContext = problemOf
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problemOf(nil, status, msg, errs...)
	}
}

// apiOf registers operations with the access they want.
type apiOf struct {
	*Server
	api    huma.API
	mux    *http.ServeMux
	routes []route
}

// op adds one operation. Nobody else but access gets to its handler.
func op[I, O any](a *apiOf, access Access, method, path, id, summary string, handler func(context.Context, *I) (*O, error)) {
	o := huma.Operation{Method: method, Path: "/api/v1" + path, OperationID: id, Summary: summary, MaxBodyBytes: mostAct,
		Errors: faults, Security: []map[string][]string{{}}}
	if access&^(Facilitator|Administrator) != 0 {
		o.MaxBodyBytes = mostForm
	}
	if access&Anybody == 0 {
		o.Security = []map[string][]string{{"cookie": {}}}
	}
	if strings.HasSuffix(path, "/import") {
		o.MaxBodyBytes = mostBody
	}
	photos := strings.HasSuffix(path, "/photos")
	if photos {
		o.MaxBodyBytes, o.BodyReadTimeout = photo.MaxSent, photoTime
	}
	a.routes = append(a.routes, route{method, o.Path, access})
	o.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		who, err := a.admit(r, access)
		if err == nil && photos {
			var leave func()
			if leave, err = a.arriving(); err == nil {
				defer leave()
			}
		}
		if err != nil {
			p := tell(err, a.langOf(r))
			_ = huma.WriteErr(a.api, ctx, p.Status, "", p)
			return
		}
		asked := context.WithValue(context.WithValue(ctx.Context(), whoKey{}, who), langKey{}, a.langOf(r))
		next(huma.WithContext(ctx, context.WithValue(asked, mayLeadKey{}, a.mayLead(r))))
	}}
	huma.Register(a.api, o, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			p := tell(err, langOf(ctx))
			if p.Status >= http.StatusInternalServerError {
				a.Log.Error("act failed", "operation", id, "error", err)
			}
			return nil, p
		}
		return out, nil
	})
}

// faults are what any operation may answer when it cannot do as it is told.
var faults = []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusRequestTimeout, http.StatusConflict, http.StatusGone,
	http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusMisdirectedRequest, http.StatusUnprocessableEntity,
	http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusInsufficientStorage}

// mostAct is the largest thing an act carries: an ad hoc inject or a scenario.
const mostAct = 2 << 20

type langKey struct{}

func langOf(ctx context.Context) engine.Lang {
	lang, _ := ctx.Value(langKey{}).(engine.Lang)
	return lang
}

// problemOf turns what the API library refuses by itself into a Problem.
func problemOf(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	for _, err := range errs {
		if p, ok := errors.AsType[*Problem](err); ok {
			return p
		}
	}
	lang := engine.VI
	if ctx != nil {
		if l, ok := ctx.Context().Value(langKey{}).(engine.Lang); ok {
			lang = l
		}
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: "bad_request",
		Detail: engine.Both("yêu cầu không đúng mẫu", "the request does not have the form it should").In(lang)}
	switch {
	case status >= http.StatusInternalServerError:
		p.Code, p.Detail = "failed", engine.Both("máy chủ gặp lỗi; chưa có gì được ghi nhận", "the server failed; nothing was acknowledged").In(lang)
		return p
	case status == http.StatusRequestEntityTooLarge:
		p.Code, p.Detail = "too_large", engine.Both("nội dung gửi lớn quá", "what was sent is too large").In(lang)
	case status == http.StatusRequestTimeout:
		p.Code, p.Detail = "slow_sender", engine.Both("gửi chậm quá", "it was sent too slowly").In(lang)
	}
	_ = msg // English only; what is wrong stands in Errors
	for _, err := range errs {
		p.Errors = append(p.Errors, faultOf(err))
	}
	return p
}

// faultOf says what is wrong and where, and does not repeat what was sent.
func faultOf(err error) string {
	if d, ok := errors.AsType[*huma.ErrorDetail](err); ok {
		return d.Location + ": " + d.Message
	}
	return err.Error()
}
