package scenarios

// Code names one kind of mistake. It never changes its meaning.
type Code string

// Mistakes in the bytes and in the YAML.
const (
	TooLarge        Code = "SB001" // over 1 MiB
	NotUTF8         Code = "SB002" // bytes that are no UTF-8
	ControlChar     Code = "SB003" // invisible or control characters
	EmptyFile       Code = "SB004" // nothing in the file
	TooDeep         Code = "SB005" // nested deeper than 64
	BadYAML         Code = "SB006" // the YAML cannot be read
	ManyDocuments   Code = "SB007" // a second document
	AliasUsed       Code = "SB008" // an anchor, an alias or a merge key
	TagUsed         Code = "SB009" // a tag
	DuplicateKey    Code = "SB010" // a key twice in one mapping
	UnknownKey      Code = "SB011" // a key that means nothing here
	MissingKey      Code = "SB012" // a key that has to be there
	WrongType       Code = "SB013" // a list where a text is wanted, and so on
	BareWord        Code = "SB014" // a bare on, yes, no …
	BadDuration     Code = "SB015" // no duration
	BadNumber       Code = "SB016" // no number, or out of range
	BadChoice       Code = "SB017" // none of the words allowed here
	CutByHash       Code = "SB018" // a text cut at " #" (warning)
	MissingLanguage Code = "SB019" // a text in one language only
	EmptyValue      Code = "SB020" // nothing where something is wanted
	BadVersion      Code = "SB021" // a version of the format that is not known
	TooMany         Code = "SB022" // more findings than are shown
	WrongFile       Code = "SB023" // a file of another kind
	TooLong         Code = "SB024" // more entries than any drill has
	NotFormatted    Code = "SB025" // a layout that would lose a comment (fmt)
)

// Mistakes in names and guards.
const (
	BadID           Code = "SB101" // an id that is ill-formed
	ReservedID      Code = "SB102" // a word of the guard language as an id
	RepeatedID      Code = "SB103" // an id used twice
	BadGuard        Code = "SB104" // a condition that is wrong
	BadReference    Code = "SB105" // an id that leads nowhere, or to the wrong kind of thing
	BadCapability   Code = "SB106" // no such capability
	AfterCycle      Code = "SB107" // responses that wait for each other
	SameTransition  Code = "SB108" // two transitions that cannot be told apart
	SelfTransition  Code = "SB109" // a transition back to its own state
	LeavesFinal     Code = "SB110" // a transition out of a final state
	InitialState    Code = "SB111" // no initial state, or two
	UnknownChannel  Code = "SB112" // a channel injects do not come by
	UnknownParam    Code = "SB113" // ${name} of a parameter that is not declared
	BadPlaceholder  Code = "SB114" // ${ without an end
	RepeatedBox     Code = "SB115" // a box id twice in its set
	RepeatedBoxSet  Code = "SB116" // a box set that hides a built-in one
	RepeatedMention Code = "SB117" // the same id twice in one list
)

// Mistakes in what a scenario says.
const (
	LimitNotLater   Code = "SB201" // limit ≤ target
	BadWeight       Code = "SB202" // weight not 1 to 5
	NoTime          Code = "SB203" // an inject with neither at nor when
	HandWithWhen    Code = "SB204" // at: hand beside when
	UntilBeforeAt   Code = "SB205" // until before at
	Misplaced       Code = "SB206" // until without when, otherwise without only_in
	AfterTheEnd     Code = "SB207" // an inject after the drill's end
	LimitPastEnd    Code = "SB208" // a limit past the drill's end (warning)
	NobodyAsked     Code = "SB209" // a response no owner is asked for
	BadPick         Code = "SB210" // a pick that cannot be made, or hides a right answer
	RoleNeverAsked  Code = "SB211" // a player who is never asked anything (warning)
	Unreachable     Code = "SB212" // a state no transition leads to
	NoExit          Code = "SB213" // a state without a way out
	DeadEnd         Code = "SB214" // a state from which no contained state can be reached
	NoContained     Code = "SB215" // no contained state at all
	EndlessMoves    Code = "SB216" // a cycle of moves that needs neither time nor event
	NeverOffered    Code = "SB217" // a distractor or prohibited action nobody can choose (warning)
	NotReviewed     Code = "SB218" // nobody vouched for the scenario (warning)
	NoCapability    Code = "SB219" // a response that counts for no capability (warning)
	OfferedTooLate  Code = "SB220" // a response first offered after its limit (warning)
	NeverReceived   Code = "SB221" // an inject for nobody
	UnusedObjective Code = "SB222" // an objective no response serves (warning)
	OfferWays       Code = "SB223" // a response with ways offered as a whole
	MildTrouble     Code = "SB224" // a normal state that only trouble leads to (warning)
)

