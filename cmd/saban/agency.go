package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"saban/report"
	"saban/scenarios"
)

// readAgency reads who issues a report: the file that is named, else an
// agency.yaml beside the drill file, if there is one.
func (r *reporting) readAgency(drill string, into *report.Meta) error {
	path := r.agency
	if path == "" {
		path = filepath.Join(filepath.Dir(drill), "agency.yaml")
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return r.unreadable(path, err)
	}
	a, found := scenarios.ReadAgency(scenarios.Source{Name: path, Bytes: text})
	if found.Failed() {
		return r.refuse(found)
	}
	into.Parent, into.Body, into.Number, into.Place = a.Parent, a.Name, a.Number, a.Place
	into.To, into.Office, into.Signer, into.Signed, into.Copies = a.To, a.Authority, a.Signer, a.SignedBy, a.Copies
	into.Sponsor, into.Organizations, into.Contact = a.Sponsor, a.Organizations, a.Contact
	if day, err := time.ParseInLocation(time.DateOnly, a.Date, time.UTC); err == nil {
		into.Date = day.Add(5 * time.Hour).UnixMilli() // noon in Viet Nam
	}
	return nil
}
