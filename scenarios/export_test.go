package scenarios

// What the schemas are made from.
type (
	Shape     = shape
	ShapeKey  = shapeKey
	ShapeKind = shapeKind
	FileKind  = format
)

const (
	ShapeGroup    = shapeGroup
	ShapeMapping  = shapeMapping
	ShapeList     = shapeList
	ShapeEither   = shapeEither
	ShapeText     = shapeText
	ShapeProse    = shapeProse
	ShapePlain    = shapePlain
	ShapeChoice   = shapeChoice
	ShapeTruth    = shapeTruth
	ShapeVersion  = shapeVersion
	ShapeWhole    = shapeWhole
	ShapeWeight   = shapeWeight
	ShapeNumber   = shapeNumber
	ShapeDuration = shapeDuration
	ShapeGuard    = shapeGuard
	ShapeFormula  = shapeFormula
	ShapeID       = shapeID
	ShapeName     = shapeName
	ShapeCode     = shapeCode
	ShapeSlug     = shapeSlug
	ShapePerson   = shapePerson
	ShapeDay      = shapeDay
	ShapeHash     = shapeHash
	ShapeClock    = shapeClock

	MaxEntries = maxEntries
)

// Formats are the kinds of files.
var Formats = formats

// Silenceable lists the codes a scenario may silence.
func Silenceable() []Code {
	var out []Code
	for _, code := range Codes() {
		if code.silent() {
			out = append(out, code)
		}
	}
	return out
}
