package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/server"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	host  string
	port  int
	onLAN bool
	tls   bool
	data  string
	reset bool
}

func (a *app) serveCmd() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.say("mở máy chủ: điều khiển trên trình duyệt, điện thoại vào bằng mã QR", "serve drills: a console in the browser, phones join by QR code"),
		Long: a.say("Dữ liệu nằm trong một thư mục; chạy lại là mọi buổi trở lại, tạm dừng ở lúc cuối cùng đã ghi. Điện thoại trong cùng mạng Wi-Fi quét mã để vào; không cần internet. Trang điều khiển chỉ mở trên chính máy này, trừ khi có --control-on-lan. Ctrl-C dừng máy chủ; mọi buổi đang chạy được tạm dừng và giữ nguyên.",
			"The data lies in one folder; started again, every drill comes back, paused at the last moment recorded. Phones on the same Wi-Fi scan a code to join; no internet is needed. The facilitator's pages open on this machine only, unless --control-on-lan is given. Ctrl-C stops the server; drills that run are paused and kept."),
		Example: "  saban serve\n  saban serve --port 9000 --data ~/dien-tap\n  saban serve --tls",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), &o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.host, "host", "0.0.0.0", a.say("`địa_chỉ` để nghe; 127.0.0.1 là chỉ máy này", "`address` to listen on; 127.0.0.1 is this machine only"))
	f.IntVar(&o.port, "port", 8080, a.say("`cổng` để nghe; 0 để máy tự chọn", "`port` to listen on; 0 lets the machine choose"))
	f.BoolVar(&o.onLAN, "control-on-lan", false, a.say("cho điều khiển từ máy khác trong mạng", "let the facilitator work from another machine on the network"))
	f.BoolVar(&o.tls, "tls", false, a.say("dùng https với chứng thư tự cấp; cho điều khiển từ máy khác", "https with the server's own certificate; the facilitator may work from another machine"))
	f.BoolVar(&o.reset, "reset-passphrase", false, a.say("bỏ mật khẩu điều khiển, in liên kết đặt mật khẩu mới", "forget the facilitator's passphrase and print a link to set a new one"))
	a.dataFlag(f, &o.data)
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
	defer func() { _ = listener.Close() }()
	dir, err := a.dataFolder(o.data)
	if err != nil {
		return err
	}
	keep, err := a.openData(dir)
	if err != nil {
		return err
	}
	defer func() { _ = keep.Close() }()
	if o.reset {
		if err := server.ForgetPassphrase(ctx, keep); err != nil {
			return err
		}
	}
	port, scheme := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), "http://"
	config := server.Config{Store: keep, Scenarios: shippedSources, Sites: scenarios.Sites(), Lang: a.lang, OnLAN: o.onLAN || o.tls, TLS: o.tls,
		Free: func() (uint64, bool) { return freeBytes(dir) },
		Log:  slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if o.tls {
		scheme = "https://"
		if listener, err = a.secured(listener, &config, dir, outward(o.host)); err != nil {
			return err
		}
	}
	phones := scheme + net.JoinHostPort(outward(o.host), port)
	config.Phones = phones
	s, err := server.New(config)
	if err != nil {
		return err
	}
	defer s.Close()
	own := scheme + net.JoinHostPort("127.0.0.1", port)
	a.println(a.say("điều khiển:  ", "console:     ") + own + "/")
	a.println(a.say("điện thoại:  ", "phones:      ") + phones + "/j")
	if path := s.SetupPath(); path != "" {
		a.println(a.say("lần đầu:     ", "first time:  ") + own + path)
	}
	a.println(a.say("dữ liệu:     ", "data:        ") + dir)
	frugal(ctx)
	web := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 3 * time.Second, MaxHeaderBytes: 32 << 10}
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

// secured puts TLS before a listener, by the data folder's own authority.
func (a *app) secured(plain net.Listener, config *server.Config, dir, outward string) (net.Listener, error) {
	ca, err := localAuthority(dir, a.now())
	if err != nil {
		return nil, cannot(err, engine.Both("không lập được chứng thư: %v", "the certificate cannot be made: %v", err), engine.Text{})
	}
	secure, err := ca.config([]string{"127.0.0.1", "::1", outward}, a.now())
	if err != nil {
		return nil, err
	}
	config.Authority = ca.pem
	a.println(a.say("chứng thư:   ", "certificate: ") + ca.fingerprint())
	a.talk("cài tệp %s vào từng máy (hoặc tải ở /ca.crt) để trình duyệt khỏi cảnh báo; so 64 ký tự trên trước khi tin", "install %s on each machine (or fetch it at /ca.crt) so that browsers do not warn; compare the 64 digits above before trusting it", filepath.Join(dir, "ca.pem"))
	secure.NextProtos = []string{"h2", "http/1.1"}
	return tls.NewListener(plain, secure), nil
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
