package scoring

import (
	"saban/engine"
)

// limits lists what the result cannot say, or says with less certainty.
func (t *tally) limits() {
	add := func(code string, text engine.Text, events []int64, ids ...string) {
		t.card.Limits = append(t.card.Limits, finding(code, Note, text, events, ids))
	}
	if !t.ended {
		add("provisional", engine.Both("tạm tính: buổi diễn tập chưa kết thúc; việc chưa làm được tính như bỏ lỡ.",
			"provisional: the drill is not over; what is not done is scored as missed."), nil)
	}
	if t.start.Practice {
		add("practice", engine.Both("chạy với tốc độ khác thực tế: chỉ để tập dượt.", "run at another speed than real time: for practice only."), []int64{t.startedSeq})
	}
	if t.start.Virtual {
		add("virtual", engine.Both("do kịch bản chạy thử tạo ra, không có người diễn tập.", "played by a script, without people."), []int64{t.startedSeq})
	}
	if t.start.Paper {
		add("paper", engine.Both("nhập lại từ giấy sau buổi diễn tập: các mốc giờ do người ghi tay, không phải máy đo.",
			"typed in from paper afterwards: times are as people wrote them down, no machine measured them."), []int64{t.startedSeq})
	}
	var ids []string
	var events []int64
	for i := range t.triggers {
		if in := &t.triggers[i]; in.received && in.assumed {
			ids, events = append(ids, in.id), append(events, in.seq)
		}
	}
	if len(ids) > 0 {
		add("assumed_receipt", engine.Counted(len(ids), "%s tình huống chỉ được coi là đã tới người nhận, không có xác nhận: thời gian tính từ đó có thể lệch.",
			"%s inject is only assumed to have been received: times that start with it may be off.",
			"%s injects are only assumed to have been received: times that start with them may be off."), events, ids...)
	}
	ids, events = nil, nil
	for i := range t.card.Items {
		if it := &t.card.Items[i]; it.Unchecked {
			ids, events = append(ids, it.ID), append(events, it.Events...)
		}
	}
	if len(ids) > 0 {
		add("unchecked_boxes", engine.Counted(len(ids), "nội dung của %s việc dựa vào các ô đánh dấu ngay lúc trả lời, sau đó chưa ai đối chiếu lại.",
			"the content of %s response rests on boxes ticked as the answer came; nobody has checked them since.",
			"the content of %s responses rests on boxes ticked as the answer came; nobody has checked them since."), events, ids...)
	}
	ids, events = nil, nil
	for i := range t.card.Items {
		if it := &t.card.Items[i]; it.Disputed {
			ids, events = append(ids, it.ID), append(events, it.Events...)
		}
	}
	for i := range t.card.CapabilityDetails {
		if c := &t.card.CapabilityDetails[i]; c.Disputed {
			ids, events = append(ids, string(c.Code)), append(events, c.Events...)
		}
	}
	if len(ids) > 0 {
		add("disputed_ratings", engine.Counted(len(ids), "các đánh giá viên chưa thống nhất mức của %s việc: tạm giữ mức máy đề xuất.",
			"evaluators differ on %s rating, which nobody has settled: the suggested one stands for now.",
			"evaluators differ on %s ratings, which nobody has settled: the suggested ones stand for now."), events, ids...)
	}
	if len(t.breaks) > 0 {
		add("interrupted", engine.Counted(len(t.breaks), "máy bị gián đoạn %s lần; thời gian gián đoạn không tính.",
			"the machine was interrupted %s time; that time does not count.",
			"the machine was interrupted %s times; that time does not count."), t.breaks)
	}
	if len(t.realStops) > 0 {
		add("stopped_real", engine.Both("buổi diễn tập bị dừng vì có việc thật.", "the drill was stopped for a real incident."), t.realStops)
	}
}
