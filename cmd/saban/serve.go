package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/server"
	"saban/store"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	host  string
	port  int
	onLAN bool
}

func (a *app) serveCmd() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.say("mở máy chủ: điều khiển trên trình duyệt, điện thoại vào bằng mã QR", "serve drills: a console in the browser, phones join by QR code"),
		Long: a.say("Điện thoại trong cùng mạng Wi-Fi quét mã để vào; không cần internet. Trang điều khiển chỉ mở trên chính máy này, trừ khi có --control-on-lan. Ctrl-C dừng máy chủ; mọi buổi đang chạy được tạm dừng và giữ nguyên.",
			"Phones on the same Wi-Fi scan a code to join; no internet is needed. The facilitator's pages open on this machine only, unless --control-on-lan is given. Ctrl-C stops the server; drills that run are paused and kept."),
		Example: "  saban serve\n  saban serve --port 9000",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), &o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.host, "host", "0.0.0.0", a.say("`địa_chỉ` để nghe; 127.0.0.1 là chỉ máy này", "`address` to listen on; 127.0.0.1 is this machine only"))
	f.IntVar(&o.port, "port", 8080, a.say("`cổng` để nghe; 0 để máy tự chọn", "`port` to listen on; 0 lets the machine choose"))
	f.BoolVar(&o.onLAN, "control-on-lan", false, a.say("cho điều khiển từ máy khác trong mạng", "let the facilitator work from another machine on the network"))
	return cmd
}

// serve runs the server until it is interrupted.
func (a *app) serve(ctx context.Context, o *serveOptions) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", net.JoinHostPort(o.host, strconv.Itoa(o.port)))
	if err != nil {
		return a.notListening(o, err)
	}
	keep := store.NewMemory()
	defer func() { _ = keep.Close() }()
	port := listener.Addr().(*net.TCPAddr).Port
	phones := "http://" + net.JoinHostPort(outward(o.host), strconv.Itoa(port))
	s, err := server.New(server.Config{Store: keep, Scenarios: shippedSources(), Sites: scenarios.Sites(), Lang: a.lang, Phones: phones, OnLAN: o.onLAN,
		Log: slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer s.Close()
	own := "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	a.println(a.say("điều khiển:  ", "console:     ") + own + "/")
	a.println(a.say("điện thoại:  ", "phones:      ") + phones + "/j")
	if path := s.SetupPath(); path != "" {
		a.println(a.say("lần đầu:     ", "first time:  ") + own + path)
	}
	web := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10}
	served := make(chan error, 1)
	go func() { served <- web.Serve(listener) }()
	select {
	case err = <-served:
	case <-ctx.Done():
		s.Close()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = web.Shutdown(last)
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

func (a *app) notListening(o *serveOptions, err error) error {
	text := engine.Both("không nghe được ở cổng %d: %v", "cannot listen on port %d: %v", o.port, err)
	if errors.Is(err, syscall.EADDRINUSE) {
		text = engine.Both("cổng %d đang có chương trình khác dùng", "port %d is in use by another program", o.port)
	}
	return cannot(err, text, engine.Both("chọn cổng khác: saban serve --port %d", "choose another: saban serve --port %d", o.port+1))
}

// outward is the address other machines reach this one at, as far as it can
// be told without sending anything.
func outward(host string) string {
	if addr, err := netip.ParseAddr(host); err == nil && !addr.IsUnspecified() {
		return host
	}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsPrivate() {
			return n.IP.String()
		}
	}
	return "127.0.0.1"
}

// shippedSources are the scenarios that come with the program.
func shippedSources() []scenarios.Source {
	var out []scenarios.Source
	for _, id := range scenarios.Shipped() {
		if src, err := scenarios.Open(id); err == nil {
			out = append(out, src)
		}
	}
	return out
}
