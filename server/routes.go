package server

import (
	"context"
	"errors"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// route is one thing the server answers, and whom.
type route struct {
	Method  string
	Pattern string
	Access  Access
}

// register is the whole list of pages the server answers with. What is neither
// here nor in the API does not exist.
func (s *Server) register() {
	s.registerAssets()
	s.registerSignIn()
	s.registerJoin()
	s.registerPhone()
	s.registerDrills()
	s.registerTyped()
	s.registerBoard()
	s.registerHandbooks()
	s.registerPeople()
	s.registerInvited()
	s.registerWatch()
	s.registerConsole()
	s.registerEvaluator()
	s.registerPhotos()
	s.registerScreen()
	s.registerReview()
}

// page answers a browser.
func (s *Server) page(access Access, pattern string, answer func(w http.ResponseWriter, r *http.Request, who session) error) {
	method, path, _ := strings.Cut(pattern, " ")
	s.routes = append(s.routes, route{method, path, access})
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		who, err := s.admit(r, access)
		if err == nil {
			err = readForm(w, r, access)
		}
		if err == nil {
			err = answer(w, r, who)
		}
		if err != nil {
			s.failPage(w, r, err)
		}
	})
}

// mostForm is the largest form a page sends, a file apart, mostPlan one of
// those who lead, who write whole improvement plans, and formTime the longest
// it may take to arrive.
const (
	mostForm = 256 << 10
	mostPlan = 1 << 20
	formTime = 20 * time.Second
)

// readForm reads what a page sent, before anything is done with half of it.
// Files are sent by those who work on a drill; whoever wants them reads them.
func readForm(w http.ResponseWriter, r *http.Request, access Access) error {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" && access&^(Facilitator|Administrator|Evaluator) == 0 {
		return nil
	}
	most := int64(mostForm)
	if access&^(Facilitator|Administrator) == 0 {
		most = mostPlan
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	if r.ContentLength != 0 {
		deadline := http.NewResponseController(w)
		_ = deadline.SetReadDeadline(time.Now().Add(formTime)) // whoever cannot has no connection to wait on
		defer func() { _ = deadline.SetReadDeadline(time.Time{}) }()
	}
	read := r.ParseForm
	if kind == "multipart/form-data" {
		read = func() error { return r.ParseMultipartForm(mostForm) }
	}
	err := read()
	if _, big := errors.AsType[*http.MaxBytesError](err); err == nil || big {
		return err
	}
	return errForm
}

// Why a request is not let in.
var (
	errSignIn     = errors.New("sign in first")
	errForbidden  = errors.New("this is for others")
	errOtherDrill = errors.New("this is another drill's")
	errElsewhere  = errors.New("the facilitator's pages answer on the server's own machine only")
)

// who reads the session of a request; the zero session is nobody.
func (s *Server) who(r *http.Request) session {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return session{}
	}
	one, ok := s.sessions.find(cookie.Value)
	if !ok {
		return session{}
	}
	return one
}

// local reports whether a request comes from this machine.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// loopback reports whether an address is this machine's alone, so that no
// phone can reach it.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return err == nil && addr.IsLoopback()
}

// whoKey carries the session of a request to where it is answered.
type whoKey struct{}

func whoOf(ctx context.Context) session {
	who, _ := ctx.Value(whoKey{}).(session)
	return who
}

// mayLeadKey carries whether a request comes from where one may lead.
type mayLeadKey struct{}

func mayLeadOf(ctx context.Context) bool {
	may, _ := ctx.Value(mayLeadKey{}).(bool)
	return may
}
