package main

import (
	"strings"

	"saban/engine"
	"saban/scenarios"
)

func (a *app) printDiff(d *compared) {
	if len(d.Changes) == 0 {
		a.println(a.say("%s và %s nói cùng một điều", "%s and %s say the same", d.Was.File, d.Is.File))
	}
	last := ""
	for i := range d.Changes {
		c := &d.Changes[i]
		if head := kindTitles[c.Kind].In(a.lang) + " " + c.ID; head != last {
			a.println(strings.TrimSpace(a.bold(head) + a.called(c)))
			last = head
		}
		a.printChange(c)
	}
	if d.Played == 0 {
		return
	}
	a.println("")
	a.println(a.say("%d trong %d tệp chạy thử ra kết quả khác", "%d of %d rehearsals come out another way", len(d.Rehearsals), d.Played))
	for i := range d.Rehearsals {
		a.printOutcomes(&d.Rehearsals[i])
	}
}

// called is what something with an id is called, where that is not said below.
func (a *app) called(c *scenarios.Change) string {
	title := c.Title.In(a.lang)
	if c.ID == "" || title == "" || c.How == scenarios.Added || c.How == scenarios.Removed || c.Kind == "transitions" {
		return ""
	}
	return a.dim(" · " + clip(title, 60))
}

func (a *app) printChange(c *scenarios.Change) {
	was, is := a.orNothing(c.Was), a.orNothing(c.Is)
	switch c.How {
	case scenarios.Added:
		a.item("+", is)
	case scenarios.Removed:
		a.item("-", was)
	case scenarios.Moved:
		a.item("↕", a.say("đường ra xét theo thứ tự khác: %s; trước là %s", "ways out are tried in another order: %s; it was %s", is, was))
	default:
		title := fieldTitle(c.Field).In(a.lang)
		if len([]rune(was))+len([]rune(is)) < 70 {
			a.item("~", title+": "+was+" → "+is)
			return
		}
		a.item("~", title+":")
		a.paragraph("      - ", was)
		a.paragraph("      + ", is)
	}
}

func (a *app) orNothing(t engine.Text) string {
	if s := t.In(a.lang); s != "" {
		return s
	}
	return a.say("(không có)", "(nothing)")
}

func (a *app) printOutcomes(o *outcomes) {
	a.println("  " + a.bold(o.File))
	if was, is := o.Was.score(a), o.Is.score(a); was != is {
		a.item("  ~", was+" → "+is)
	}
	if was, is := strings.Join(o.Was.Path, " → "), strings.Join(o.Is.Path, " → "); was != is && was != "" && is != "" {
		a.item("  -", was)
		a.item("  +", is)
	}
}

// kindTitles name the parts of a scenario.
var kindTitles = map[string]engine.Text{
	"scenario":    {VI: "kịch bản", EN: "scenario"},
	"parameters":  {VI: "giá trị cơ sở tự đặt", EN: "parameter"},
	"objectives":  {VI: "mục tiêu", EN: "objective"},
	"flags":       {VI: "cờ", EN: "flag"},
	"boxes":       {VI: "bộ ô nội dung", EN: "box set"},
	"roles":       {VI: "vai", EN: "role"},
	"states":      {VI: "trạng thái", EN: "state"},
	"transitions": {VI: "đường chuyển", EN: "transition"},
	"injects":     {VI: "tình huống", EN: "inject"},
	"responses":   {VI: "hành động cần đạt", EN: "response"},
	"ways":        {VI: "cách làm", EN: "way"},
	"prohibited":  {VI: "hành động cấm", EN: "prohibited action"},
	"distractors": {VI: "phương án nhiễu", EN: "distractor"},
	"debrief":     {VI: "câu hỏi rút kinh nghiệm", EN: "debrief question"},
	"rubric":      {VI: "thang điểm", EN: "rubric"},
}

// fieldTitle names a key in words; a key without words of its own names
// itself.
func fieldTitle(key string) engine.Text {
	if t, ok := fieldTitles[key]; ok {
		return t
	}
	return engine.Text{VI: key, EN: key}
}

var fieldTitles = map[string]engine.Text{
	"title":       {VI: "tên", EN: "title"},
	"lang":        {VI: "ngôn ngữ", EN: "language"},
	"duration":    {VI: "thời lượng", EN: "length"},
	"site.about":  {VI: "mô tả cơ sở", EN: "description of the facility"},
	"review.by":   {VI: "người đọc duyệt", EN: "reviewed by"},
	"review.date": {VI: "ngày đọc duyệt", EN: "reviewed on"},
	"value":       {VI: "giá trị", EN: "value"},
	"source":      {VI: "nguồn", EN: "source"},
	"capability":  {VI: "nhóm năng lực", EN: "capability"},
	"text":        {VI: "nội dung", EN: "text"},
	"boxes":       {VI: "các ô nội dung", EN: "boxes"},
	"simulated":   {VI: "do Ban Đạo diễn đóng", EN: "simulated"},
	"kind":        {VI: "loại", EN: "kind"},
	"phase":       {VI: "giai đoạn", EN: "phase"},
	"at_least":    {VI: "kéo dài ít nhất", EN: "lasts at least"},
	"when":        {VI: "điều kiện", EN: "condition"},
	"why":         {VI: "lý do", EN: "why"},
	"at":          {VI: "giờ phát", EN: "released at"},
	"until":       {VI: "muộn nhất", EN: "until"},
	"expected_in": {VI: "dự kiến ở trạng thái", EN: "expected in"},
	"only_in":     {VI: "chỉ phát ở", EN: "only in"},
	"otherwise":   {VI: "nếu không", EN: "otherwise"},
	"channel":     {VI: "đến bằng", EN: "comes by"},
	"from":        {VI: "từ", EN: "from"},
	"to":          {VI: "đến", EN: "to"},
	"told":        {VI: "lời báo lại", EN: "told"},
	"note":        {VI: "ghi chú cho người điều khiển", EN: "note for the facilitator"},
	"also":        {VI: "phương án thêm", EN: "further choices"},
	"asks":        {VI: "câu hỏi", EN: "asks"},
	"inject":      {VI: "thuộc tình huống", EN: "answers inject"},
	"by":          {VI: "người làm", EN: "owner"},
	"or":          {VI: "người làm thay", EN: "or"},
	"target":      {VI: "thời gian chuẩn", EN: "target"},
	"limit":       {VI: "thời gian giới hạn", EN: "limit"},
	"weight":      {VI: "trọng số", EN: "weight"},
	"critical":    {VI: "then chốt", EN: "critical"},
	"after":       {VI: "làm sau", EN: "after"},
	"objective":   {VI: "mục tiêu", EN: "objective"},
	"do":          {VI: "việc cần làm", EN: "what to do"},
	"response":    {VI: "của hành động", EN: "of response"},
	"content":     {VI: "giá trị nội dung", EN: "content"},
	"severity":    {VI: "mức độ", EN: "severity"},
}
