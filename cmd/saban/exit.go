package main

import (
	"errors"

	"saban/engine"
)

// Exit codes: done and good; could not do it; did it and found faults.
const (
	exitGood   = 0
	exitFailed = 1
	exitFaults = 2
)

// failure is an error a person can act on.
type failure struct {
	code  int
	text  engine.Text
	hint  engine.Text
	cause error
}

func (f *failure) Error() string { return f.text.EN }
func (f *failure) Unwrap() error { return f.cause }

// cannot says that a verb could not do its work.
func cannot(cause error, text, hint engine.Text) error {
	return &failure{code: exitFailed, text: text, hint: hint, cause: cause}
}

// faulty says that a verb did its work and found faults, already printed
// when text is empty.
func faulty(text engine.Text) error { return &failure{code: exitFaults, text: text} }

// report tells the user of an error and returns the exit code. The text of an
// error nobody foresaw is shown only as a detail.
func (a *app) report(err error) int {
	if err == nil {
		return exitGood
	}
	var f *failure
	if errors.As(err, &f) {
		if !f.text.Empty() {
			a.talk("%s", "%s", f.text.In(a.lang))
		}
		a.hint(f.hint)
		return f.code
	}
	var r *engine.Refusal
	if errors.As(err, &r) {
		a.talk("%s", "%s", r.Why.In(a.lang))
		a.hint(r.Try)
		return exitFailed
	}
	a.talk("không làm được: %v", "could not do it: %v", err)
	return exitFailed
}
