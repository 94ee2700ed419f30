package main

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/seal"
	"saban/store"
)

// sealing is what seal was asked.
type sealing struct {
	out, key, pass string
	newKey, names  bool
}

// sealed is what seal prints as JSON: of a file that was sealed, or of a key
// that was made.
type sealed struct {
	File        string   `json:"file,omitempty"`
	Parts       []string `json:"parts,omitempty"`
	Head        string   `json:"head,omitempty"`
	Key         string   `json:"key,omitempty"`
	Public      string   `json:"public,omitempty"`
	Fingerprint string   `json:"fingerprint"`
}

func (a *app) sealCmd() *cobra.Command {
	var s sealing
	cmd := &cobra.Command{
		Use:   "seal " + a.say("TỆP_DIỄN_TẬP", "DRILL_FILE"),
		Short: a.say("niêm phong buổi diễn tập: tệp diễn tập, bảng điểm, báo cáo trong một tệp có chữ ký", "seal a drill: its file, scorecard and report in one signed file"),
		Long: a.say("Lần đầu: saban seal --new-key tạo khóa, khóa bí mật nằm dưới mật khẩu trong thư mục dữ liệu. Ai nhận tệp .saban kiểm tra bằng saban verify với khóa công khai, không cần mạng và không cần bí mật nào. Báo cáo trong tệp viết từ nhật ký, chỉ có mã người; thêm --names thì có cả những gì có thể nêu tên: danh sách họ tên, agency.yaml, tệp .aar.yaml. Tệp đã trao đi thì không rút tên ra được nữa.",
			"The first time, saban seal --new-key makes a key; the private one lies in the data folder under a passphrase. Whoever gets the .saban file checks it with saban verify and the public key, offline and without any secret. The report inside is written from the log alone, with person ids; --names adds whatever may name people: the roster, agency.yaml, the .aar.yaml file. No name can be taken out of a file that was handed over."),
		Example: "  saban seal --new-key\n  saban seal bomb-threat.drill.jsonl\n  saban seal bomb-threat.drill.jsonl --out dot-1.saban --passphrase-file pass.txt",
		Args: func(cmd *cobra.Command, args []string) error {
			if s.newKey {
				return a.wants(0, 0, engine.Text{})(cmd, args)
			}
			return a.wants(1, 1, engine.Both("một tệp *.drill.jsonl", "one *.drill.jsonl file"))(cmd, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if s.newKey {
				return a.newKey(s)
			}
			return a.seal(args[0], s)
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.out, "out", "", a.say("`tệp` .saban ghi ra; mặc định cạnh tệp diễn tập", "the .saban `file` to write; beside the drill file by default"))
	f.StringVar(&s.key, "key", "", a.say("`tệp` khóa bí mật; mặc định seal.key trong thư mục dữ liệu", "private key `file`; seal.key in the data folder by default"))
	f.StringVar(&s.pass, "passphrase-file", "", a.say("`tệp` có mật khẩu ở dòng đầu (- là đầu vào) thay vì hỏi", "`file` with the passphrase in its first line (- is the input) instead of asking"))
	f.BoolVar(&s.newKey, "new-key", false, a.say("tạo khóa mới, in vân tay khóa", "make a new key and print its fingerprint"))
	f.BoolVar(&s.names, "names", false, a.say("đưa cả danh sách họ tên, agency.yaml, tệp .aar.yaml vào báo cáo được niêm phong", "put the roster, agency.yaml and the .aar.yaml file into the sealed report, too"))
	return cmd
}

// keyPath is where the private key is, and the public one beside it.
func (a *app) keyPath(asked string) (private, public string, err error) {
	if asked == "" {
		dir, err := a.dataFolder(a.env("SABAN_DATA"))
		if err != nil {
			return "", "", err
		}
		asked = filepath.Join(dir, "seal.key")
	}
	return asked, strings.TrimSuffix(asked, ".key") + ".pub", nil
}

func (a *app) newKey(s sealing) error {
	private, public, err := a.keyPath(s.key)
	if err != nil {
		return err
	}
	for _, path := range []string{private, public} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return cannot(err, engine.Both("đã có %s", "%s is there already", path),
				engine.Both("giữ khóa cũ để niêm phong tiếp; muốn khóa khác thì chỉ tệp khác bằng --key", "keep it and go on sealing; for another key name another file with --key"))
		}
	}
	pass, err := a.passphrase(s.pass, true)
	if err != nil {
		return err
	}
	file, key, err := seal.NewKey(pass)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(private), 0o700); err != nil {
		return a.unwritable(private, err)
	}
	if err := os.WriteFile(private, file, 0o600); err != nil {
		return a.unwritable(private, err)
	}
	if err := os.WriteFile(public, []byte(seal.PublicText(key)), 0o644); err != nil {
		return a.unwritable(public, err)
	}
	if a.json {
		return a.printJSON(sealed{Key: private, Public: public, Fingerprint: seal.Fingerprint(key)})
	}
	a.println(a.say("khóa bí mật      ", "private key  ") + private)
	a.println(a.say("khóa công khai   ", "public key   ") + public)
	a.println(a.say("vân tay khóa     ", "fingerprint  ") + seal.Fingerprint(key))
	a.talk("đưa %s và vân tay cho người kiểm tra; giữ khóa bí mật và mật khẩu, mất thì không lấy lại được", "give %s and the fingerprint to whoever verifies; keep the private key and its passphrase, they cannot be recovered", public)
	return nil
}

