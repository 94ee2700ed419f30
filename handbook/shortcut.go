package handbook

import "saban/engine"

// Shortcut is a key of the console and what it does.
type Shortcut struct {
	Keys []string
	Does string
}

// Shortcuts are the keys of the console, by the place on the keyboard: input
// methods for Vietnamese rewrite letters and digits.
func Shortcuts(lang engine.Lang) []Shortcut {
	k := func(vi, en string, keys ...string) Shortcut {
		return Shortcut{keys, engine.Text{VI: vi, EN: en}.In(lang)}
	}
	return []Shortcut{
		k("bắt đầu, tạm dừng, chạy tiếp", "start, pause, resume", engine.Both("Cách", "Space").In(lang)), k("phát tình huống kế tiếp", "send the next inject", "Enter"),
		k("giữ tình huống kế tiếp", "hold the next", "H"), k("sửa lời kế tiếp", "edit the next", "F2"), k("bỏ qua kế tiếp", "skip the next", "K"),
		k("tình huống đột xuất", "ad hoc inject", "N"), k("phát nhanh", "quick inject", "1", "…", "9"),
		k("chấm đạt, một phần, chưa đạt", "mark full, partly, not", "Q", "W", "E"), k("bài chấm trước, sau", "previous, next to mark", "J", "L"),
		k("thấy việc trong phòng", "seen done in the room", "O"), k("ghi chú", "note", "M"), k("chuyển tay trạng thái", "force a state", "T"), k("tới máy trạng thái, thời gian, phản hồi", "go to state, timeline, feed", "G", "S/T/F"),
		k("tìm trong phản hồi", "search the responses", "/"), k("phóng to, thu nhỏ dòng thời gian", "zoom the timeline", "+", "−"), k("theo hiện tại", "follow the present", "F"), k("giờ diễn tập ⇄ giờ thật", "exercise ⇄ real time", "R"), k("bảng này", "this sheet", "?"), k("kết thúc", "end", "Shift", "E"),
	}
}
