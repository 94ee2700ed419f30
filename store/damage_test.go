package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"saban/engine"
	"saban/store"
)

// lines splits a file, newlines kept.
func lines(text []byte) [][]byte {
	return bytes.SplitAfter(text, []byte("\n"))[:bytes.Count(text, []byte("\n"))]
}

func join(lines ...[]byte) []byte { return bytes.Join(lines, nil) }

func replace(line []byte, old, new string) []byte {
	return bytes.Replace(line, []byte(old), []byte(new), 1)
}

// resealed gives a line the hash that fits behind before.
func resealed(before, line []byte) []byte {
	prev := hashOf(before)
	body := line[:bytes.LastIndex(line, []byte(`,"hash":"`))]
	sum := sha256.Sum256(fmt.Appendf(nil, "%s%s}", prev, body))
	return fmt.Appendf(nil, `%s,"hash":"%s"}`+"\n", body, hex.EncodeToString(sum[:]))
}

func hashOf(line []byte) string {
	if line == nil {
		return ""
	}
	return string(line[len(line)-67 : len(line)-3])
}

func TestEveryDamagedByteIsFoundOnItsLine(t *testing.T) {
	for _, closed := range []bool{false, true} {
		text, _ := file(t, drill(), false, closed)
		line := 1
		for i := range text {
			for _, bit := range []byte{0x01, 0x20, text[i] ^ '\n'} {
				if bit == 0 {
					continue
				}
				damaged := bytes.Clone(text)
				damaged[i] ^= bit
				v := verify(t, damaged, "")
				if v.Problem == nil || v.Problem.Line != line || v.Lines != line-1 {
					t.Fatalf("byte %d (line %d) from %q to %q: %+v", i, line, text[i], damaged[i], v.Problem)
				}
			}
			if text[i] == '\n' {
				line++
			}
		}
	}
}

