package server_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browser is a headless Chromium before a stage. Its tabs are driven as
// people drive theirs: by what is visible.
type browser struct {
	st  *stage
	ctx context.Context
}

// tab is one page. Tabs of one owner share cookies and storage.
type tab struct {
	t     testing.TB
	b     *browser
	ctx   context.Context
	touch bool
	plain bool // runs no script
}

// stepTime is how long anything a test waits for may take at most: a bound
// for a busy machine, not a goal.
const stepTime = 90 * time.Second

// newBrowser starts Chromium, or skips the test where there is none. On CI
// there has to be one.
func newBrowser(t testing.TB, st *stage) *browser {
	t.Helper()
	path := findChromium()
	switch {
	case path == "" && os.Getenv("CI") == "true":
		t.Fatal("no Chromium on this machine: the tests of the pages cannot run")
	case path == "":
		t.Skip("no Chromium on this machine (apt-get install chromium-headless-shell)")
	case testing.Short():
		t.Skip("drives a browser: left out of -short")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("font-render-hinting", "none"), chromedp.Flag("autoplay-policy", "user-gesture-required"), chromedp.WSURLReadTimeout(time.Minute))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { cancel(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return &browser{st, ctx}
}

// findChromium prefers the one without windows, which takes a third of the
// processor's time.
func findChromium() string {
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// phone is a small cheap Android phone of somebody new.
func (b *browser) phone(t testing.TB) *tab {
	t.Helper()
	p := b.open(t, b.ctx, chromedp.WithNewBrowserContext())
	p.touch = true
	p.size(360, 800, 2)
	return p
}

// desk is a computer's browser of somebody new.
func (b *browser) desk(t testing.TB, width, height int64) *tab {
	t.Helper()
	d := b.open(t, b.ctx, chromedp.WithNewBrowserContext())
	d.size(width, height, 1)
	return d
}

// lead is a computer's browser the facilitator is signed in with.
func (b *browser) lead(t testing.TB, width, height int64) *tab {
	t.Helper()
	d := b.desk(t, width, height)
	d.takeSession(b.st.lead)
	return d
}

// again is another tab of the same browser.
func (p *tab) again() *tab {
	p.t.Helper()
	n := p.b.open(p.t, p.ctx)
	n.touch = p.touch
	if n.touch {
		n.size(360, 800, 2)
	}
	return n
}

func (b *browser) open(t testing.TB, parent context.Context, options ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, options...)
	t.Cleanup(cancel)
	p := &tab{t: t, b: b, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	p.watch()
	return p
}

// watch fails the test for anything a page's script throws and anything its
// content policy stops. A page that asks whether to leave it is left.
func (p *tab) watch() {
	p.must(chromedp.Listen(p.ctx, func(ev any) {
		if _, asks := ev.(*page.EventJavascriptDialogOpening); asks {
			go func() {
				_, _ = chromedp.Call(p.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
			}()
		}
	}), "listening to dialogs")
	messages := chromedp.Console(p.ctx)
	go func() {
		for m, err := range messages {
			if err != nil || p.ctx.Err() != nil {
				return
			}
			if m.Type == chromedp.ConsoleException || strings.Contains(m.Text, "Content Security Policy") {
				p.t.Errorf("the page says: %s\n%s:%d", m.Text, m.URL, m.Line+1)
			}
		}
	}()
}

// size sets the viewport in CSS pixels, and how many real ones each has.
func (p *tab) size(width, height int64, scale float64) {
	p.t.Helper()
	orient := &emulation.ScreenOrientation{Type: emulation.ScreenOrientationTypePortraitPrimary}
	if width > height {
		orient = &emulation.ScreenOrientation{Type: emulation.ScreenOrientationTypeLandscapePrimary, Angle: 90}
	}
	_, err := chromedp.Call(p.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale,
		Mobile: p.touch, ScreenOrientation: orient})
	p.must(err, "size")
	_, err = chromedp.Call(p.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: p.touch})
	p.must(err, "touch")
}

// takeSession signs this browser in as a client of the stage is.
func (p *tab) takeSession(c *client) {
	p.t.Helper()
	base, err := url.Parse(c.base)
	p.must(err, "address")
	for _, one := range c.http.Jar.Cookies(base) {
		_, err := chromedp.Call(p.ctx, network.SetCookie, network.SetCookieParams{Name: one.Name, Value: one.Value, URL: c.base})
		p.must(err, "cookie")
	}
}

func (p *tab) must(err error, doing string) {
	p.t.Helper()
	if err == nil {
		return
	}
	where, text := "", ""
	if !errors.Is(err, context.Canceled) {
		p.shot("FAILED " + p.t.Name())
		where, _ = do(p, chromedp.Location())
		text, _ = do(p, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	}
	p.t.Fatalf("%s: %v\nat %s\n%s", doing, err, where, text)
}

// do acts on the page. What was drawn anew under the act is looked for again.
func do[T any](p *tab, a chromedp.Action[T]) (out T, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, stepTime)
	defer cancel()
	for range 3 {
		if out, err = chromedp.Run(ctx, a); err == nil || !strings.Contains(err.Error(), "Could not find node") {
			break
		}
	}
	return out, err
}

// goTo opens an address of the stage.
func (p *tab) goTo(path string) {
	p.t.Helper()
	_, err := do(p, chromedp.Navigate(p.b.st.at.URL+path))
	p.must(err, "opening "+path)
}

func (p *tab) reload() {
	p.t.Helper()
	_, err := do(p, chromedp.Reload())
	p.must(err, "reloading")
}

func (p *tab) back() {
	p.t.Helper()
	_, err := do(p, chromedp.NavigateBack())
	p.must(err, "going back")
}

// see waits until something a CSS selector finds is visible.
func (p *tab) see(css string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden")`, css), "seeing "+css)
}

// gone waits until nothing of that kind is visible.
func (p *tab) gone(css string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`![...document.querySelectorAll(%q)].some(e => e.getClientRects().length > 0)`, css), "not seeing "+css)
}

