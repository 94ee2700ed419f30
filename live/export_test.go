package live

// Tick lets time do its part, as Run does.
func Tick(r *Room) { r.tick() }
