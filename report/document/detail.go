package document

// Details say more about rows of a table, for those who ask. A page unfolds
// them; paper would only grow thick with them and leaves them out.
type Details struct {
	Title string
	Seen  string // heads what the points rest on
	Each  []Detail
}

// Detail is one of them: points, what follows from them, and what they rest
// on.
type Detail struct {
	ID     string // for links, unique in the document
	Title  string
	Points [][]Run
	End    []Run
	Seen   [][]Run
}
