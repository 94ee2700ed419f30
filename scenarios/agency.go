package scenarios

import (
	"time"

	"saban/engine"
)

// Agency is who issues the report of a drill: what stands in its head and at
// its end, as Decree 30/2020/NĐ-CP wants it. Names of people are only those
// who sign.
type Agency struct {
	Parent        string   // body above the issuing one
	Name          string   // issuing body
	Number        string   // 05/BC-TĐH
	Place         string   // where it is signed
	Date          string   // 2026-01-05; empty = the day of EndEx
	To            []string // kính gửi
	Authority     string   // TM. TỔ ĐIỀU HÀNH
	Signer        string   // office of who signs
	SignedBy      string   // and the name
	Copies        []string // nơi nhận, the archive's line last
	Sponsor       string   // who ordered the drill
	Organizations []string // who took part
	Contact       string
}

var agencyFormat = format{"agency", aGroup("agency", agencyKeys, rules{}).shape, dialect{LeastWeight: 1}}

var agencyKeys = []key[Agency]{
	version[Agency]("agency"),
	keyOf("parent", may, aPlain, func(a *Agency) *string { return &a.Parent }),
	keyOf("name", must, aPlain, func(a *Agency) *string { return &a.Name }),
	keyOf("number", may, aPlain, func(a *Agency) *string { return &a.Number }),
	keyOf("place", may, aPlain, func(a *Agency) *string { return &a.Place }),
	keyOf("date", may, aDay, func(a *Agency) *string { return &a.Date }),
	keyOf("to", may, somePlain, func(a *Agency) *[]string { return &a.To }),
	keyOf("authority", may, aPlain, func(a *Agency) *string { return &a.Authority }),
	keyOf("signer", may, aPlain, func(a *Agency) *string { return &a.Signer }),
	keyOf("signed_by", may, aPlain, func(a *Agency) *string { return &a.SignedBy }),
	keyOf("copies", may, somePlain, func(a *Agency) *[]string { return &a.Copies }),
	keyOf("sponsor", may, aPlain, func(a *Agency) *string { return &a.Sponsor }),
	keyOf("organizations", may, somePlain, func(a *Agency) *[]string { return &a.Organizations }),
	keyOf("contact", may, aPlain, func(a *Agency) *string { return &a.Contact }),
}

var somePlain = aList(aPlain)

// aDay is a date as it stands in a calendar.
var aDay = plainly(shapeDay, func(v value, into *string) {
	day, ok := v.word()
	if !ok {
		return
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		v.wrong(engine.Both("một ngày có thật, viết năm-tháng-ngày", "a day there is, as year-month-day"), engine.Both("viết như 2026-01-05", "write it as 2026-01-05"))
		return
	}
	*into = day
})

// ReadAgency reads an agency file.
func ReadAgency(src Source) (*Agency, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	r := newReader(p, agencyFormat.dialect)
	r.found = found
	a := &Agency{}
	if r.kindOfFile(root, "agency") {
		read(r.value(root, ""), agencyKeys, a)
	}
	return a, r.findings()
}
