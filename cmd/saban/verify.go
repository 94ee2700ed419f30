package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"os"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/seal"
	"saban/store"
)

// verified is what verify prints as JSON.
type verified struct {
	File string `json:"file"`
	OK   bool   `json:"ok"`
	store.Verification
	Seal *sealCheck `json:"seal,omitempty"`
}

func (a *app) verifyCmd() *cobra.Command {
	var head, key string
	cmd := &cobra.Command{
		Use:   "verify " + a.say("TỆP", "FILE"),
		Short: a.say("kiểm tra tệp diễn tập hoặc tệp niêm phong còn nguyên vẹn, chỉ ra chỗ bị sửa", "check that a drill file or a sealed file is whole, and name what was altered"),
		Long: a.say("Mã đầu chuỗi (head) in ở cuối buổi diễn tập và trên báo cáo; đưa nó vào bằng --head thì cắt bớt cũng bị phát hiện. Tệp .saban còn được kiểm tra chữ ký; chữ ký của đúng người thì chỉ khóa công khai hoặc vân tay nhận từ nguồn khác, đưa vào bằng --key, mới nói được. Mã thoát 2 khi tệp bị sửa.",
			"The head hash is shown at the end of a drill and on its report; given with --head, truncation is found too. Of a .saban file the signature is checked as well; whose it is, only the public key or its fingerprint from another source can say, given with --key. Exit code 2 for an altered file."),
		Example: "  saban verify bomb-threat.drill.jsonl\n  saban verify bomb-threat.drill.jsonl --head 3f9a…\n  saban verify bomb-threat.saban --key seal.pub\n  saban verify bomb-threat.saban --key \"3f9a 12bc 77d0 5e21 9a3c 04fe 6b18 c2d9\"",
		Args:    a.wants(1, 1, engine.Both("một tệp *.drill.jsonl hoặc *.saban", "one *.drill.jsonl or *.saban file")),
		RunE:    func(_ *cobra.Command, args []string) error { return a.verify(args[0], head, key) },
	}
	cmd.Flags().StringVar(&head, "head", "", a.say("`mã` đầu chuỗi đã ghi lại khi kết thúc", "head `hash` noted at the end of the drill"))
	cmd.Flags().StringVar(&key, "key", "", a.say("`tệp` khóa công khai, hoặc vân tay của khóa, của người niêm phong", "public key `file`, or fingerprint, of whoever sealed"))
	return cmd
}

func (a *app) verify(path, head, key string) error {
	if raw, err := hex.DecodeString(head); err != nil || head != "" && len(raw) != sha256.Size {
		return cannot(err, engine.Both("%q không phải mã đầu chuỗi", "%q is no head hash", head),
			engine.Both("đó là 64 chữ số 0–9 a–f in ở cuối buổi diễn tập", "it is the 64 digits 0–9 a–f shown at the end of the drill"))
	}
	f, err := os.Open(path)
	if err != nil {
		return a.unreadable(path, err)
	}
	defer f.Close()
	r := bufio.NewReader(f)
	if first, err := r.Peek(4); err == nil && seal.Looks(first) {
		return a.verifySealed(path, r, head, key)
	}
	if key != "" {
		return cannot(nil, engine.Both("%s không phải tệp niêm phong, không có chữ ký", "%s is no sealed file and has no signature", path), engine.Both("bỏ --key, hoặc đưa tệp .saban", "leave --key out, or name the .saban file"))
	}
	v, err := store.Verify(r, head)
	if err != nil {
		return a.unreadable(path, err)
	}
	if a.json {
		err = a.printJSON(verified{File: path, OK: v.OK(), Verification: v})
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
