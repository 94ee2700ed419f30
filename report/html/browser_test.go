package html_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"saban/engine"
	"saban/report/document"
)

// missing fails a test on CI, where all it needs has to be there, and skips it
// elsewhere.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// pages are the documents that are checked, by file.
func pages(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{}
	for name, d := range map[string]*document.Document{
		"bomb-threat.vi": rehearsed(t, "bomb-threat", 1, engine.VI), "hostage.en": rehearsed(t, "hostage", 2, engine.EN), "hostile": hostile(12), "pack.vi": pack(t),
	} {
		source, _ := rendered(t, name, d)
		files[name] = filepath.Join(dir, name+".html")
		if err := os.WriteFile(files[name], []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// An independent judge of HTML finds nothing wrong.
func TestPagesAreValid(t *testing.T) {
	const machines = "../../testdata/machines"
	judge, err := filepath.Abs(filepath.Join(machines, "node_modules", "html-validate", "bin", "html-validate.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "no node on this machine")
	}
	if _, err := os.Stat(judge); err != nil {
		missing(t, "run `npm ci --prefix testdata/machines` to have pages judged")
	}
	if testing.Short() {
		t.Skip("runs another program: left out of -short")
	}
	config, err := filepath.Abs("testdata/htmlvalidate.json")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{judge, "--config", config, "--formatter", "stylish"}
	for _, file := range pages(t) {
		args = append(args, file)
	}
	if out, err := exec.Command(node, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%.6000s", err, out)
	}
}

// A browser shows the pages as they are meant: everybody can use them, their
// policy stops nothing of their own, none is wider than a phone, and printed
// none loses what is on it.
func TestPagesInABrowser(t *testing.T) {
	ctx := chromium(t)
	judged := map[string]int64{"bomb-threat.vi": 360, "hostage.en": 1366}
	for name, file := range pages(t) {
		at := httptest.NewServer(http.FileServer(http.Dir(filepath.Dir(file))))
		t.Cleanup(at.Close)
		t.Run(name, func(t *testing.T) {
			messages := watch(t, ctx)
			must(t, ctx, chromedp.Navigate(at.URL+"/"+filepath.Base(file)))
			for _, width := range []int64{1366, 360} {
				size(t, ctx, width)
				if one, ok := judged[name]; ok && one == width { // axe takes its time: each page at one width
					accessible(t, ctx)
				}
				if wide := ask[int64](t, ctx, `document.documentElement.scrollWidth`); wide > width {
					t.Errorf("%d pixels wide on a screen of %d", wide, width)
				}
			}
			if ok := ask[bool](t, ctx, `document.fonts.ready.then(() => [...document.fonts].some(f => f.family.includes("Inter") && f.status === "loaded"))`); !ok {
				t.Error("the font of the page was not loaded")
			}
			printed(t, ctx, name)
			for _, m := range messages() {
				t.Errorf("the page says: %s", m)
			}
		})
	}
}

// Who clicks on a response reads why it has its points, without a script.
func TestAClickOnAResponseOpensWhy(t *testing.T) {
	ctx := chromium(t)
	at := httptest.NewServer(http.FileServer(http.Dir(filepath.Dir(pages(t)["bomb-threat.vi"]))))
	t.Cleanup(at.Close)
	must(t, ctx, chromedp.Navigate(at.URL+"/bomb-threat.vi.html"))
	for _, width := range []int64{1366, 360} {
		size(t, ctx, width)
		if n := ask[int](t, ctx, `document.querySelectorAll(".why details[open]").length`); n != 0 && width == 1366 {
			t.Fatalf("%d open before anybody asked", n)
		}
		must(t, ctx, chromedp.Click(`[id="item-R12"] a`))
		must(t, ctx, chromedp.WaitVisible(`[id="why-R12"] .points`))
		ask[bool](t, ctx, `new Promise(seen => { const look = () => { const top = document.getElementById("why-R12").getBoundingClientRect().top; top >= 0 && top < innerHeight ? seen(true) : requestAnimationFrame(look) }; look() })`)
		if dir := os.Getenv("SABAN_PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "why-"+strconv.FormatInt(width, 10)+".png"), must(t, ctx, chromedp.CaptureScreenshot()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if n := ask[int](t, ctx, `document.querySelectorAll(".why details[open]").length`); n != 1 {
			t.Errorf("%d are open", n)
		}
		if wide := ask[int64](t, ctx, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("%d pixels wide on a screen of %d", wide, width)
		}
		if width == 1366 {
			accessible(t, ctx)
		}
	}
}

// chromium is a tab of a fresh browser.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		missing(t, "no Chromium on this machine (apt-get install chromium-headless-shell)")
	}
	if testing.Short() {
		t.Skip("drives a browser: left out of -short")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WSURLReadTimeout(time.Minute))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { cancel(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	tab, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	return tab
}

// stepTime is how long one step may take at most: a bound for a busy machine.
const stepTime = 90 * time.Second

func must[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, stepTime)
	defer cancel()
	out, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func ask[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	return must(t, ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
}

// watch collects what a page complains of.
func watch(t *testing.T, ctx context.Context) func() []string {
	t.Helper()
	ctx, cancel := context.WithCancel(ctx)
	said := make(chan []string, 1)
	messages := chromedp.Console(ctx)
	go func() {
		var all []string
		for m, err := range messages {
			if err != nil {
				break
			}
			if !strings.Contains(m.URL, "favicon") && !strings.Contains(m.Text, "404") {
				all = append(all, m.Text)
			}
		}
		said <- all
	}()
	return func() []string { cancel(); return <-said }
}

func size(t *testing.T, ctx context.Context, width int64) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 500}); err != nil {
		t.Fatal(err)
	}
}

// accessible fails the test for every violation of WCAG 2.2 A and AA, and of
// good custom, that axe finds.
func accessible(t *testing.T, ctx context.Context) {
	t.Helper()
	axe, err := os.ReadFile("../../server/testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	must(t, ctx, chromedp.Evaluate[chromedp.Void](string(axe)))
	found := ask[string](t, ctx, `axe.run(document, {resultTypes: ["violations"]})
		.then(r => JSON.stringify(r.violations.map(v => ({rule: v.id, help: v.help, nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 300) + " — " + n.failureSummary)}))))`)
	var violations []struct {
		Rule, Help string
		Nodes      []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		t.Errorf("%s (%s)\n  %s", v.Rule, v.Help, strings.Join(v.Nodes, "\n  "))
	}
}

// printed fails the test where something stands outside the sheet: wider than
// the A4 page between its margins, as print style lays it out.
func printed(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	const sheet = 672 // pixels of 178 mm, the graphic part's width
	size(t, ctx, sheet)
	if over := ask[string](t, ctx, `JSON.stringify([...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("svg")).slice(0, 3).map(e => e.outerHTML.slice(0, 200)))`); over != "[]" {
		t.Errorf("printed, this is wider than the page: %s", over)
	}
	pdf, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), PrintBackground: new(true)})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(pdf.Data), "%PDF") {
		t.Error("nothing was printed")
	}
	if dir := os.Getenv("SABAN_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
		t.Fatal(err)
	}
}
