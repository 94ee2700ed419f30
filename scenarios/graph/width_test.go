package graph_test

import (
	"testing"

	"saban/engine"
	"saban/scenarios/graph"
)

// A line is given as much room as it takes in the widest of Inter, Noto Sans,
// Roboto and Liberation Sans, as a browser measured them, in thousandths of
// the type size, and not much more.
func TestTextsAreMeasured(t *testing.T) {
	measured := map[string]float64{
		"Đã nhận cuộc gọi đe dọa": 11794, "Phát hiện vật khả nghi": 10495, "Threat call received": 9345,
		"diễn biến xấu đi": 7907, "không khống chế được": 11496, "đường chuyển, xem danh sách": 14492,
		"Đe dọa đánh bom và phát hiện vật khả nghi": 21686, "khi để lỡ hạn R03 hoặc R04": 12984,
	}
	bold := map[string]bool{"diễn biến xấu đi": true, "không khống chế được": true, "Đe dọa đánh bom và phát hiện vật khả nghi": true}
	c, _ := frozen(t, "bomb-threat-slow")
	seen := map[string]bool{}
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		for _, l := range lines(graph.Lay(c, graph.Options{Lang: lang})) {
			widest, known := measured[l.Text]
			if !known || l.Bold != bold[l.Text] {
				continue
			}
			seen[l.Text] = true
			if share := l.Box.W / (widest / 1000 * l.Size); share < 1 || share > 1.08 {
				t.Errorf("%q is given %.3f of its width", l.Text, share)
			}
		}
	}
	if len(seen) != len(measured) {
		t.Errorf("of %d texts only %d are there: %v", len(measured), len(seen), seen)
	}
}
