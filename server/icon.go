package server

import "html/template"

// icons are strokes on a grid of 24, our own; glyphs of status are drawn by
// the figure package, which every picture shares.
var icons = map[string]string{
	"phone":    `<path d="M6.5 3.5h3l1.5 4-2 1.5a11 11 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7 2 2 0 0 1 6.5 3.500z"/>`,
	"radio":    `<rect x="7" y="9" width="10" height="12" rx="2"/><path d="M9 9V3.500M10 13h4M10 16.500h4"/>`,
	"cctv":     `<rect x="3" y="7" width="12" height="10" rx="2"/><path d="m15 10.5 6-3v9l-6-3"/>`,
	"gauge":    `<path d="M3 17a9 9 0 1 1 18 0"/><path d="m12 16 4-5.5"/><circle cx="12" cy="16.5" r="1.4"/>`,
	"walk_in":  `<circle cx="12" cy="7" r="3.4"/><path d="M5.5 20a6.5 6.5 0 0 1 13 0"/>`,
	"mail":     `<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>`,
	"sms":      `<path d="M4 5h16v11H10l-4 3.500V16H4z"/>`,
	"news":     `<rect x="4" y="4.5" width="16" height="15" rx="2"/><path d="M8 9h8M8 12.500h8M8 16h5"/>`,
	"social":   `<path d="M4 10v4l3 .500L15 19V5L7 9.500zM18 9.500a4 4 0 0 1 0 5"/>`,
	"order":    `<path d="M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 15.500h6"/>`,
	"plus":     `<path d="M12 5v14M5 12h14"/>`,
	"play":     `<path d="M8 5.500v13l10-6.500z"/>`,
	"pause":    `<path d="M9 5.500v13M15 5.500v13"/>`,
	"send":     `<path d="M21 3 3 10.500l7.5 3L13.5 21z"/><path d="M21 3 10.5 13.5"/>`,
	"hold":     `<path d="M7 3.500h10M7 20.500h10M8 3.500c0 5 8 5 8 8.500s-8 3.5-8 8.500M16 3.500c0 5-8 5-8 8.500s8 3.5 8 8.5"/>`,
	"edit":     `<path d="M4 20l1-4.500L16 4.500l3.5 3.500L8.5 19z"/>`,
	"skip":     `<path d="M5 5.500v13l9-6.500zM18.5 5.500v13"/>`,
	"wifi":     `<path d="M2.5 9.200a14 14 0 0 1 19 0M5.8 12.800a9 9 0 0 1 12.4 0M9 16.300a4.4 4.4 0 0 1 6 0"/><circle cx="12" cy="19.3" r=".8"/>`,
	"wifi-off": `<path d="M2.5 9.200a14 14 0 0 1 19 0M5.8 12.800a9 9 0 0 1 12.4 0M9 16.300a4.4 4.4 0 0 1 6 0M4 20 20 4"/>`,
	"more":     `<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>`,
	"close":    `<path d="m6 6 12 12M18 6 6 18"/>`,
	"note":     `<path d="M4 7h16M4 12h16M4 17h9"/>`,
	"half":     `<circle cx="12" cy="12" r="8.5"/><path d="M12 3.500a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>`,
	"grid":     `<rect x="4" y="4" width="6.5" height="6.5" rx="1"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1"/><rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1"/>`,
	"alert":    `<path d="M12 4 2.5 20h19zM12 10v5M12 17.500h.01"/>`,
	"help":     `<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.8.4-1 .9-1 1.700M12 16.500h.01"/>`,
	"moon":     `<path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z"/>`,
	"search":   `<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>`,
	"flag":     `<path d="M6 21V4M6 4.500h11l-2 4 2 4H6"/>`,
	"eye":      `<path d="M2.5 12s3.5-6.500 9.5-6.500 9.5 6.500 9.5 6.500-3.5 6.500-9.5 6.500S2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>`,
	"clock":    `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>`,
	"check":    `<path d="m4.5 12.5 5 5 10-11"/>`,
	"back":     `<path d="M15 5 8 12l7 7"/>`,
	"camera":   `<path d="M4 7.500h3.500L9 5h6l1.500 2.500H20v11H4z"/><circle cx="12" cy="12.8" r="3.4"/>`,
	"picture":  `<rect x="3.5" y="5" width="17" height="14" rx="1.5"/><path d="m4 17 5-5 4 4 3-3 4.5 4.500"/><circle cx="15.5" cy="9" r="1.4"/>`,
	"next":     `<path d="m9 5 7 7-7 7"/>`,
	"bell":     `<path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4"/>`,
	"relay":    `<path d="M4 12h13M12 6.500l6 5.500-6 5.500"/>`,
}

// channelIcons says which icon stands for how an inject arrives.
var channelIcons = map[string]string{"phone": "phone", "radio": "radio", "cctv": "cctv", "walk_in": "walk_in", "scada_alarm": "gauge", "alarm_panel": "gauge",
	"sms": "sms", "email": "mail", "social_media": "social", "news": "news", "superior_order": "order"}

// icon draws one; it says nothing to a reader who cannot see it.
func icon(name string) template.HTML {
	if of, ok := channelIcons[name]; ok {
		name = of
	}
	return template.HTML(`<svg class="ic" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">` + icons[name] + `</svg>`)
}

// phoneIcons are those a phone draws; they come once with its page.
var phoneIcons = []string{"phone", "radio", "cctv", "gauge", "walk_in", "mail", "sms", "news", "social", "order", "pause", "hold", "edit", "wifi", "wifi-off",
	"close", "note", "alert", "clock", "check", "back", "next", "bell", "relay"}

// sprite holds the icons of a phone's page for sym to point at.
func sprite() template.HTML {
	out := `<svg class="sr" aria-hidden="true"><defs>`
	for _, name := range phoneIcons {
		out += `<symbol id="i-` + name + `" viewBox="0 0 24 24">` + icons[name] + `</symbol>`
	}
	return template.HTML(out + `</defs></svg>`)
}

// sym draws an icon of the page's sprite.
func sym(name string) template.HTML {
	if of, ok := channelIcons[name]; ok {
		name = of
	}
	return template.HTML(`<svg class="ic" aria-hidden="true"><use href="#i-` + name + `"/></svg>`)
}
