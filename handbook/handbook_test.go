package handbook_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/handbook"
)

// words is the whole text of a handbook.
func words(h *handbook.Handbook) string {
	out := []string{h.Title, h.Lead.String()}
	for _, s := range h.Sections {
		out = append(out, s.Title)
		for _, b := range s.Blocks {
			for _, line := range b.Lines {
				out = append(out, strings.Join(line.Keys, " ")+" "+line.String())
			}
		}
	}
	return strings.Join(out, "\n")
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	for _, reader := range handbook.Readers {
		t.Run(string(reader), func(t *testing.T) {
			vi, err := handbook.Of(reader, engine.VI)
			if err != nil {
				t.Fatal(err)
			}
			en, err := handbook.Of(reader, engine.EN)
			if err != nil {
				t.Fatal(err)
			}
			if shape(vi) != shape(en) {
				t.Errorf("sections and points differ:\n%s\n%s", shape(vi), shape(en))
			}
		})
	}
}

// shape is which blocks a handbook has and how many lines each.
func shape(h *handbook.Handbook) string {
	var out strings.Builder
	for i, s := range h.Sections {
		fmt.Fprintf(&out, "%d:", i+1)
		for _, b := range s.Blocks {
			fmt.Fprintf(&out, " %d %s", len(b.Lines), b.Kind)
		}
		out.WriteString("; ")
	}
	return out.String()
}

func TestNothingOfTheMarkupIsLeft(t *testing.T) {
	for _, reader := range handbook.Readers {
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			h, err := handbook.Of(reader, lang)
			if err != nil {
				t.Fatal(err)
			}
			text := words(h)
			if strings.ContainsAny(text, "*`{}#") || !norm.NFC.IsNormalString(text) {
				t.Errorf("%s in %s has marks left, or letters that are not composed:\n%s", reader, lang, text)
			}
		}
	}
}

// A few screens each: what nobody reads helps nobody.
func TestAHandbookIsShort(t *testing.T) {
	for _, reader := range handbook.Readers {
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			h, err := handbook.Of(reader, lang)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(strings.Fields(words(h))); n < 200 || n > 1200 {
				t.Errorf("%s in %s has %d words", reader, lang, n)
			}
		}
	}
}

// What players read says what to do when something real happens, and tells
// nothing of how others judge them.
func TestWhatEachHandbookHasToSay(t *testing.T) {
	for reader, must := range map[handbook.Reader]map[engine.Lang][]string{
		handbook.Facilitator: {engine.VI: {"TÌNH HUỐNG THẬT – DỪNG DIỄN TẬP", "112, 113, 114, 115", "Shift E"}, engine.EN: {"REAL INCIDENT – STOP THE DRILL", "112, 113, 114 or 115", "Shift E"}},
		handbook.Evaluator:   {engine.VI: {"P · Thực hiện tốt", "S · ", "M · ", "U · Chưa thực hiện được"}, engine.EN: {"P · Performed without challenges", "S · ", "M · ", "U · Unable"}},
		handbook.Participant: {engine.VI: {"TÌNH HUỐNG THẬT – DỪNG DIỄN TẬP", "112, 113, 114, 115"}, engine.EN: {"REAL INCIDENT – STOP THE DRILL", "112, 113, 114 or 115"}},
	} {
		for lang, parts := range must {
			h, err := handbook.Of(reader, lang)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range parts {
				if !strings.Contains(words(h), part) {
					t.Errorf("%s in %s does not say %q", reader, lang, part)
				}
			}
		}
	}
	if _, err := handbook.Of("administrator", engine.VI); err == nil {
		t.Error("there is a handbook for nobody")
	}
}
