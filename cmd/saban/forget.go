package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/server"
)

// forgotten is what forget prints as JSON.
type forgotten struct {
	Data string `json:"data"`
	server.Forgotten
}

func (a *app) forgetCmd() *cobra.Command {
	var data, drill string
	cmd := &cobra.Command{
		Use:   "forget " + a.say("TÊN|MÃ_NGƯỜI", "NAME|PERSON"),
		Short: a.say("xóa tên một người tham gia khỏi thư mục dữ liệu", "remove a participant's name from the data folder"),
		Long: a.say("Xóa khỏi danh sách người, chỗ trong vai và phiên đăng nhập của mọi buổi (hay một buổi, --drill), trong cơ sở dữ liệu lẫn các bản sao lưu nằm trong thư mục; chỗ ghi cũ bị ghi đè. Nhật ký chỉ có mã người nên verify vẫn đúng. Lời người viết có tên ấy, trong nhật ký hay kế hoạch khắc phục, được kể ra và giữ nguyên. Máy chủ phải dừng trước; khi nó đang chạy thì xóa ở trang Người và quyền. Mã thoát 2 khi thư mục còn chỗ có tên.",
			"It goes from the people, places in roles and sessions of every drill (or one, --drill), in the database and in the backups that lie in the folder; where it stood is overwritten. The log has ids only, so verify still holds. Words in which the name stands, in the log or the improvement plan, are listed and stay. The server has to be stopped first; while it runs, use the page of people. Exit code 2 when the folder still holds the name somewhere."),
		Example: "  saban forget \"Lò Văn Thảo\"\n  saban forget pQ2xw9aB --drill bomb-threat-20260305-081500-x2q9",
		Args:    a.wants(1, 1, engine.Both("một tên, hay mã một người", "one name, or the id of one person")),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.forget(cmd.Context(), data, args[0], drill) },
	}
	a.dataFlag(cmd.Flags(), &data)
	cmd.Flags().StringVar(&drill, "drill", "", a.say("chỉ trong `buổi` này", "in this `drill` only"))
	return cmd
}

func (a *app) forget(ctx context.Context, asked, whom, drill string) (err error) {
	dir, err := a.dataFolder(asked)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "saban.db")); errors.Is(err, fs.ErrNotExist) {
		return a.noData(dir)
	}
	keep, err := a.openData(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, keep.Close()) }()
	done, err := server.Forget(ctx, keep, whom, drill, a.now())
	nobody := errors.Is(err, server.ErrNobody)
	if err != nil && !nobody {
		return unusable(err)
	}
	if err := a.printForgotten(forgotten{dir, done}); err != nil {
		return err
	}
	switch {
	case nobody:
		return cannot(err, engine.Both("không có ai mang tên hay mã %q", "there is nobody of the name or id %q", whom),
			engine.Both("gõ cả tên như trong danh sách, có dấu", "type the whole name as it is listed, marks included"))
	case len(done.Said)+len(done.Drafts)+len(done.Plans)+len(done.Pinned)+len(done.Left) > 0:
		return faulty(engine.Text{})
	}
	return nil
}

func (a *app) printForgotten(done forgotten) error {
	if a.json {
		return a.printJSON(done)
	}
	for _, p := range done.People {
		a.println(a.say("%s: đã xóa tên của %s", "%s: removed the name of %s", p.Drill, p.Person))
	}
	for _, file := range done.Copies {
		a.println(a.say("bản sao %s: đã xóa trong đó", "copy %s: removed in it", file))
	}
	for _, s := range done.Said {
		a.println(a.say("%s #%d (%s): lời có tên này, giữ nguyên trong nhật ký: %s", "%s #%d (%s): words with this name, which stay in the log: %s", s.Drill, s.Seq, s.Type, s.Text))
	}
	for _, d := range done.Drafts {
		a.println(a.say("bản nháp %s: có tên này, sửa ở trang nhập từ giấy: %s", "draft %s: holds this name, to be mended on its page: %s", d.Draft, d.Text))
	}
	for _, p := range done.Plans {
		a.println(a.say("%s: lời trong bản rút kinh nghiệm hay kế hoạch khắc phục có tên này; sửa ở trang kế hoạch của buổi, rồi xóa tên lần nữa: %s", "%s: words of the review or the improvement plan with this name; change them at the drill's page of the plan, then forget the name again: %s", p.Drill, p.Text))
	}
	for _, d := range done.Pinned {
		a.println(a.say("%s: kịch bản hay tệp cơ sở kèm trong nhật ký hay bản nháp có tên này", "%s: the scenario or site file pinned in the log or draft holds this name", d))
	}
	for _, d := range done.Photos {
		a.println(a.say("%s: có %d ảnh của đánh giá viên, không dò được trong ảnh có ai hay tên ai", "%s: keeps %d photos by evaluators, which cannot be searched for persons or names", d.Drill, d.Photos))
	}
	for _, file := range done.Left {
		a.println(a.say("%s: vẫn còn tên này", "%s: still holds this name", file))
	}
	if len(done.People) > 0 {
		a.talk("không với tới: tệp, báo cáo, bản in đã phát ra; hồ sơ niêm phong; bản sao lưu và bản chụp ổ đĩa ở nơi khác", "out of reach: files, reports and prints handed out; sealed files; backups and disk snapshots kept elsewhere")
	}
	return nil
}
