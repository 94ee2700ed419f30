package server

import "saban/engine"

// phoneWords are what the script of a phone says by itself.
func phoneWords(lang engine.Lang) map[string]string {
	out := map[string]string{}
	for key, text := range map[string]engine.Text{
		"new":       {VI: "Tình huống mới", EN: "New inject"},
		"turn":      {VI: "Đến lượt bạn trả lời", EN: "It is your turn to answer"},
		"withTime":  {VI: "{0}. Làm trong {1}", EN: "{0}. To be done within {1}"},
		"half":      {VI: "Còn một nửa thời gian: {0}", EN: "Half the time is left: {0}"},
		"soon":      {VI: "Còn {0} đến thời gian chuẩn", EN: "{0} to the target"},
		"late":      {VI: "Đã quá thời gian chuẩn; còn {0} đến giới hạn", EN: "Past the target; {0} to the limit"},
		"soonLimit": {VI: "Còn {0} đến giới hạn", EN: "{0} to the limit"},
		"over":      {VI: "Đã quá giới hạn; vẫn gửi được", EN: "Past the limit; you can still send"},
		"overBy":    {VI: "Quá giới hạn {0}; vẫn gửi được", EN: "{0} past the limit; you can still send"},
		"min":       {VI: "{0} phút {1} giây", EN: "{0} min {1} s"},
		"sec":       {VI: "{0} giây", EN: "{0} seconds"},
		"send":      {VI: "Gửi phản hồi", EN: "Send"},
		"sendN":     {VI: "Gửi phản hồi ({0})", EN: "Send ({0})"},
		"sending":   {VI: "Đang gửi…", EN: "Sending…"},
		"sent":      {VI: "Máy chủ đã nhận", EN: "The server has it"},
		"wordHad":   {VI: "Máy chủ đã nhận ý kiến của bạn; có thể viết thêm", EN: "The server has your words; you can add more"},
		"wordNone":  {VI: "Chưa viết gì", EN: "Nothing is written"},
		"told":      {VI: "Người điều khiển đã nhận lời của bạn", EN: "The facilitator has your words"},
		"pausedNow": {VI: "Tạm dừng diễn tập. Đồng hồ đã dừng, bạn chưa cần trả lời.", EN: "The drill is paused. The clock stands; no answer is needed now."},
		"goOn":      {VI: "Diễn tập tiếp tục", EN: "The drill goes on"},
		"stopped":   {VI: "Dừng diễn tập, sự cố thật. Làm theo chỉ huy tại chỗ.", EN: "Stop the drill, real incident. Do as the commander on site says."},
		"alarm":     {VI: "Báo sự cố thật", EN: "Report of a real incident"},
		"alarmed":   {VI: "Người điều khiển đã nhận báo sự cố thật", EN: "The facilitator has your report of a real incident"},
		"holdOn":    {VI: "Giữ đủ 2 giây để báo", EN: "Hold it for 2 seconds"},
		"isPaused":  {VI: "Đang tạm dừng", EN: "Paused"},
		"pickMore":  {VI: "Hãy chọn {0}, hoặc viết điều khác", EN: "Choose {0}, or write something else"},
		"pickLess":  {VI: "Chỉ chọn {0}: bỏ bớt {1}", EN: "Choose {0} only: take {1} back"},
		"tickSome":  {VI: "Chưa có gì mới để gửi", EN: "There is nothing new to send"},
		"waits":     {VI: "Thử lại sau {0} giây", EN: "Trying again in {0} s"},
		"waitsGoOn": {VI: "Sẽ gửi khi diễn tập tiếp tục", EN: "Will be sent when the drill goes on"},
		"choices":   {VI: "{0} lựa chọn", EN: "{0} chosen"},
		"boxes":     {VI: "{0} ô nội dung", EN: "{0} boxes"},
		"words":     {VI: "lời viết", EN: "your words"},
		"waitsHere": {VI: "Đang chờ gửi; máy tự gửi lại.", EN: "Waiting to be sent; the phone keeps trying."},
		"note":      {VI: "Lời cho người điều khiển", EN: "Words to the facilitator"},
		"kept":      {VI: "Giờ bấm {0} được giữ. Tự gửi lại khi có mạng.", EN: "Your tap at {0} is kept. It is sent when the network is back."},
		"unsent":    {VI: "Chưa gửi được — đã lưu trên máy này.", EN: "Not sent yet — kept on this phone."},
		"keptOn":    {VI: "Giờ bấm {0} được giữ.", EN: "Your tap at {0} is kept."},
		"lostAt":    {VI: "Mất máy chủ từ {0}. Máy tự nối lại, bạn cứ trả lời.", EN: "Server lost since {0}. The phone keeps trying; go on answering."},
		"back":      {VI: "Đã nối lại", EN: "Connected again"},
		"signs":     {VI: "{0}/{1} ký tự", EN: "{0}/{1} characters"},
		"heard":     {VI: "Đã rung và kêu. Không nghe thấy thì tăng âm lượng rồi thử lại.", EN: "It rang and shook. If you heard nothing turn the sound up and try again."},
		"recalled":  {VI: "Tin trước đã được rút lại", EN: "The last message was taken back"},
		"noJournal": {VI: "Chưa mở được nhật ký: đang mất mạng", EN: "The journal cannot be opened: no network"},
	} {
		out[key] = text.In(lang)
	}
	return out
}
