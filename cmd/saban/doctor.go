package main

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// examined is what doctor prints as JSON.
type examined struct {
	OK       bool      `json:"ok"`
	Data     string    `json:"data"`
	UsedBy   int       `json:"used_by"` // number of the process, 0 when none, -1 when not known
	Findings []finding `json:"findings"`
	amounts
}

// finding is one thing looked at.
type finding struct {
	About string      `json:"about"`
	OK    bool        `json:"ok"`
	Text  engine.Text `json:"text"`
	Hint  engine.Text `json:"hint,omitzero"`
}

// Below so much free space doctor warns: a drill takes a MB, its backups and
// the system as much again, and a full disk stops a drill.
const enoughSpace = 200 << 20

func (a *app) doctorCmd() *cobra.Command {
	var data string
	var port int
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: a.say("khám máy trước buổi diễn tập: dữ liệu, chỗ trống, đồng hồ, cổng mạng", "look the machine over before a drill: data, free space, clock, port"),
		Long: a.say("Chạy được cả khi máy chủ đang chạy, không sửa gì. Mỗi dòng có lỗi nói phải làm gì. Mã thoát 2 khi có lỗi.",
			"Works while the server runs and changes nothing. Each fault says what to do about it. Exit code 2 when there is one."),
		Example: "  saban doctor\n  saban doctor --data /srv/saban --port 9000",
		Args:    a.wantsNothing,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context(), data, port) },
	}
	a.dataFlag(cmd.Flags(), &data)
	cmd.Flags().IntVar(&port, "port", 8080, a.say("`cổng` mà máy chủ sẽ nghe", "`port` the server is to listen on"))
	return cmd
}

func (a *app) doctor(ctx context.Context, asked string, port int) error {
	dir, err := a.dataFolder(asked)
	if err != nil {
		return err
	}
	x := &examined{OK: true, Data: dir, Findings: []finding{}}
	x.folder()
	checked, err := x.database(ctx)
	if err != nil {
		return err
	}
	x.space()
	x.clock(a.now, checked)
	x.port(port)
	if a.json {
		err = a.printJSON(x)
	} else {
		a.printExamined(x)
	}
	if err == nil && !x.OK {
		return faulty(engine.Text{})
	}
	return err
}

func (a *app) printExamined(x *examined) {
	about := map[string]engine.Text{
		"folder": {VI: "thư mục", EN: "folder"}, "data": {VI: "dữ liệu", EN: "data"}, "space": {VI: "chỗ trống", EN: "space"},
		"clock": {VI: "đồng hồ", EN: "clock"}, "port": {VI: "cổng", EN: "port"},
	}
	for _, f := range x.Findings {
		mark := a.say("tốt", "good")
		if !f.OK {
			mark = a.bold(a.say("LỖI", "FAULT"))
		}
		a.println(pad(mark, 6) + pad(about[f.About].In(a.lang), 11) + f.Text.In(a.lang))
		if !f.Hint.Empty() {
			a.println(pad("", 17) + a.say("→ ", "→ ") + f.Hint.In(a.lang))
		}
	}
}

func (x *examined) good(about, vi, en string, args ...any) {
	x.Findings = append(x.Findings, finding{About: about, OK: true, Text: engine.Both(vi, en, args...)})
}

func (x *examined) fault(about string, text, hint engine.Text) {
	x.OK = false
	x.Findings = append(x.Findings, finding{About: about, Text: text, Hint: hint})
}

// folder finds out who uses the data folder and whether it can be written.
func (x *examined) folder() {
	pid, err := sqlite.Holder(x.Data)
	if err != nil {
		x.fault("folder", engine.Both("%s: không mở được (%v)", "%s: cannot be opened (%v)", x.Data, err),
			engine.Both("cấp quyền cho người dùng này, hoặc chọn thư mục khác bằng --data", "give this user the rights, or choose another folder with --data"))
		return
	}
	x.UsedBy = pid
	switch _, err := os.Stat(x.Data); {
	case pid > 0:
		x.good("folder", "%s, đang do tiến trình %d dùng", "%s, in use by process %d", x.Data, pid)
		return
	case pid < 0:
		x.good("folder", "%s, đang do một saban khác dùng", "%s, in use by another saban", x.Data)
		return
	case errors.Is(err, fs.ErrNotExist):
		x.good("folder", "%s chưa có, sẽ được tạo khi cần", "%s is not there yet and is made when it is needed", x.Data)
		return
	}
	probe, err := os.CreateTemp(x.Data, ".doctor-*")
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	if err != nil {
		x.fault("folder", engine.Both("%s: không ghi được (%v)", "%s: cannot be written (%v)", x.Data, err),
			engine.Both("cấp quyền ghi cho người dùng này, hoặc chọn thư mục khác bằng --data", "give this user the right to write there, or choose another folder with --data"))
		return
	}
	x.good("folder", "%s", "%s", x.Data)
}