func TestEveryDamageNamesItsPlace(t *testing.T) {
	text, _ := file(t, drill(), false, true)
	l := lines(text)
	note := replace(l[3], "ghi chú", "ghi  chú")
	forgedLast := resealed(l[5], replace(l[6], `"ended"`, `"noted"`))
	inserted := resealed(l[2], l[3])
	closedMore := resealed(l[6], replace(l[7], `"count":6`, `"count":7`))
	closedHead := resealed(l[6], replace(l[7], hashOf(l[6]), hashOf(l[5])))
	h := header()
	h.Drill = "D-2"
	var other bytes.Buffer
	if _, err := store.NewWriter(&other, h); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text []byte
		line int
		says string
	}{
		"content altered":                {join(l[0], l[1], l[2], note, l[4], l[5], l[6], l[7]), 4, "content"},
		"hash altered":                   {join(l[0], l[1], l[2], replace(l[3], hashOf(l[3]), hashOf(l[2])), l[4], l[5]), 4, "repeats"},
		"hash altered otherwise":         {join(l[0], l[1], l[2], replace(l[3], hashOf(l[3]), hashOf(l[5])), l[4], l[5]), 4, "its content is intact"},
		"last line altered":              {join(l[0], l[1], l[2], l[3], l[4], l[5], replace(l[6], `"ended"`, `"noted"`)), 7, "content"},
		"last line's hash altered":       {join(l[0], l[1], replace(l[2], hashOf(l[2]), hashOf(l[4]))), 3, "altered"},
		"last line before closed forged": {join(l[0], l[1], l[2], l[3], l[4], l[5], forgedLast, l[7]), 7, "replaced"},
		"closed altered":                 {join(l[0], l[1], l[2], l[3], l[4], l[5], l[6], replace(l[7], `"count":6`, `"count":5`)), 8, "altered"},
		"line deleted":                   {join(l[0], l[1], l[2], l[4], l[5], l[6], l[7]), 4, "taken out"},
		"lines deleted before closed":    {join(l[0], l[1], l[2], l[3], l[7]), 5, "missing"},
		"first event deleted":            {join(l[0], l[2], l[3], l[4]), 2, "taken out"},
		"header deleted":                 {join(l[1], l[2], l[3]), 1, "altered"},
		"header of another drill":        {join(other.Bytes(), l[1], l[2], l[3]), 2, "altered"},
		"line repeated":                  {join(l[0], l[1], l[2], l[2], l[3]), 4, "repeats"},
		"foreign line put in":            {join(l[0], l[1], l[2], note, l[3], l[4]), 4, "altered"},
		"resealed line put in":           {join(l[0], l[1], l[2], inserted, l[3], l[4]), 5, "repeats"},
		"resealed other line put in":     {join(l[0], l[1], l[2], resealed(l[2], note), l[3], l[4]), 4, "put in"},
		"neighbours swapped":             {join(l[0], l[1], l[3], l[2], l[4], l[5], l[6], l[7]), 3, "moved"},
		"closed in the middle":           {join(l[0], l[1], l[2], l[7], l[3]), 4, "missing"},
		"line after closed":              {join(text, l[6]), 9, "after the closed line"},
		"closed twice":                   {join(text, l[7]), 9, "after the closed line"},
		"text after closed":              {join(text, []byte("x")), 9, "after the closed line"},
		"blank line after closed":        {join(text, []byte("\n")), 9, "after the closed line"},
		"blank line":                     {join(l[0], l[1], []byte("\n"), l[2]), 3, "hash"},
		"closed count wrong, resealed":   {join(l[0], l[1], l[2], l[3], l[4], l[5], l[6], closedMore), 8, "counts 7 events, the file has 6"},
		"closed head wrong, resealed":    {join(l[0], l[1], l[2], l[3], l[4], l[5], l[6], closedHead), 8, "head in the closed line"},
		"seq wrong, resealed":            {join(l[0], l[1], resealed(l[1], replace(l[2], `"seq":2`, `"seq":3`))), 3, "seq 3, it should be 2"},
		"space, resealed":                {join(l[0], l[1], resealed(l[1], replace(l[2], `"seq":2`, `"seq": 2`))), 3, ""},
		"keys swapped, resealed":         {join(l[0], l[1], resealed(l[1], replace(l[2], `"seq":2,"type":"released"`, `"type":"released","seq":2`))), 3, "exact form"},
		"unknown key, resealed":          {join(l[0], l[1], resealed(l[1], replace(l[2], `"seq":2`, `"seq":2,"x":1`))), 3, "not an event"},
		"repeated key, resealed":         {join(l[0], l[1], resealed(l[1], replace(l[2], `"seq":2`, `"seq":2,"seq":2`))), 3, ""},
		"closed with a space, resealed":  {join(l[0], resealed(l[0], []byte(`{"type":"closed","count":0, "head":"`+hashOf(l[0])+`","hash":"x"}`))), 2, "exact form"},
		"closed, unknown key":            {join(l[0], resealed(l[0], []byte(`{"type":"closed","count":0,"x":1,"hash":"x"}`))), 2, "not a closed line"},
		"not JSON, resealed":             {join(l[0], resealed(l[0], []byte(`{"seq":1,,"hash":"x"}`))), 2, "not an event"},
		"header: unknown key":            {resealed(nil, replace(l[0], `{"format":1`, `{"format":1,"x":1`)), 1, "not the header"},
		"header: space":                  {resealed(nil, replace(l[0], `{"format":1`, `{ "format":1`)), 1, "exact form"},
		"header: other escape":           {resealed(nil, replace(l[0], `1\nid`, `1\u000aid`)), 1, "exact form"},
		"header: needless escape":        {resealed(nil, replace(l[0], `site: 1`, `site\u003a 1`)), 1, "exact form"},
		"header: number in other digits": {resealed(nil, replace(l[0], `"seed":18446744073709551615`, `"seed":01`)), 1, "not the header"},
		"header: other format":           {resealed(nil, replace(l[0], `{"format":1`, `{"format":2`)), 1, "format 2"},
		"header: bytes altered":          {resealed(nil, replace(l[0], `site: 1`, `site: 2`)), 1, `"site" do not match`},
		"Windows line ends":              {bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")), 1, "Windows"},
		"byte order mark":                {join([]byte("\xef\xbb\xbf"), text), 1, "byte order mark"},
	} {
		t.Run(name, func(t *testing.T) {
			v := verify(t, c.text, "")
			if v.Problem == nil {
				t.Fatal("not found")
			}
			if v.Problem.Line != c.line || !strings.Contains(v.Problem.Error(), c.says) {
				t.Errorf("line %d: %v", v.Problem.Line, v.Problem)
			}
			if v.Problem.Text.VI == "" || v.Problem.Torn || v.Lines != c.line-1 || v.Events != max(0, min(v.Lines-1, 6)) {
				t.Errorf("%+v", v)
			}
			f, err := store.Read(bytes.NewReader(c.text), store.Limits{})
			var p *store.Problem
			if !errors.As(err, &p) || p.Line != c.line || len(f.Events) != v.Events || f.Lines != v.Lines {
				t.Errorf("Read: %v with %d events", err, len(f.Events))
			}
			if whole := join(lines(c.text)[:v.Lines]...); f.Whole != int64(len(whole)) {
				t.Errorf("whole up to byte %d, want %d", f.Whole, len(whole))
			}
		})
	}
}

