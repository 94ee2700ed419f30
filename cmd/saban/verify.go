package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/store"
)

// verified is what verify prints as JSON.
type verified struct {
	File string `json:"file"`
	OK   bool   `json:"ok"`
	store.Verification
}

func (a *app) verifyCmd() *cobra.Command {
	var head string
	cmd := &cobra.Command{
		Use:   "verify " + a.say("TỆP_DIỄN_TẬP", "DRILL_FILE"),
		Short: a.say("kiểm tra tệp diễn tập còn nguyên vẹn, chỉ ra dòng bị sửa", "check that a drill file is whole, and name an altered line"),
		Long: a.say("Mã đầu chuỗi (head) in ở cuối buổi diễn tập và trên báo cáo; đưa nó vào bằng --head thì cắt bớt cũng bị phát hiện. Mã thoát 2 khi tệp bị sửa.",
			"The head hash is shown at the end of a drill and on its report; given with --head, truncation is found too. Exit code 2 for an altered file."),
		Example: "  saban verify bomb-threat.drill.jsonl\n  saban verify bomb-threat.drill.jsonl --head 3f9a…",
		Args:    a.wants(1, 1, engine.Both("một tệp *.drill.jsonl", "one *.drill.jsonl file")),
		RunE:    func(_ *cobra.Command, args []string) error { return a.verify(args[0], head) },
	}
	cmd.Flags().StringVar(&head, "head", "", a.say("`mã` đầu chuỗi đã ghi lại khi kết thúc", "head `hash` noted at the end of the drill"))
	return cmd
}

func (a *app) verify(path, head string) error {
	if raw, err := hex.DecodeString(head); err != nil || head != "" && len(raw) != sha256.Size {
		return cannot(err, engine.Both("%q không phải mã đầu chuỗi", "%q is no head hash", head),
			engine.Both("đó là 64 chữ số 0–9 a–f in ở cuối buổi diễn tập", "it is the 64 digits 0–9 a–f shown at the end of the drill"))
	}
	f, err := os.Open(path)
	if err != nil {
		return a.unreadable(path, err)
	}
	defer f.Close()
	v, err := store.Verify(f, head)
	if err != nil {
		return a.unreadable(path, err)
	}
	if a.json {
		err = a.printJSON(verified{path, v.OK(), v})
	} else {
		a.println(path + ": " + v.Text().In(a.lang))
		if v.OK() {
			a.println(a.say("mã đầu chuỗi ", "head ") + v.Head)
		}
	}
	if err == nil && !v.OK() {
		return faulty(engine.Text{})
	}
	return err
}