// read waits until a text can be read on the page, whatever its case and the
// spaces in it.
func (p *tab) read(text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.body.innerText.replace(/\s+/g, " ").toLowerCase().includes(%q.toLowerCase())`, text), "reading "+text)
}

// wait waits until a JavaScript expression holds, through navigations too, on
// a page whose scripts have run.
func (p *tab) wait(js, doing string) {
	p.t.Helper()
	deadline := time.Now().Add(stepTime)
	for {
		ok, err := do(p, chromedp.Evaluate[bool](`!!(document.readyState === "complete" && (`+js+`))`))
		if ok && err == nil {
			return
		}
		if time.Now().After(deadline) || p.ctx.Err() != nil {
			p.must(errors.Join(errors.New("it did not come"), err, p.ctx.Err()), doing)
		}
		time.Sleep(40 * time.Millisecond)
	}
}

// tap touches, or clicks, the first visible thing a selector finds. What was
// drawn anew or moved away just then is tapped again, as people do.
func (p *tab) tap(css string) {
	p.t.Helper()
	a := chromedp.Click(chromedp.CSS(css))
	if p.touch {
		a = chromedp.Tap(chromedp.CSS(css))
	}
	var err error
	for range 3 {
		p.see(css)
		ask[bool](p, fmt.Sprintf(`(document.querySelector(%[1]q).scrollIntoView({block: "center"}), window.landed = null,
			addEventListener("click", (e) => { window.landed = Boolean(e.target.closest(%[1]q)); }, {capture: true, once: true}), true)`, css)) // out from under what sticks to an edge
		if _, err = do(p, a); err == nil && (p.plain || p.landed()) {
			return
		}
		if err != nil {
			break
		}
		time.Sleep(700 * time.Millisecond) // a card that has just come takes no touch
	}
	if err == nil {
		err = errors.New("three taps went elsewhere")
	}
	p.must(err, "tapping "+css)
}

// landed is whether the last tap reached what it was for, or left the page.
func (p *tab) landed() bool {
	for range 250 {
		where, err := do(p, chromedp.Evaluate[string](`String(window.landed)`))
		if err == nil && where != "null" {
			return where != "false"
		}
		time.Sleep(40 * time.Millisecond)
	}
	return false
}

// fill types into a field, after what is there.
func (p *tab) fill(css, text string) {
	p.t.Helper()
	p.see(css)
	_, err := do(p, chromedp.SendKeys(chromedp.CSS(css), text))
	p.must(err, "typing into "+css)
}

// text is what can be read of the first thing a selector finds.
func (p *tab) text(css string) string {
	p.t.Helper()
	return ask[string](p, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "")`, css))
}

// value is what a field holds.
func (p *tab) value(css string) string {
	p.t.Helper()
	return ask[string](p, fmt.Sprintf(`(document.querySelector(%q)?.value ?? "")`, css))
}