func TestTruncationAtEveryOffset(t *testing.T) {
	text, head := file(t, drill(), false, true)
	for cut := range text {
		got := text[:cut]
		whole := bytes.Count(got, []byte("\n"))
		clean := cut > 0 && got[cut-1] == '\n'
		v := verify(t, got, "")
		if v.Lines != whole || v.OK() != clean || v.Closed {
			t.Fatalf("cut at %d: %+v", cut, v)
		}
		if !clean && (v.Problem.Line != whole+1 || !v.Problem.Torn) {
			t.Fatalf("cut at %d: %+v", cut, v.Problem)
		}
		// With all events there and nothing but the closed line cut off, the
		// head is right and the drill simply not closed.
		if v := verify(t, got, head); v.OK() != (clean && whole == 7) {
			t.Fatalf("cut at %d with head: %+v", cut, v)
		}
		f, offset, err := store.Resume(bytes.NewReader(got), store.Limits{})
		if (err == nil) != (whole > 0) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if len(f.Events) != max(0, whole-1) || offset != int64(bytes.LastIndexByte(got, '\n')+1) {
			t.Fatalf("cut at %d: %d events, offset %d", cut, len(f.Events), offset)
		}
	}
}

func TestHead(t *testing.T) {
	text, head := file(t, drill(), false, true)
	l := lines(text)
	other := drill()
	other[2].Text = "khác"
	rewritten, _ := file(t, other, false, true)
	for name, c := range map[string]struct {
		text []byte
		head string
		line int
		says string
	}{
		"cut clean":               {join(l[:4]...), head, 5, "cut off after line 4"},
		"rewritten from the top":  {rewritten, head, 7, "not the one given"},
		"head of an earlier line": {text, hashOf(l[3]), 5, "that of line 4, 3 more follow"},
		"no hash at all":          {text, "abc", 7, "64 hex digits"},
	} {
		t.Run(name, func(t *testing.T) {
			v := verify(t, c.text, c.head)
			if v.OK() || v.Problem.Line != c.line || !strings.Contains(v.Problem.Error(), c.says) {
				t.Errorf("%v", v.Problem)
			}
		})
	}
}

