package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
)

// made is what new prints as JSON.
type made struct {
	ID    string   `json:"id"`
	Files []string `json:"files"`
}

func (a *app) newCmd() *cobra.Command {
	var dir string
	var title engine.Text
	cmd := &cobra.Command{
		Use:   "new " + a.say("MÃ", "ID"),
		Short: a.say("tạo một kịch bản mới chạy được ngay, kèm tệp cơ sở và tệp chạy thử", "begin a scenario of one's own: it plays at once and brings its rehearsals"),
		Long: a.say("Viết MÃ.yaml, MÃ.site.yaml và rehearsals/MÃ/*.yaml: một kịch bản nhỏ nhưng đủ phần, có chú thích cho từng mục, kèm một tệp cơ sở, các tệp chạy thử, và trong schema/ lược đồ để trình soạn thảo gợi ý, giải thích từng khóa. Chơi thử, rồi thay dần từng phần. Không ghi đè tệp nào.",
			"Writes ID.yaml, ID.site.yaml and rehearsals/ID/*.yaml: a small scenario with all its parts, each explained in a comment, a site and rehearsals, and in schema/ what editors complete and explain its keys by. Play it, then change it part by part. No file is overwritten."),
		Example: "  saban new market-fire --title \"Cháy chợ\" --title-en \"Fire in a market\"\n  saban check market-fire.yaml && saban test market-fire.yaml --cover\n  saban run market-fire.yaml",
		Args:    a.wants(1, 1, engine.Both("mã của kịch bản mới", "the id of the new scenario")),
		RunE:    func(_ *cobra.Command, args []string) error { return a.new(args[0], dir, title) },
	}
	cmd.Flags().StringVar(&dir, "dir", ".", a.say("`thư mục` để viết vào", "`folder` to write to"))
	cmd.Flags().StringVar(&title.VI, "title", "", a.say("`tên` kịch bản bằng tiếng Việt", "Vietnamese `title` of the scenario"))
	cmd.Flags().StringVar(&title.EN, "title-en", "", a.say("`tên` kịch bản bằng tiếng Anh", "English `title` of the scenario"))
	return cmd
}

var scenarioID = scenarios.NewPattern(`^[a-z0-9][a-z0-9_-]{0,63}$`)

func (a *app) new(id, dir string, title engine.Text) error {
	if !scenarioID().MatchString(id) {
		return cannot(nil, engine.Both("mã %q viết sai", "the id %q is ill-formed", id),
			engine.Both("chữ thường không dấu, chữ số và -, như market-fire", "small letters, digits and -, as in market-fire"))
	}
	if _, err := scenarios.Open(id); err == nil {
		return cannot(nil, engine.Both("đã có kịch bản %s trong chương trình", "a scenario %s comes with the program", id), engine.Both("chọn mã khác", "choose another id"))
	}
	if title.VI == "" || title.EN == "" { // one given stands for both until the author writes the other
		title = engine.Text{VI: title.VI + title.EN, EN: title.EN + title.VI}
	}
	files, err := scenarios.Scaffold(id, title, a.lang)
	if err != nil {
		return err
	}
	out := made{ID: id}
	for i := range files {
		files[i].Name = filepath.Join(dir, filepath.FromSlash(files[i].Name))
		out.Files = append(out.Files, filepath.ToSlash(files[i].Name))
		if _, err := os.Lstat(files[i].Name); !errors.Is(err, fs.ErrNotExist) {
			return a.unwritable(files[i].Name, errors.Join(fs.ErrExist, err))
		}
	}
	for _, file := range files {
		if err := writeNew(file); err != nil {
			return a.unwritable(file.Name, err)
		}
	}
	more, err := a.schemasBeside(dir)
	if err != nil {
		return err
	}
	out.Files = append(out.Files, more...)
	if a.json {
		return a.printJSON(out)
	}
	for _, name := range out.Files {
		a.println(name)
	}
	a.talk("xem thử: saban run %s", "try it: saban run %s", out.Files[0])
	a.talk("trong VS Code, phần mở rộng YAML gợi ý và giải thích từng khóa", "in VS Code the YAML extension completes and explains every key")
	a.talk("rồi sửa %s và kiểm tra: saban check %s", "then change %s and check it: saban check %s", out.Files[0], out.Files[0])
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(file scenarios.Source) error {
	if err := os.MkdirAll(filepath.Dir(file.Name), 0o755); err != nil {
		return err
	}
	to, err := os.OpenFile(file.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = to.Write(file.Bytes)
	if closed := to.Close(); err == nil {
		err = closed
	}
	return err
}
