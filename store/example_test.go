package store_test

import (
	"bytes"
	"fmt"
	"log"

	"saban/engine"
	"saban/store"
)

// A drill is written, read, tampered with and found out.
func Example() {
	var file bytes.Buffer // an *os.File in earnest: Append then syncs it
	w, err := store.NewWriter(&file, store.Header{
		Engine:   engine.Version,
		Drill:    "2026-03-05-so-chi-huy",
		Scenario: store.Pin("bomb-threat", []byte("saban: 1\n")),
		Rubric:   store.Pin("default", []byte("rubric: 1\n")),
	})
	if err != nil {
		log.Fatal(err)
	}
	err = w.Append([]engine.Event{
		{Seq: 1, Type: engine.Started, Actor: "lead", Body: engine.Body{Start: &engine.Start{Speed: engine.Whole}}},
		{Seq: 2, Type: engine.Noted, Actor: "lead", Body: engine.Body{Text: "báo tin lúc 02:30"}},
		{Seq: 3, Type: engine.Ended, Actor: "lead"},
	})
	if err != nil {
		log.Fatal(err)
	}
	head, err := w.Close()
	if err != nil {
		log.Fatal(err)
	}
	say := func(text []byte) {
		v, err := store.Verify(bytes.NewReader(text), head)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(v.Text().EN)
	}
	say(file.Bytes())
	say(bytes.Replace(file.Bytes(), []byte("02:30"), []byte("01:30"), 1))
	// Output:
	// whole: 5 lines, 3 events, closed
	// line 3: the content does not match the hash: the line was altered (whole up to line 2)
}
