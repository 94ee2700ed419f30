package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
)

// schemas is what schema --out prints as JSON.
type schemas struct {
	Files []string `json:"files"`
}

// fileKinds lists the kinds of files that have a schema.
func fileKinds() string { return strings.Join(scenarios.SchemaKinds, ", ") }

func (a *app) schemaCmd() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "schema " + a.say("LOẠI | --out THƯ_MỤC", "KIND | --out FOLDER"),
		Short: a.say("lược đồ để trình soạn thảo gợi ý và giải thích từng khóa, tiếng Việt và tiếng Anh", "the schemas by which editors complete and explain every key, in Vietnamese and English"),
		Long: a.say("LOẠI là một trong: %[1]s. In lược đồ JSON của loại tệp ấy. Với --out ghi hết vào một thư mục, thay bản cũ. Trình soạn thảo biết YAML (như VS Code với phần mở rộng YAML) đọc lược đồ nêu ở dòng đầu tệp, không cần mạng. Lệnh saban new đã viết sẵn dòng ấy và các lược đồ.",
			"KIND is one of: %[1]s. Prints the JSON Schema of such files. With --out all of them are written to a folder, in the place of older ones. An editor that knows YAML (VS Code with the YAML extension, say) reads the schema that a file's first line names, without a network. saban new writes that line and the schemas by itself.", fileKinds()),
		Example:   "  saban schema --out schema\n  saban schema scenario > scenario.schema.json",
		Args:      a.wants(0, len(scenarios.SchemaKinds), engine.Both("một loại tệp", "a kind of file")),
		ValidArgs: scenarios.SchemaKinds,
		RunE:      func(_ *cobra.Command, args []string) error { return a.schema(args, dir) },
	}
	cmd.Flags().StringVar(&dir, "out", "", a.say("`thư mục` để ghi các lược đồ vào", "`folder` to write the schemas to"))
	return cmd
}

func (a *app) schema(kinds []string, dir string) error {
	if dir == "" && len(kinds) != 1 {
		return cannot(nil, engine.Both("cần một loại tệp", "one kind of file is wanted"),
			engine.Both("dùng một trong: %[1]s; hoặc --out schema để ghi hết", "use one of: %[1]s; or --out schema for all of them", fileKinds()))
	}
	if len(kinds) == 0 {
		kinds = scenarios.SchemaKinds
	}
	out := schemas{}
	for _, kind := range kinds {
		src, err := scenarios.Schema(kind)
		if errors.Is(err, fs.ErrNotExist) {
			return a.noKind(kind)
		}
		if err != nil {
			return err
		}
		if dir == "" {
			_, err = a.out.Write(src.Bytes)
			return err
		}
		name := filepath.Join(dir, filepath.Base(src.Name))
		if err := writeSchema(name, src.Bytes); err != nil {
			return a.unwritable(name, err)
		}
		out.Files = append(out.Files, filepath.ToSlash(name))
	}
	return a.printSchemas(out)
}

func (a *app) noKind(word string) error {
	hint := engine.Both("dùng một trong: %[1]s", "use one of: %[1]s", fileKinds())
	if near := engine.Closest(word, scenarios.SchemaKinds); near != "" {
		hint = engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	return cannot(nil, engine.Both("không có loại tệp %q", "there is no kind of file %q", word), hint)
}

func (a *app) printSchemas(out schemas) error {
	if a.json {
		return a.printJSON(out)
	}
	for _, name := range out.Files {
		a.println(name)
	}
	for _, name := range out.Files {
		kind, _, _ := strings.Cut(filepath.Base(name), ".")
		a.talk("dòng đầu của tệp loại %s đặt ở đây: # yaml-language-server: $schema=%s", "the first line of a file of the kind %s here: # yaml-language-server: $schema=%s", kind, name)
	}
	return nil
}

// writeSchema puts a schema where an older one may be: it is the program's.
func writeSchema(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

// schemasBeside writes the schemas that the files of a folder name, and
// returns which were not there yet. Others are left as they are.
func (a *app) schemasBeside(dir string) (written []string, err error) {
	for _, kind := range scenarios.SchemaKinds {
		src, err := scenarios.Schema(kind)
		if err != nil {
			return nil, err
		}
		src.Name = filepath.Join(dir, filepath.FromSlash(src.Name))
		old, err := os.ReadFile(src.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if err := writeNew(src); err != nil {
				return nil, a.unwritable(src.Name, err)
			}
			written = append(written, filepath.ToSlash(src.Name))
		case err != nil:
			return nil, a.unreadable(src.Name, err)
		case !bytes.Equal(old, src.Bytes):
			name := filepath.ToSlash(src.Name)
			a.talk("%s là của bản saban khác, giữ nguyên; để thay: saban schema --out %s", "%s is of another saban and stays; to replace it: saban schema --out %s", name, path.Dir(name))
		}
	}
	return written, nil
}