// Mistakes in site, rubric, play and paper files.
const (
	WrongScenario  Code = "SB301" // made for another scenario
	NotInScenario  Code = "SB302" // an id the scenario has not
	WrongKind      Code = "SB303" // a value of another kind than the scenario's
	HeldAndCovered Code = "SB304" // a role both held and covered
	BadCover       Code = "SB305" // a role covered by itself, a covered or an empty one
	BadRubric      Code = "SB401" // a rubric that does not add up
	BadStep        Code = "SB501" // a step that is no act, or two
	StepAfterEnd   Code = "SB502" // a step that is never played (warning)
	BadExpectation Code = "SB503" // an expectation that can never hold
	OutsideDrill   Code = "SB504" // a step of a draft before the drill's start or after its end
	StepRefused    Code = "SB505" // a step of a draft that the drill does not take
	BadTimeOfDay   Code = "SB506" // no time, of day or since the start
	NotMet         Code = "SB601" // an expectation of a play that was not met
)

// Mistakes that show once time runs: what plays come to, and what none does.
// Each comes with a play that shows it.
const (
	TooFar             Code = "SB701" // a state no play reaches in time (warning)
	EndTooLate         Code = "SB702" // a final state reached only after the drill's end (warning)
	NeverReleased      Code = "SB703" // an inject no play releases (warning)
	LimitTooLate       Code = "SB704" // a response whose limit lies past the end in every play (warning)
	TargetTooLate      Code = "SB705" // a response that no play can make within its target (warning)
	Stuck              Code = "SB706" // a situation with no way to any end
	GoesRound          Code = "SB707" // a machine that goes round for ever though nobody acts
	Rounds             Code = "SB708" // an escalated state entered again and again though nobody acts (warning)
	OldFactAgain       Code = "SB709" // an escalated state entered again by nothing new (warning)
	NeverTrue          Code = "SB710" // a transition whose condition is never true where it counts (warning)
	NeverFalse         Code = "SB711" // a transition whose condition is never false (warning)
	Shadowed           Code = "SB712" // a transition that always comes second (warning)
	NoRecovery         Code = "SB713" // an escalated state that only failure leads out of (warning)
	FreeRecovery       Code = "SB714" // an escalated state that is left though nobody did anything (warning)
	OrderDecides       Code = "SB715" // a late answer that makes a bad and a good branch true at once (warning)
	ContainedWithout   Code = "SB716" // contained though a critical response is missing (warning)
	PerfectUncontained Code = "SB717" // a perfect play that does not end contained (warning)
	PerfectEscalates   Code = "SB718" // a perfect play that goes through an escalated state (warning)
	PerfectBelowFull   Code = "SB719" // a perfect play below 100 points (warning)
	SilenceForgiven    Code = "SB720" // nobody acts, and nothing fails (warning)
	IdleProhibited     Code = "SB721" // a prohibited action in a condition that changes nothing (warning)
	OnlyWhenOver       Code = "SB722" // an inject whose condition is true only when it no longer counts (warning)
)

// Pacing that wears players out or lets them wait. All are warnings.
const (
	CrowdedRole Code = "SB751" // a role asked by too many injects in ten minutes
	TooManyOpen Code = "SB752" // too many injects of a role open at once
	IdleGap     Code = "SB753" // a long time without an inject for anybody
	HeavyRole   Code = "SB754" // one role carries over half the weight
	FewPairs    Code = "SB755" // hardly any order among the responses
	Elsewhere   Code = "SB756" // an inject that a good team receives in another state than expected
)

// Content that is missing, gives the answer away, or looks real. All are
// warnings.
const (
	SameInBoth      Code = "SB801" // the same words in both languages
	TextTooLong     Code = "SB802" // a text longer than its place on a phone
	PhoneNumber     Code = "SB803" // what looks like a phone number
	StreetAddress   Code = "SB804" // what looks like an address
	Coordinate      Code = "SB805" // what looks like a position on a map
	LinkOrMail      Code = "SB806" // what looks like a link or an e-mail address
	LongestIsRight  Code = "SB807" // the right answer shows by its length
	FirstIsRight    Code = "SB808" // the right answer stands first
	NoReviewDate    Code = "SB809" // a review without a date
	NoWhy           Code = "SB810" // a prohibited action without its reason
	NoWrongChoice   Code = "SB811" // a question that cannot be answered wrongly
	FewResponses    Code = "SB812" // a player with hardly anything to do
	NoSource        Code = "SB813" // a parameter without its source
	UnusedParameter Code = "SB814" // a parameter nothing uses
	NoDebrief       Code = "SB815" // no questions for the hot wash
	WordToAvoid     Code = "SB816" // a word the glossary has a better one for
	NotTold         Code = "SB817" // a role asked about what it neither reads nor is told
	ToldInVain      Code = "SB818" // words told to a role that reads the inject itself, or is not asked
	NoRightChoice   Code = "SB819" // a question that cannot be answered rightly
)

// Mistakes in what a scenario silences.
const (
	UnknownCode      Code = "SB851" // a code there is not
	CannotBeSilenced Code = "SB852" // a code of errors
	NoReason         Code = "SB853" // a silence without its reason
	NothingSilenced  Code = "SB854" // a silence that silences nothing (warning)
)
