package engine

// Lang is a language of the people who read: "vi" or "en".
type Lang string

// The two languages every text is written in. Vietnamese comes first.
const (
	VI Lang = "vi"
	EN Lang = "en"
)

// Text is one text in both languages.
type Text struct {
	VI string `json:"vi,omitempty"`
	EN string `json:"en,omitempty"`
}

// In returns the text in lang, or in the other language when it is missing.
func (t Text) In(lang Lang) string {
	if (lang == EN && t.EN != "") || t.VI == "" {
		return t.EN
	}
	return t.VI
}

// Empty reports whether there is no text in either language.
func (t Text) Empty() bool { return t.VI == "" && t.EN == "" }

// RoleText is a text for one role; an empty Role means every role.
type RoleText struct {
	Role string `json:"role,omitempty"`
	Text Text   `json:"text"`
}
