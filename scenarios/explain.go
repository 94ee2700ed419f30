package scenarios

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

//go:embed explain/*.yaml
var explanations embed.FS

// Explanation says what a code means, why it matters to whoever runs the
// drill, and where it helps, how not to write it and how to.
type Explanation struct {
	Title engine.Text
	Why   engine.Text
	Wrong string // YAML, or empty
	Right string
}

// Explain returns the explanation of a code. There is one for every code.
func Explain(code Code) (Explanation, bool) {
	all, _ := explained()
	x, ok := all[code]
	return x, ok
}

// Codes lists every code, in order.
func Codes() []Code {
	all, _ := explained()
	codes := make([]Code, 0, len(all))
	for code := range all {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// ClosestCode returns the code a word was probably meant to be, or nothing:
// small letters, the digits alone, leading noughts left out.
func ClosestCode(word string) Code {
	word = strings.ToUpper(strings.TrimSpace(word))
	digits := strings.TrimPrefix(word, "SB")
	full := "SB" + strings.Repeat("0", max(0, 3-len(digits))) + digits
	var names []string
	for _, code := range Codes() {
		if string(code) == full {
			return code
		}
		names = append(names, string(code))
	}
	return Code(engine.Closest(word, names))
}

// CodeGroup is a range of codes that belong together, up to the next group.
type CodeGroup struct {
	From  Code
	Title engine.Text
}

// CodeGroups are the groups in the order of their codes.
var CodeGroups = []CodeGroup{
	{"SB001", engine.Text{VI: "Đọc tệp", EN: "Reading a file"}},
	{"SB101", engine.Text{VI: "Tên và điều kiện", EN: "Names and conditions"}},
	{"SB201", engine.Text{VI: "Ý nghĩa của kịch bản", EN: "What a scenario says"}},
	{"SB301", engine.Text{VI: "Tệp cơ sở", EN: "Site files"}},
	{"SB401", engine.Text{VI: "Thang điểm", EN: "Rubrics"}},
	{"SB501", engine.Text{VI: "Tệp chạy thử và tệp nhập từ giấy", EN: "Plays and drills typed in from paper"}},
	{"SB601", engine.Text{VI: "Chạy thử không như mong đợi", EN: "Plays that turn out otherwise"}},
	{"SB701", engine.Text{VI: "Diễn biến theo thời gian", EN: "The course of events"}},
	{"SB751", engine.Text{VI: "Nhịp độ", EN: "Pacing"}},
	{"SB801", engine.Text{VI: "Nội dung và từ ngữ", EN: "Content and words"}},
	{"SB851", engine.Text{VI: "Cảnh báo được im lặng", EN: "Silenced warnings"}},
}

var explained = sync.OnceValues(func() (map[Code]Explanation, error) {
	all := map[Code]Explanation{}
	files, err := fs.Glob(explanations, "explain/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := explanations.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var entries map[Code]struct {
			Title, Why   struct{ VI, EN string }
			Wrong, Right string
		}
		if err := yaml.Unmarshal(text, &entries); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for code, x := range entries {
			all[code] = Explanation{Title: engine.Text(x.Title), Why: engine.Text(x.Why), Wrong: x.Wrong, Right: x.Right}
		}
	}
	return all, nil
})