func (a *app) seal(path string, s sealing) error {
	p, err := a.openDrill(path)
	if err != nil {
		return err
	}
	if !p.file.Closed {
		return notOver(path)
	}
	private, err := a.unlock(s)
	if err != nil {
		return err
	}
	public, _ := private.Public().(ed25519.PublicKey)
	parts, err := a.evidence(path, p, s.names, seal.Fingerprint(public))
	if err != nil {
		return err
	}
	data, err := seal.Pack(p.file.Header.Drill, engine.Version, parts, private)
	if err != nil {
		return err
	}
	out := s.out
	if out == "" {
		out = strings.TrimSuffix(path, ".drill.jsonl") + ".saban"
	}
	if err := writeNew(scenarios.Source{Name: out, Bytes: data}); err != nil {
		return a.unwritable(out, err)
	}
	done := sealed{File: out, Head: p.file.Head, Fingerprint: seal.Fingerprint(public)}
	for _, one := range parts {
		done.Parts = append(done.Parts, one.Name)
	}
	if a.json {
		return a.printJSON(done)
	}
	a.println(a.say("đã niêm phong    ", "sealed       ") + out)
	a.println(a.say("gồm              ", "holds        ") + strings.Join(done.Parts, ", "))
	a.println(a.say("mã đầu chuỗi     ", "head         ") + done.Head)
	a.println(a.say("vân tay khóa     ", "fingerprint  ") + done.Fingerprint)
	return nil
}

func notOver(path string) error {
	return cannot(nil, engine.Both("%s: buổi diễn tập chưa kết thúc", "%s: the drill is not over", path),
		engine.Both("chạy tiếp rồi kết thúc: saban run --resume %s", "resume and end it: saban run --resume %s", path))
}

// unlock opens the private key.
func (a *app) unlock(s sealing) (ed25519.PrivateKey, error) {
	path, _, err := a.keyPath(s.key)
	if err != nil {
		return nil, err
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, cannot(err, engine.Both("chưa có khóa %s", "there is no key %s", path), engine.Both("tạo một lần bằng saban seal --new-key", "make one, once, with saban seal --new-key"))
	}
	if err != nil {
		return nil, a.unreadable(path, err)
	}
	pass, err := a.passphrase(s.pass, false)
	if err != nil {
		return nil, err
	}
	key, err := seal.Unlock(file, pass)
	switch {
	case errors.Is(err, seal.ErrPassphrase):
		return nil, cannot(err, engine.Both("sai mật khẩu của %s, hoặc tệp khóa bị sửa", "the passphrase of %s is wrong, or the key file was changed", path), engine.Text{})
	case err != nil:
		return nil, cannot(err, engine.Both("%s không phải khóa niêm phong", "%s is no sealing key", path), engine.Both("tạo một khóa bằng saban seal --new-key", "make one with saban seal --new-key"))
	}
	return key, nil
}

// evidence is what goes into a sealed file.
func (a *app) evidence(path string, p *played, names bool, fingerprint string) ([]seal.Part, error) {
	drill, err := os.ReadFile(path)
	if err != nil {
		return nil, a.unreadable(path, err)
	}
	if v, err := store.Verify(bytes.NewReader(drill), p.file.Head); err != nil || !v.OK() {
		return nil, cannot(err, engine.Both("%s thay đổi trong lúc đọc", "%s changed while it was read", path), engine.Both("thử lại", "try again"))
	}
	r := reporting{app: a, part: "all", logAlone: !names}
	meta, err := r.meta(path, p)
	if err != nil {
		return nil, err
	}
	meta.SealKey = fingerprint
	var score bytes.Buffer
	if err := writeJSON(&score, scored{p.score(p.rubric), p.file.Head}); err != nil {
		return nil, err
	}
	parts := []seal.Part{{Name: "drill.jsonl", Bytes: drill}, {Name: "scorecard.json", Bytes: score.Bytes()}}
	d, err := r.drawn(path, p, meta)
	if err != nil {
		return nil, err
	}
	for _, f := range reportFormats {
		if !slices.Contains(sealedFormats, f.Ending) {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b, d); err != nil {
			return nil, err
		}
		parts = append(parts, seal.Part{Name: "report." + f.Ending, Bytes: b.Bytes()})
	}
	slices.SortFunc(parts, func(a, b seal.Part) int { return strings.Compare(a.Name, b.Name) })
	return parts, nil
}

// sealedFormats are the reports that go into a sealed file: those that are the
// same bytes each time they are written.
var sealedFormats = []string{"html", "json", "md", "pdf"}