// ask evaluates a JavaScript expression, promises awaited.
func ask[T any](p *tab, js string) T {
	p.t.Helper()
	out, err := do(p, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	p.must(err, "evaluating "+js)
	return out
}

// offline takes this tab off the network, or puts it back. What it has open
// goes on in Chromium, so every connection is cut; all others find their way
// back by themselves.
func (p *tab) offline(off bool) {
	p.t.Helper()
	all := &network.Conditions{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}
	_, err := chromedp.Call(p.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{all}})
	p.must(err, "offline")
	_, err = chromedp.Call(p.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
	p.must(err, "offline")
	if !off {
		return
	}
	for range 3 { // a stream that was being opened comes up after the first
		p.b.st.cut()
		time.Sleep(400 * time.Millisecond)
	}
}

// withoutScript has the tab run no script of any page opened from now on.
func (p *tab) withoutScript() {
	p.t.Helper()
	p.plain = true // nothing listens, nothing moves
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.must(err, "script off")
}

// shot keeps a picture of what is visible, in the folder SABAN_SHOTS names; it
// takes none without one.
func (p *tab) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("SABAN_SHOTS")
	if dir == "" {
		return
	}
	got, err := chromedp.Call(p.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{})
	if err != nil {
		p.t.Errorf("picture %s: %v", name, err)
		return
	}
	file := filepath.Join(dir, strings.NewReplacer("/", "-", " ", "-").Replace(name)+".png")
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(file, got.Data, 0o644)); err != nil {
		p.t.Errorf("picture %s: %v", name, err)
	}
}

//go:embed testdata/axe/axe.min.js
var axeScript string

// accessible fails the test for every violation of WCAG 2.2 A and AA that axe
// finds on the page as it stands.
func (p *tab) accessible(name string) {
	p.t.Helper()
	if !ask[bool](p, `"axe" in window`) {
		_, err := do(p, chromedp.Evaluate[chromedp.Void](axeScript))
		p.must(err, "axe")
	}
	found := ask[string](p, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"], resultTypes: ["violations"]})
		.then(r => JSON.stringify(r.violations.map(v => ({rule: v.id, help: v.help, nodes: v.nodes.map(n => n.html + " — " + n.failureSummary)}))))`)
	var violations []struct {
		Rule, Help string
		Nodes      []string
	}
	p.must(json.Unmarshal([]byte(found), &violations), "axe")
	for _, v := range violations {
		p.t.Errorf("%s: %s (%s)\n  %s", name, v.Rule, v.Help, strings.Join(v.Nodes, "\n  "))
	}
}

// look keeps a picture of the page and checks that everybody can use it.
func (p *tab) look(name string) {
	p.t.Helper()
	p.shot(name)
	p.accessible(name)
}

// counted adds up what a tab has received over the wire since, by address.
func (p *tab) counted() func() map[string]int {
	p.t.Helper()
	var mu sync.Mutex
	type answer struct {
		address       string
		bytes, events int
	}
	got := map[network.RequestID]*answer{}
	ctx, cancel := context.WithCancel(p.ctx)
	err := chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := ev.(type) {
		case *network.EventResponseReceived:
			got[e.RequestID] = &answer{address: e.Response.URL, bytes: int(e.Response.EncodedDataLength)}
		case *network.EventDataReceived: // of a stream, which has no end
			if a := got[e.RequestID]; a != nil {
				a.bytes += int(e.EncodedDataLength)
			}
		case *network.EventEventSourceMessageReceived:
			if got[e.RequestID] == nil { // opened before anybody counted
				got[e.RequestID] = &answer{address: "stream"}
			}
			got[e.RequestID].events += len(e.Data) + len(e.EventName) + len("id: 100\nevent: \ndata: \n\n")
		case *network.EventLoadingFinished:
			if a := got[e.RequestID]; a != nil {
				a.bytes = int(e.EncodedDataLength)
			}
		}
	})
	p.must(err, "listening to the network")
	_, err = chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	p.must(err, "listening to the network")
	return func() map[string]int {
		time.Sleep(300 * time.Millisecond) // the events come after the page has the bytes
		cancel()
		mu.Lock()
		defer mu.Unlock()
		sums := map[string]int{}
		for _, a := range got {
			sums[a.address] += max(a.bytes, a.events)
		}
		return sums
	}
}
