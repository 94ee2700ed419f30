package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// saved is what backup prints as JSON.
type saved struct {
	File string `json:"file"`
	Data string `json:"data"`
	amounts
}

func (a *app) backupCmd() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:   "backup " + a.say("[TỆP]", "[FILE]"),
		Short: a.say("sao lưu mọi buổi diễn tập vào một tệp, kể cả khi máy chủ đang chạy", "save all drills into one file, also while the server runs"),
		Long: a.say("Bản sao lưu chứa tất cả dữ liệu, cả tên người tham gia và mật khẩu đã băm: cất như tài liệu lưu hành nội bộ. Tệp được đọc lại và kiểm tra trước khi báo xong; tệp đã có không bao giờ bị ghi đè. Dữ liệu hỏng thì không sao lưu, mã thoát 2.",
			"A backup holds all data, names of participants and hashed passphrases too: keep it as an internal document. The file is read again and checked before it counts; a file that exists is never written over. Damaged data is not backed up, exit code 2."),
		Example: "  saban backup\n  saban backup /media/usb/saban-2026-03-05.db",
		Args:    a.wants(0, 1, engine.Both("nhiều nhất một tên tệp", "one file name at most")),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := a.now().Format("saban-20060102-150405.db")
			if len(args) > 0 {
				file = args[0]
			}
			return a.backup(cmd.Context(), data, file)
		},
	}
	a.dataFlag(cmd.Flags(), &data)
	return cmd
}

func (a *app) backup(ctx context.Context, asked, file string) error {
	dir, err := a.dataFolder(asked)
	if err != nil {
		return err
	}
	found, err := sqlite.Backup(ctx, dir, file)
	if err != nil {
		return a.notSaved(dir, file, err)
	}
	done := saved{File: file, Data: dir, amounts: amountsOf(found)}
	if a.json {
		return a.printJSON(done)
	}
	a.println(a.say("%s: đã sao lưu và kiểm tra", "%s: saved and checked", file))
	a.println(a.amounts(done.amounts))
	return nil
}

func (a *app) notSaved(dir, file string, err error) error {
	var folder *sqlite.FolderError
	var damage *store.DamageError
	var path *fs.PathError
	switch {
	case errors.As(err, &folder) || errors.As(err, &damage):
		return unusable(err)
	case errors.Is(err, store.ErrNoSpace):
		return cannot(err, engine.Both("%s: ổ đĩa hết chỗ", "%s: the disk is full", file), engine.Both("xóa bớt tệp trên ổ đó, hoặc chọn ổ khác", "delete files there, or choose another disk"))
	case errors.As(err, &path) && errors.Is(err, fs.ErrNotExist) && filepath.Dir(path.Path) == dir:
		return a.noData(dir)
	}
	return a.unwritable(file, err)
}

// noData says that nothing was ever kept in the folder.
func (a *app) noData(dir string) error {
	return cannot(nil, engine.Both("%s: chưa có dữ liệu nào", "%s: there is no data yet", dir),
		engine.Both("chỉ đúng thư mục bằng --data, hoặc bắt đầu bằng saban serve", "name the right folder with --data, or begin with saban serve"))
}