// database reads all data; nil when there is none or it cannot be read.
func (x *examined) database(ctx context.Context) (*sqlite.Checked, error) {
	found, err := sqlite.Check(ctx, x.Data)
	if errors.Is(err, fs.ErrNotExist) {
		x.good("data", "chưa có gì", "none yet")
		return nil, nil
	}
	var folder *sqlite.FolderError
	if errors.As(err, &folder) {
		x.fault("data", folder.Text, folder.Hint)
		return nil, nil
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		x.fault("data", engine.Both("không đọc được (%v)", "cannot be read (%v)", err),
			engine.Both("kiểm tra quyền đọc và ổ đĩa", "check the rights to read it, and the disk"))
		return nil, nil
	}
	for _, err := range found.Faults {
		var damage *store.DamageError
		if errors.As(err, &damage) {
			x.fault("data", damage.Text(), damage.Hint())
		}
	}
	x.amounts = amountsOf(found)
	if len(found.Faults) == 0 {
		x.good("data", "nguyên vẹn đến từng dòng; buổi diễn tập: %d, sự kiện: %d, bản ghi khác: %d, dung lượng: %s",
			"whole to the last line; drills: %d, events: %d, other records: %d, size: %s", x.Drills, x.Events, x.Records, size(x.Bytes))
	}
	return found, nil
}

func (x *examined) space() {
	free, known := freeBytes(x.Data)
	switch {
	case !known:
	case free < enoughSpace:
		x.fault("space", engine.Both("chỉ còn %s", "only %s left", size(int64(free))),
			engine.Both("xóa bớt tệp để có ít nhất %s trước khi diễn tập", "delete files until there are at least %s before a drill", size(enoughSpace)))
	default:
		x.good("space", "còn %s", "%s left", size(int64(free)))
	}
}

// clock finds a wall clock that was set back, was never set, or jumps.
func (x *examined) clock(now func() time.Time, found *sqlite.Checked) {
	began := now()
	time.Sleep(200 * time.Millisecond)
	ended := now()
	set := engine.Both("chỉnh ngày, giờ và múi giờ của máy rồi chạy lại", "set the machine's date, time and time zone, then run this again")
	jump := ended.Round(0).Sub(began.Round(0)) - ended.Sub(began) // wall against monotonic
	shown := ended.Format("2006-01-02 15:04:05 -07:00")
	last := lastUsed(found)
	switch {
	case ended.Year() < 2025:
		x.fault("clock", engine.Both("%s: chưa bao giờ được đặt", "%s: it was never set", shown), set)
	case jump.Abs() > 50*time.Millisecond:
		x.fault("clock", engine.Both("đang nhảy (%v trong 0,2 giây)", "it jumps (%v in 0.2 s)", jump.Round(time.Millisecond)),
			engine.Both("đợi máy đồng bộ giờ xong rồi chạy lại", "wait until the machine has synchronised its time, then run this again"))
	case ended.Before(last.Add(-2 * time.Minute)):
		x.fault("clock", engine.Both("%s: chậm hơn lần dùng trước (%s)", "%s: behind the last use (%s)", shown, last.In(ended.Location()).Format("2006-01-02 15:04:05")), set)
	default:
		x.good("clock", "%s", "%s", shown)
	}
}

// lastUsed is the latest moment this machine has written down.
func lastUsed(found *sqlite.Checked) time.Time {
	var last int64
	if found != nil {
		for _, e := range found.Drills {
			last = max(last, e.Created, found.Beats[e.Drill].Wall)
			if !e.Imported {
				last = max(last, e.Recorded)
			}
		}
	}
	return time.UnixMilli(last)
}

func (x *examined) port(port int) {
	if port < 0 || port > 65535 {
		x.fault("port", engine.Both("không có cổng %d", "there is no port %d", port), engine.Both("chọn một số từ 1 đến 65535", "choose a number from 1 to 65535"))
		return
	}
	other := engine.Both("chọn cổng khác: saban serve --port %d", "choose another: saban serve --port %d", port+1)
	l, err := net.Listen("tcp", net.JoinHostPort("", strconv.Itoa(port)))
	switch {
	case err == nil:
		_ = l.Close()
		x.good("port", "%d còn trống", "%d is free", port)
	case errors.Is(err, syscall.EADDRINUSE) && x.UsedBy != 0:
		x.good("port", "%d đang được dùng, hẳn là do máy chủ đang chạy", "%d is in use, most likely by the server that runs", port)
	case errors.Is(err, syscall.EADDRINUSE):
		x.fault("port", engine.Both("%d đang có chương trình khác dùng", "%d is in use by another program", port), other)
	default:
		x.fault("port", engine.Both("%d: không nghe được (%v)", "%d: cannot listen (%v)", port, err), other)
	}
}
