package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"saban/engine"
	"saban/live"
	"saban/server/photo"
	"saban/store"
)

// Problem is what an error tells a program, after RFC 9457. Title is the same
// for every problem of a code; Detail says what happened this time, Try what to
// do about it, both in the language asked for.
type Problem struct {
	Type   string   `json:"type" doc:"Always about:blank; Code tells problems apart" example:"about:blank"`
	Title  string   `json:"title" doc:"What kind of problem it is"`
	Status int      `json:"status" doc:"HTTP status"`
	Code   string   `json:"code" doc:"A word that tells this problem from others" example:"paused"`
	Detail string   `json:"detail,omitempty" doc:"What happened this time"`
	Try    string   `json:"try,omitempty" doc:"What to do about it"`
	Errors []string `json:"errors,omitempty" doc:"Each fault of the request"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the status the answer is sent with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType names the format of the answer.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// What stops a request before anything is done.
var (
	errHost    = errors.New("the server is called by its address, not by a name")
	errTooMany = errors.New("too many requests")
	errInside  = errors.New("the server failed")
	errCode    = errors.New("there is no drill of this code")
	errFull    = errors.New("all places are taken")
	errMissing = errors.New("there is no such page")
	errMethod  = errors.New("this page does not take that method")
	errForm    = errors.New("the form cannot be read")
	errForeign = errors.New("another site asked")
	errWrong   = errors.New("the passphrase is wrong")
)

// answers is how each error is told, the most particular first. An error that
// is not here is told as a failure of the server, its own text to nobody.
var answers = []struct {
	is     error
	status int
	code   string
	why    engine.Text
	try    engine.Text
}{
	{errSignIn, http.StatusUnauthorized, "sign_in", engine.Both("cần đăng nhập hoặc vào buổi diễn tập trước", "sign in or join the drill first"), engine.Both("quét lại mã, hoặc đăng nhập", "scan the code again, or sign in")},
	{errForbidden, http.StatusForbidden, "forbidden", engine.Both("quyền của bạn không đủ cho việc này", "this is not for you to do"), engine.Both("hỏi người điều khiển", "ask the facilitator")},
	{errOtherDrill, http.StatusForbidden, "other_drill", engine.Both("bạn chưa được mời vào buổi diễn tập này", "you were not invited to this drill"), engine.Both("xin người điều khiển lời mời cho buổi này", "ask the facilitator for an invitation to it")},
	{errElsewhere, http.StatusForbidden, "elsewhere", engine.Both("trang của người điều khiển chỉ mở trên chính máy chủ", "the facilitator's pages open on the server's own machine only"),
		engine.Both("mở trên máy chạy saban serve, hoặc chạy lại với --tls hay --control-on-lan", "open it on the machine that runs saban serve, or start it with --tls or --control-on-lan")},
	{errHost, http.StatusMisdirectedRequest, "host", engine.Both("hãy gọi máy chủ bằng địa chỉ số, không bằng tên", "call the server by its address, not by a name"), engine.Text{}},
	{errTooMany, http.StatusTooManyRequests, "too_many", engine.Both("quá nhiều yêu cầu từ máy này", "too many requests from this machine"), engine.Both("chờ vài giây rồi thử lại", "wait a few seconds, then try again")},
	{errPhotosArriving, http.StatusTooManyRequests, "too_many", engine.Both("nhiều ảnh đang gửi cùng lúc", "many photos are arriving at once"), engine.Both("chờ vài giây rồi gửi lại", "wait a few seconds, then send it again")},
	{errCode, http.StatusNotFound, "no_such_code", engine.Both("không có buổi diễn tập mang mã này", "no drill has this code"), engine.Both("xem lại 6 số trên màn hình", "look at the 6 digits on the screen again")},
	{errFull, http.StatusConflict, "full", engine.Both("vai này đã đủ người", "this role has no free place"), engine.Both("chọn vai khác, hoặc hỏi người điều khiển", "choose another role, or ask the facilitator")},
	{errWrong, http.StatusUnauthorized, "wrong_passphrase", engine.Both("mật khẩu không đúng", "the passphrase is wrong"), engine.Both("thử lại; quên mật khẩu thì chạy saban serve --reset-passphrase", "try again; if it is forgotten run saban serve --reset-passphrase")},
	{errNoInvite, http.StatusNotFound, "no_such_invitation", engine.Both("không có lời mời mang mã này", "no invitation has this code"), engine.Both("xem lại 12 chữ và số, hoặc xin lời mời khác", "look at the 12 letters and digits again, or ask for another")},
	{errExpired, http.StatusGone, "expired", engine.Both("lời mời đã hết hạn", "the invitation has expired"), engine.Both("xin người điều khiển lời mời khác", "ask the facilitator for another")},
	{errRevoked, http.StatusGone, "revoked", engine.Both("lời mời đã bị thu hồi", "the invitation was taken back"), engine.Both("xin người điều khiển lời mời khác", "ask the facilitator for another")},
	{errUsed, http.StatusGone, "used", engine.Both("lời mời đã có người dùng", "the invitation has been used"), engine.Both("mỗi người một lời mời; xin người điều khiển lời mời khác", "one person each; ask the facilitator for another")},
	{errNameless, http.StatusUnprocessableEntity, "nameless", engine.Both("chưa gõ tên", "no name was typed"), engine.Both("gõ tên để mọi người biết ai ghi", "type your name, so that others know who wrote")},
	{ErrNobody, http.StatusNotFound, "nobody", engine.Both("không có ai mang tên hay mã này", "there is nobody of this name or id"), engine.Both("gõ cả tên như trong danh sách, có dấu", "type the whole name as it is listed, marks included")},
	{errTypedIn, http.StatusConflict, "typed_in", engine.Both("bản nháp này đã ghi thành nhật ký", "this draft was made into a drill"), engine.Both("muốn sửa thì bấm “Bản nháp mới từ bản này” ở trang bản nháp", "to mend it choose “A new draft from this one” on its page")},
	{errNoDrill, http.StatusNotFound, "no_such_drill", engine.Both("không có buổi diễn tập này", "there is no such drill"), engine.Text{}},
	{errMissing, http.StatusNotFound, "not_found", engine.Both("không có trang này", "there is no such page"), engine.Both("xem lại địa chỉ", "look at the address again")},
	{errMethod, http.StatusMethodNotAllowed, "method", engine.Both("địa chỉ này không nhận yêu cầu kiểu đó", "this address does not take such a request"), engine.Text{}},
	{errForm, http.StatusBadRequest, "bad_request", engine.Both("yêu cầu không đúng mẫu", "the request does not have the form it should"), engine.Both("tải lại trang rồi làm lại", "reload the page, then do it again")},
	{errForeign, http.StatusForbidden, "foreign", engine.Both("yêu cầu đến từ trang của nơi khác", "the request comes from another site's page"), engine.Both("mở trang của máy chủ rồi làm lại", "open the server's own page and do it there")},
	{store.ErrNotFound, http.StatusNotFound, "not_found", engine.Both("không có mục này", "there is no such thing"), engine.Text{}},
	{store.ErrExists, http.StatusConflict, "exists", engine.Both("đã có buổi diễn tập này", "there is such a drill already"), engine.Text{}},
	{store.ErrReadOnly, http.StatusConflict, "read_only", engine.Both("buổi diễn tập này chỉ để xem", "this drill is read-only"), engine.Text{}},
	{live.ErrClosed, http.StatusServiceUnavailable, "closing", engine.Both("máy chủ đang dừng", "the server is going down"), engine.Both("gửi lại sau ít giây", "send it again in a few seconds")},
	{store.ErrStopped, http.StatusServiceUnavailable, "closing", engine.Both("máy chủ đang dừng", "the server is going down"), engine.Both("gửi lại sau ít giây", "send it again in a few seconds")},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "slow", engine.Both("ổ đĩa chậm quá", "the disk is too slow"), engine.Both("gửi lại", "send it again")},
}

// grave logs what is told to somebody but is no fault of theirs.
func (s *Server) grave(what string, p *Problem, drill string, err error) {
	if p.Status >= http.StatusInternalServerError {
		s.Log.Error(what, "drill", drill, "error", err)
	}
}

// tell turns an error into what is answered, in lang.
func tell(err error, lang engine.Lang) *Problem {
	p := &Problem{Type: "about:blank", Status: http.StatusInternalServerError, Code: "failed",
		Detail: engine.Both("máy chủ gặp lỗi; chưa có gì được ghi nhận", "the server failed; nothing was acknowledged").In(lang)}
	var given *Problem
	var refusal *engine.Refusal
	var unfit *store.UnfitError
	var write *store.WriteError
	var file *store.Problem
	var picture *photo.Error
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &given):
		return given
	case errors.As(err, &refusal):
		p.Status, p.Code, p.Detail, p.Try = http.StatusConflict, string(refusal.Code), refusal.Why.In(lang), refusal.Try.In(lang)
	case errors.As(err, &unfit):
		p.Status, p.Code, p.Detail = http.StatusUnprocessableEntity, "unfit", unfit.Text.In(lang)
	case errors.As(err, &picture):
		p.Status, p.Code, p.Detail, p.Try = http.StatusUnprocessableEntity, "photo", picture.Why.In(lang), picture.Try.In(lang)
	case errors.As(err, &write):
		p.Status, p.Code, p.Detail = http.StatusInsufficientStorage, "disk", write.Text().In(lang)
	case errors.As(err, &file):
		p.Status, p.Code, p.Detail = http.StatusUnprocessableEntity, "damaged", file.In(lang)
	case errors.As(err, &big):
		p.Status, p.Code, p.Detail = http.StatusRequestEntityTooLarge, "too_large", engine.Both("gửi lớn quá %d byte", "more than %d bytes were sent", big.Limit).In(lang)
	default:
		for _, a := range answers {
			if errors.Is(err, a.is) {
				p.Status, p.Code, p.Detail, p.Try = a.status, a.code, a.why.In(lang), a.try.In(lang)
				break
			}
		}
	}
	p.Title = http.StatusText(p.Status)
	return p
}

// writeProblem answers a program.
func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the reader may have gone
}
