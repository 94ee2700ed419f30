package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// restored is what restore prints as JSON.
type restored struct {
	File  string `json:"file"`
	Data  string `json:"data"`
	Aside string `json:"aside,omitempty"`
	amounts
}

func (a *app) restoreCmd() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:   "restore " + a.say("TỆP", "FILE"),
		Short: a.say("lấy lại dữ liệu từ bản sao lưu; dữ liệu cũ được để sang một bên", "bring data back from a backup; the old data is set aside"),
		Long: a.say("Bản sao lưu được kiểm tra đến từng dòng trước khi động đến dữ liệu. Dữ liệu cũ được giữ trong một thư mục con, không bị xóa. Máy chủ phải dừng trước. Mã thoát 2 khi bản sao lưu bị hỏng.",
			"The backup is checked line by line before any data is touched. The old data is kept in a folder inside, never deleted. The server has to be stopped first. Exit code 2 for a damaged backup."),
		Example: "  saban restore saban-20260305-101500.db",
		Args:    a.wants(1, 1, engine.Both("một tệp do saban backup ghi", "one file that saban backup wrote")),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.restore(cmd.Context(), data, args[0]) },
	}
	a.dataFlag(cmd.Flags(), &data)
	return cmd
}

func (a *app) restore(ctx context.Context, asked, file string) error {
	dir, err := a.dataFolder(asked)
	if err != nil {
		return err
	}
	back, err := sqlite.Restore(ctx, dir, file)
	if err != nil {
		return a.notRestored(file, err)
	}
	done := restored{File: file, Data: dir, Aside: back.Aside, amounts: amountsOf(back.Checked)}
	if a.json {
		return a.printJSON(done)
	}
	a.println(a.say("%s: đã khôi phục vào %s", "%s: restored into %s", file, dir))
	a.println(a.amounts(done.amounts))
	if back.Aside != "" {
		a.println(a.say("dữ liệu cũ ở %s", "the old data is in %s", back.Aside))
	}
	return nil
}

func (a *app) notRestored(file string, err error) error {
	var folder *sqlite.FolderError
	var damage *store.DamageError
	switch {
	case errors.As(err, &folder):
		return unusable(err)
	case errors.As(err, &damage):
		why := damage.Text()
		return &failure{code: exitFaults, cause: err,
			text: engine.Text{VI: file + ": bản sao lưu này hỏng, không có gì thay đổi: " + why.VI, EN: file + ": this backup is damaged, nothing was changed: " + why.EN},
			hint: engine.Both("dùng bản sao lưu khác", "use another backup")}
	}
	return a.unreadable(file, err)
}
