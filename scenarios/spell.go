package scenarios

import (
	"strconv"
	"strings"

	"saban/engine"
)

// spell writes a duration as a sentence wants it: 12 phút, 1 hour 30 minutes.
func spell(m engine.Millis, lang engine.Lang) string {
	units := []struct {
		size   engine.Millis
		vi, en string
	}{{engine.Hour, "giờ", "hour"}, {engine.Minute, "phút", "minute"}, {engine.Second, "giây", "second"}}
	var parts []string
	for _, u := range units {
		n := int(m / u.size)
		m %= u.size
		if n == 0 && (u.size != engine.Second || len(parts) > 0) {
			continue
		}
		word := u.vi
		if lang == engine.EN {
			if word = u.en; n != 1 {
				word += "s"
			}
		}
		parts = append(parts, strconv.Itoa(n)+" "+word)
	}
	return strings.Join(parts, " ")
}
