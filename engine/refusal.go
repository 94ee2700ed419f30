package engine

import "fmt"

// Code tells one kind of refusal from another.
type Code string

// Why a command is refused.
const (
	NotStarted      Code = "not_started"
	AlreadyStarted  Code = "already_started"
	IsOver          Code = "over"
	IsPaused        Code = "paused"
	NotPaused       Code = "not_paused"
	IsStoppedReal   Code = "stopped_real"
	NotStoppedReal  Code = "not_stopped_real"
	UnknownID       Code = "unknown_id"
	AlreadyReleased Code = "already_released"
	NotReleased     Code = "not_released"
	AlreadyHeld     Code = "already_held"
	NotHeld         Code = "not_held"
	AlreadySkipped  Code = "already_skipped"
	AlreadyShown    Code = "already_shown"
	AlreadyReceived Code = "already_received"
	NotAsked        Code = "not_asked"
	WrongPick       Code = "wrong_pick"
	NotOffered      Code = "not_offered"
	AlreadyAnswered Code = "already_answered"
	PresentState    Code = "present_state"
	NeedsReason     Code = "needs_reason"
	BadTime         Code = "bad_time"
	BadValue        Code = "bad_value"
	NotOver         Code = "not_over"
	NotRetractable  Code = "not_retractable"
	IsSimulated     Code = "simulated"
	UnknownVerb     Code = "unknown_verb"
)

// Refusal says why a command was not carried out and what to try instead.
// Nothing has changed.
type Refusal struct {
	Do   Verb
	Code Code
	Why  Text
	Try  Text
}

func (r *Refusal) Error() string {
	if r.Try.Empty() {
		return r.Why.EN
	}
	return r.Why.EN + "; " + r.Try.EN
}

// Is makes errors.Is(err, &Refusal{Code: …}) compare codes.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && (t.Code == r.Code || t.Code == "")
}

// Both formats the same values into a Vietnamese and an English sentence.
func Both(vi, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{vi, en}
	}
	return Text{fmt.Sprintf(vi, args...), fmt.Sprintf(en, args...)}
}
