package engine

// Verb names a wish.
type Verb string

// The commands. Those that bend the run want a Reason.
const (
	StartEx    Verb = "start"     // Start
	Pause      Verb = "pause"     //
	Resume     Verb = "resume"    //
	End        Verb = "end"       //
	Release    Verb = "release"   // ID
	Hold       Verb = "hold"      // ID, Reason
	Unhold     Verb = "unhold"    // ID
	Postpone   Verb = "postpone"  // ID, Moment
	Skip       Verb = "skip"      // ID, Reason
	Edit       Verb = "edit"      // ID, Words
	Recall     Verb = "recall"    // ID, Reason
	AdHoc      Verb = "adhoc"     // Inject
	Relay      Verb = "relay"     // ID, Role
	Receive    Verb = "receive"   // ID, Mode: device (with Role) or read
	Respond    Verb = "respond"   // ID, Role, Choices, Boxes, Text, Tap
	Observe    Verb = "observe"   // ID, Role, Content
	Prohibit   Verb = "prohibit"  // ID, Role
	Mark       Verb = "mark"      // ID, Of, Content
	Rate       Verb = "rate"      // ID, Rating, Reason when it differs from the suggestion; Mode: settled
	Override   Verb = "override"  // ID, Override, Reason
	Retract    Verb = "retract"   // Of, Reason
	RaiseFlag  Verb = "flag"      // ID
	Force      Verb = "force"     // To, Reason
	Note       Verb = "note"      // Text, Photo or both; Mode: real, or unseen with the ID of a response
	Assign     Verb = "assign"    // Role, Person
	Join       Verb = "join"      // Role, Device, Person
	Leave      Verb = "leave"     // Role, Device
	StopReal   Verb = "stop_real" // Reason
	ResumeReal Verb = "resume_real"
	MarkGap    Verb = "gap"     // the shell saw the wall clock skip
	Recover    Verb = "recover" // the shell was restarted
)

// Command is a wish: refused, or turned into events. All that the log does
// not determine comes in with it.
type Command struct {
	Do    Verb
	At    Millis // exercise time now; an earlier one counts as the last known
	Wall  int64  // wall clock, milliseconds since 1970 UTC
	Actor string // person id
	Key   string // unique in the drill; the same key answers with the first outcome
	Late  bool   // entered later: Observed says when it happened
	Body
}
