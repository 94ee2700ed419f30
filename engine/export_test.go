package engine

// Forget drops everything the drill has worked out and could work out again,
// so that a test can hold what it remembers against what it would find.
func (d *Drill) Forget() {
	d.unsettled = true
	d.lookAtAll()
	clear(d.values)
	d.lastID, d.lastRole = found{}, found{}
}
