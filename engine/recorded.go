package engine

import "time"

// A wall clock is written as 2026-01-31T08:00:00.000Z, in UTC. It stands on
// every line of a log, so it is reckoned here, without a layout to interpret.
const recordedLayout = "2006-01-02T15:04:05.000Z"

const (
	dayMillis = 24 * 60 * 60 * 1000
	firstYear = -62_167_219_200_000 // 0000-01-01, milliseconds before 1970
	afterYear = 253_402_300_800_000 // 10000-01-01
)

// appendRecorded appends milliseconds since 1970.
func appendRecorded(b []byte, ms int64) []byte {
	if ms < firstYear || ms >= afterYear {
		return time.UnixMilli(ms).UTC().AppendFormat(b, recordedLayout)
	}
	days, clock := ms/dayMillis, ms%dayMillis
	if clock < 0 {
		days, clock = days-1, clock+dayMillis
	}
	year, month, day := civil(days)
	b = appendDigits(b, year, 4)
	b = appendDigits(append(b, '-'), month, 2)
	b = appendDigits(append(b, '-'), day, 2)
	b = appendDigits(append(b, 'T'), clock/3_600_000, 2)
	b = appendDigits(append(b, ':'), clock/60_000%60, 2)
	b = appendDigits(append(b, ':'), clock/1000%60, 2)
	b = appendDigits(append(b, '.'), clock%1000, 3)
	return append(b, 'Z')
}

func appendDigits(b []byte, n int64, width int) []byte {
	b = append(b, "0000"[:width]...)
	for i := len(b) - 1; n > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// parseRecorded reads what appendRecorded writes, years 0 to 9999.
func parseRecorded(b []byte) (ms int64, ok bool) {
	if len(b) != len(recordedLayout) || b[4] != '-' || b[7] != '-' || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[19] != '.' || b[23] != 'Z' {
		return 0, false
	}
	year, ok1 := digits(b[0:4])
	month, ok2 := digits(b[5:7])
	day, ok3 := digits(b[8:10])
	hour, ok4 := digits(b[11:13])
	minute, ok5 := digits(b[14:16])
	second, ok6 := digits(b[17:19])
	milli, ok7 := digits(b[20:23])
	if !(ok1 && ok2 && ok3 && ok4 && ok5 && ok6 && ok7) || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	days := daysTo(year, month, day)
	if y, m, d := civil(days); y != year || m != month || d != day {
		return 0, false // such as the 30th of February
	}
	return days*dayMillis + (hour*60+minute)*60_000 + second*1000 + milli, true
}

func digits(b []byte) (n int64, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// In both functions below the year begins on the 1st of March, so that the
// day that some years have more is its last: then a month begins (153m+2)/5
// days into it. 400 years are an era of 146,097 days; era 0 began on 1 March
// of the year 0, which is 719,468 days before 1970. Eras are counted from one
// before that, to keep every figure positive.
const (
	eraDays  = 146_097
	eraYears = 400
	toEpoch  = 719_468 + eraDays
)

// civil returns the date of a day counted from 1970-01-01 (proleptic
// Gregorian calendar).
func civil(days int64) (year, month, day int64) {
	days += toEpoch
	era, rest := days/eraDays, days%eraDays
	years := (rest - rest/1460 + rest/36_524 - rest/146_096) / 365
	rest -= years*365 + years/4 - years/100
	month = (5*rest + 2) / 153
	day = rest - (153*month+2)/5 + 1
	year = (era-1)*eraYears + years
	if month += 3; month > 12 {
		month, year = month-12, year+1
	}
	return year, month, day
}

// daysTo is the other way round.
func daysTo(year, month, day int64) int64 {
	if month -= 3; month < 0 {
		month, year = month+12, year-1
	}
	year += eraYears
	era, years := year/eraYears, year%eraYears
	rest := years*365 + years/4 - years/100 + (153*month+2)/5 + day - 1
	return era*eraDays + rest - toEpoch
}
