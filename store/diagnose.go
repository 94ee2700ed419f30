package store

import (
	"bytes"
	"encoding/json"
)

// unhashed is about a line that does not end in a hash.
func unhashed(line int, text []byte) *Problem {
	p := problem(line, "không kết thúc bằng \"hash\"", "it does not end in \"hash\"")
	switch {
	case bytes.HasSuffix(text, []byte("\r")):
		p = p.hint("có chương trình đã đổi dấu xuống dòng sang kiểu Windows; dùng bản gốc", "a program has rewritten it with Windows line ends; use the original")
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		p = p.hint("có chương trình đã thêm dấu BOM ở đầu tệp; dùng bản gốc", "a program has put a byte order mark in front; use the original")
	}
	return p
}

func inexact(line int) *Problem {
	return problem(line, "không viết đúng dạng chuẩn (thứ tự khóa, khoảng trắng, khóa lặp)", "not in the exact form (order of keys, spaces, repeated keys)")
}

// diagnose says which line was altered once a hash does not match. All lines
// before number are chained to each other, so the fault is at number unless
// number proves that it once followed something else than what stands before
// it.
func (r *Reader) diagnose(number int, body, hash []byte) *Problem {
	body, hash = bytes.Clone(body), bytes.Clone(hash)
	if p := r.misplaced(number, body, hash); p != nil {
		return p
	}
	real := bytes.Clone(r.chain.next(r.chain.prev, body))
	after, err := r.line(r.limits.Line)
	if body, hash, ok := split(after); err == nil && ok && bytes.Equal(r.chain.next(real, body), hash) {
		return problem(number, "mã băm ghi trên dòng đã bị sửa, nội dung còn nguyên", "the hash written on the line was altered, its content is intact")
	}
	return problem(number, "nội dung không khớp mã băm: dòng đã bị sửa", "the content does not match the hash: the line was altered")
}

// misplaced finds lines put in, taken out or replaced with a fitting hash.
func (r *Reader) misplaced(number int, body, hash []byte) *Problem {
	object := append(bytes.Clone(body), '}')
	if string(hash) == string(r.chain.prev) {
		return problem(number, "lặp lại dòng trên", "it repeats the line before")
	}
	if r.chain.before != nil && bytes.Equal(r.chain.next(r.chain.before, body), hash) {
		r.drop()
		return problem(number-1, "dòng được chèn thêm: dòng dưới nối tiếp dòng trên nó", "the line was put in: the next one follows the one before it")
	}
	var c closing
	if bytes.HasPrefix(body, []byte(closedPrefix)) && decode(object, &c) == nil && bytes.Equal(r.chain.next([]byte(c.Head), body), hash) {
		if c.Count == r.events {
			r.drop()
			return problem(number-1, "dòng đã bị thay: dòng kết thúc ghi mã băm khác", "the line was replaced: the closed line names another hash")
		}
		return problem(number, "trên dòng này mất hoặc thừa dòng: dòng kết thúc ghi %d sự kiện, tệp có %d", "lines before this one are missing or too many: the closed line counts %d events, the file has %d", c.Count, r.events)
	}
	var at struct {
		Seq int64 `json:"seq"`
	}
	if json.Unmarshal(object, &at) == nil && at.Seq != int64(r.events+1) {
		return problem(number, "không nối tiếp dòng trên: ở đây có dòng bị xóa, chèn hoặc đổi chỗ (hoặc bị sửa); số thứ tự %d, phải là %d", "it does not follow the line before: a line was taken out, put in or moved here (or altered); its seq is %d, it should be %d", at.Seq, r.events+1)
	}
	return nil
}

// drop takes the last line back, which was accepted and should not have been.
func (r *Reader) drop() {
	r.lines--
	r.whole -= r.last
	if r.lines > 0 {
		r.events--
	}
	r.chain.prev, r.chain.before = r.chain.before, nil
}