func TestCaps(t *testing.T) {
	text, _ := file(t, drill(), false, true)
	l := lines(text)
	for name, c := range map[string]struct {
		text   []byte
		limits store.Limits
		line   int
		says   string
	}{
		"file":             {text, store.Limits{Bytes: int64(len(text) - 1)}, 8, "the file is longer"},
		"events":           {text, store.Limits{Events: 3}, 5, "more than 3 events"},
		"line":             {text, store.Limits{Line: len(l[1]) - 2}, 2, "longer than"},
		"header":           {text, store.Limits{Header: len(l[0]) - 2}, 1, "longer than"},
		"endless header":   {bytes.Repeat([]byte("x"), 9<<20), store.Limits{}, 1, "longer than 8388608 bytes"},
		"endless line":     {join(l[0], bytes.Repeat([]byte("x"), 1<<20)), store.Limits{}, 2, "longer than 65536 bytes"},
		"line of 64 KiB+1": {join(l[0], bytes.Repeat([]byte("x"), 65537), []byte("\n")), store.Limits{}, 2, "longer than 65536 bytes"},
		"deep nesting":     {join(l[0], resealed(l[0], []byte(strings.Repeat(`{"a":`, 10000)+`,"hash":"x"}`))), store.Limits{}, 2, "not an event"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := store.Read(bytes.NewReader(c.text), c.limits)
			var p *store.Problem
			if !errors.As(err, &p) || p.Line != c.line || p.Torn || !strings.Contains(p.Error(), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
	exact := store.Limits{Bytes: int64(len(text)), Events: 6, Line: len(l[3]) - 1, Header: len(l[0]) - 1}
	if _, err := store.Read(bytes.NewReader(text), exact); err != nil {
		t.Errorf("exactly at the caps: %v", err)
	}
}

func TestBigHeaderIsRead(t *testing.T) {
	var b bytes.Buffer
	h := header()
	h.Scenario = store.Pin("x", bytes.Repeat([]byte("đ\n"), 1<<19))
	w, err := store.NewWriter(&b, h)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(drill()); err != nil {
		t.Fatal(err)
	}
	f, err := store.Read(&b, store.Limits{})
	if err != nil || f.Header.Scenario.Bytes != h.Scenario.Bytes || len(f.Events) != 6 {
		t.Fatal(err)
	}
}

type broken struct{ io.Reader }

var errBroken = errors.New("broken")

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errBroken
	}
	return n, err
}

func TestReaderFailureIsNoDamage(t *testing.T) {
	text, _ := file(t, drill(), false, true)
	for _, cut := range []int{0, 100, len(text) - 100} {
		in := broken{bytes.NewReader(text[:cut])}
		if _, err := store.Verify(in, ""); !errors.Is(err, errBroken) {
			t.Errorf("Verify: %v", err)
		}
		if _, _, err := store.Resume(broken{bytes.NewReader(text[:cut])}, store.Limits{}); !errors.Is(err, errBroken) {
			t.Errorf("Resume: %v", err)
		}
	}
}

// A header that is accepted is written again byte for byte, and one that was
// written is accepted, whatever its texts hold.
func TestAHeaderHasOneForm(t *testing.T) {
	parts := []string{"a", "ộ", "😀", "\"", "\\", "\n", "\r", "\t", "\b", "\f", "\x00", "\x7f", "\u2028", "\u2029", "\ufffd", "/", "<b>", "&", "\u0301", `\u000a`}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		pin := func(name string) store.Pinned {
			return store.Pin(text.Draw(t, name), []byte(text.Draw(t, name+" text")))
		}
		h := store.Header{Format: store.Format, Engine: text.Draw(t, "engine"), Drill: text.Draw(t, "drill"), Seed: rapid.Uint64().Draw(t, "seed"), Scenario: pin("scenario"), Rubric: pin("rubric")}
		if rapid.Bool().Draw(t, "with a site") {
			site := pin("site")
			h.Site = &site
		}
		var b bytes.Buffer
		if _, err := store.NewWriter(&b, h); err != nil {
			t.Fatal(err)
		}
		read, err := store.Read(bytes.NewReader(b.Bytes()), store.Limits{})
		if err != nil || !cmp.Equal(h, read.Header) {
			t.Fatalf("%v: %s", err, cmp.Diff(h, read.Header))
		}
		line := b.Bytes()
		at := rapid.IntRange(1, len(line)-80).Draw(t, "at")
		line = slices.Concat(line[:at], []byte(rapid.SampledFrom([]string{"", " ", "0", `\`, `\n`, `"`, "\x1f", "é"[:1], `\/`, "\u2028"}).Draw(t, "put in")), line[at+rapid.IntRange(0, 2).Draw(t, "left out"):])
		line = resealed(nil, line)
		read, err = store.Read(bytes.NewReader(line), store.Limits{})
		if err != nil {
			return
		}
		b.Reset()
		if _, err := store.NewWriter(&b, read.Header); err != nil || !bytes.Equal(b.Bytes(), line) {
			t.Fatalf("accepted:\n%s\nwritten again (%v):\n%s", line, err, b.Bytes())
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, closed := range []bool{false, true} {
		text, _ := file(f, drill(), false, closed)
		f.Add(text)
		f.Add(text[:len(text)-40])
		f.Add(bytes.ReplaceAll(text, []byte(`"seq"`), []byte(`"x"`)))
	}
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := store.Read(bytes.NewReader(text), store.Limits{})
		v, verr := store.Verify(bytes.NewReader(text), "")
		if verr != nil || v.OK() != (err == nil) || v.Lines != got.Lines || v.Events != len(got.Events) {
			t.Fatalf("Read: %v, Verify: %+v, %v", err, v, verr)
		}
		if got.Whole > int64(len(text)) || got.Lines != bytes.Count(text[:got.Whole], []byte("\n")) {
			t.Fatalf("whole %d, lines %d", got.Whole, got.Lines)
		}
		if got.Lines == 0 {
			return
		}
		// What was read is written again byte for byte.
		var again bytes.Buffer
		w, err := store.NewWriter(&again, got.Header)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Append(got.Events); err != nil {
			t.Fatal(err)
		}
		if got.Closed {
			if _, err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(again.Bytes(), text[:got.Whole]) {
			t.Fatal("not the same bytes when written again")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const n = 100_000
	var buf bytes.Buffer
	w, err := store.NewWriter(&buf, header())
	if err != nil {
		b.Fatal(err)
	}
	events := make([]engine.Event, n)
	for i := range events {
		events[i] = event(int64(i+1), engine.Observed, engine.Millis(i)*10, engine.Body{ID: "R01", Role: "guard", Content: engine.Over(6, 7)})
	}
	if err := w.Append(events); err != nil {
		b.Fatal(err)
	}
	text := buf.Bytes()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r, err := store.NewReader(bytes.NewReader(text), store.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		var e engine.Event
		for err == nil {
			err = r.Next(&e)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/event")
}
