package figure

import (
	"fmt"
	"image/color"
)

// hatchOpacity is how strongly the strokes of a hatched area cover it.
const hatchOpacity = 0.38

// colours are the paints on white paper, the light tokens of the user
// interface.
var colours = map[Paint]color.RGBA{
	Ink:        {0x17, 0x19, 0x1E, 255},
	Ink2:       {0x45, 0x49, 0x52, 255},
	Ink3:       {0x62, 0x66, 0x6F, 255},
	Rule:       {0xE5, 0xE4, 0xDE, 255},
	Rule2:      {0xD0, 0xCE, 0xC6, 255},
	Control:    {0x82, 0x7F, 0x75, 255},
	Surface:    {0xFF, 0xFF, 0xFF, 255},
	Sunken:     {0xF3, 0xF3, 0xEF, 255},
	Accent:     {0x24, 0x50, 0xC8, 255},
	AccentWeak: {0xED, 0xF1, 0xFD, 255},
	On:         {0xFF, 0xFF, 0xFF, 255},
	OK:         {0x0B, 0x75, 0x48, 255},
	OKWeak:     {0xE4, 0xF3, 0xEB, 255},
	Warn:       {0x8F, 0x56, 0x00, 255},
	WarnWeak:   {0xFB, 0xF0, 0xDA, 255},
	Bad:        {0xBE, 0x25, 0x30, 255},
	BadWeak:    {0xFC, 0xEA, 0xEA, 255},
	AdHoc:      {0x6A, 0x3F, 0xC0, 255},
	Bar:        {0xB9, 0xBF, 0xCB, 255},
	Hatch:      {0xFB, 0xF0, 0xDA, 255}, // its ground; the strokes are Warn
}

// Colour is a paint on white paper, and false for None. Of Hatch it is the
// ground below its strokes.
func (p Paint) Colour() (color.RGBA, bool) {
	c, ok := colours[p]
	return c, ok
}

// Hex is a paint on white paper in six digits: 17191E.
func (p Paint) Hex() string {
	c := colours[p]
	return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B)
}
