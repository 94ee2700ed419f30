package scoring

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"saban/engine"
)

// span is a time that JSON writes as files do: "5m".
type span engine.Millis

func (s span) MarshalJSON() ([]byte, error) { return json.Marshal(engine.Millis(s).String()) }

func (s *span) UnmarshalJSON(b []byte) error {
	var word string
	if err := json.Unmarshal(b, &word); err != nil {
		return err
	}
	ms, ok := engine.ParseDuration(word)
	if !ok {
		return fmt.Errorf("%q is no duration such as 90s or 5m", word)
	}
	*s = span(ms)
	return nil
}

// rubricJSON is Rubric with the one field whose JSON differs.
type rubricJSON struct {
	Format    int       `json:"rubric"`
	Parts     Parts     `json:"parts"`
	Item      ItemParts `json:"item"`
	Factors   Factors   `json:"factors"`
	Penalties struct {
		Minor      engine.Ratio `json:"minor"`
		Major      engine.Ratio `json:"major"`
		Life       engine.Ratio `json:"life"`
		Cap        engine.Ratio `json:"cap"`
		AgainAfter span         `json:"again_after"`
	} `json:"penalties"`
	Gates    Gates        `json:"gates"`
	Grades   Grades       `json:"grades"`
	Ratings  RatingBands  `json:"ratings"`
	OwnShare engine.Ratio `json:"own_share"`
	Total    string       `json:"total"`
}

func (r Rubric) toJSON() rubricJSON {
	j := rubricJSON{
		Format: r.Format, Parts: r.Parts, Item: r.Item, Factors: r.Factors,
		Gates: r.Gates, Grades: r.Grades, Ratings: r.Ratings, OwnShare: r.OwnShare, Total: r.Total,
	}
	j.Penalties.Minor, j.Penalties.Major, j.Penalties.Life = r.Penalties.Minor, r.Penalties.Major, r.Penalties.Life
	j.Penalties.Cap, j.Penalties.AgainAfter = r.Penalties.Cap, span(r.Penalties.AgainAfter)
	return j
}

// MarshalJSON writes the whole rubric with the keys of a rubric file, in
// their order; UnmarshalJSON reads back the same rubric.
func (r Rubric) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r.toJSON()); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// UnmarshalJSON reads a rubric. Unknown keys and other formats are refused;
// a key that is missing has its value of Default.
func (r *Rubric) UnmarshalJSON(b []byte) error {
	j := Default().toJSON()
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&j); err != nil {
		return fmt.Errorf("rubric: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("rubric: something follows it")
	}
	if j.Format != 1 {
		return fmt.Errorf("rubric: format %d is not known, only 1", j.Format)
	}
	*r = Rubric{
		Format: j.Format, Parts: j.Parts, Item: j.Item, Factors: j.Factors,
		Penalties: Penalties{
			Minor: j.Penalties.Minor, Major: j.Penalties.Major, Life: j.Penalties.Life,
			Cap: j.Penalties.Cap, AgainAfter: engine.Millis(j.Penalties.AgainAfter),
		},
		Gates: j.Gates, Grades: j.Grades, Ratings: j.Ratings, OwnShare: j.OwnShare, Total: j.Total,
	}
	return nil
}
