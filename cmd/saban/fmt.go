package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
)

// formatted is what fmt did with one file.
type formatted struct {
	File     string             `json:"file"`
	Changed  bool               `json:"changed"` // it was not laid out like this
	Findings scenarios.Findings `json:"findings"`
}

// layouts is what fmt prints as JSON.
type layouts struct {
	Files   []formatted `json:"files"`
	Changed int         `json:"changed"`
}

func (a *app) fmtCmd() *cobra.Command {
	var only bool
	cmd := &cobra.Command{
		Use:   "fmt " + a.say("TỆP … | -", "FILE … | -"),
		Short: a.say("trình bày lại tệp kịch bản, cơ sở, chạy thử, nhập từ giấy theo một lối, giữ nguyên chú thích", "lay scenario, site, play and paper files out in the one way, comments kept"),
		Long: a.say("Thứ tự khóa, thụt dòng, ngoặc kép, dòng trống theo một lối; nội dung và chú thích không đổi. Dấu - đọc từ đầu vào, in ra đầu ra. Với --check không ghi gì: mã thoát 2 khi có tệp chưa theo lối.",
			"The order of keys, indentation, quotes and blank lines follow one way; contents and comments stay. A - reads the input and writes to the output. With --check nothing is written: exit code 2 when a file is laid out in another way."),
		Example: "  saban fmt my-market.yaml\n  saban fmt --check *.yaml",
		Args:    a.wants(1, -1, engine.Both("ít nhất một tệp", "at least one file")),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "-" {
				return a.fmtInput()
			}
			return a.fmt(args, only)
		},
	}
	cmd.Flags().BoolVar(&only, "check", false, a.say("chỉ xem, không ghi", "look only, write nothing"))
	return cmd
}

func (a *app) fmtInput() error {
	text, err := io.ReadAll(io.LimitReader(a.in, 16<<20))
	if err != nil {
		return a.unreadable("-", err)
	}
	out, found := scenarios.Format(scenarios.Source{Name: "-", Bytes: text})
	if err := a.refuse(found); err != nil {
		return err
	}
	_, err = a.out.Write(out)
	return err
}

func (a *app) fmt(paths []string, only bool) error {
	all := layouts{Files: []formatted{}}
	bad := false
	for _, path := range paths {
		one, err := a.fmtFile(path, only)
		if err != nil {
			return err
		}
		bad = bad || one.Findings.Failed()
		if one.Changed {
			all.Changed++
		}
		all.Files = append(all.Files, one)
	}
	if err := a.printFormats(&all, only); err != nil {
		return err
	}
	if bad || only && all.Changed > 0 {
		return faulty(engine.Text{})
	}
	return nil
}

func (a *app) fmtFile(path string, only bool) (formatted, error) {
	if _, err := scenarios.Open(path); err == nil && !isPath(path) {
		return formatted{}, cannot(nil, engine.Both("%s là kịch bản có sẵn trong chương trình, không ghi lại được", "%s comes with the program and cannot be rewritten", path),
			engine.Both("đưa đường dẫn tới một tệp .yaml", "give the path of a .yaml file"))
	}
	src, err := a.readFile(path)
	if err != nil {
		return formatted{}, err
	}
	out, found := scenarios.Format(src)
	one := formatted{File: src.Name, Changed: !bytes.Equal(out, src.Bytes), Findings: append(scenarios.Findings{}, found...)}
	if one.Changed && !only {
		if err := replaceFile(path, out); err != nil {
			return one, a.unwritable(path, err)
		}
	}
	return one, nil
}

// replaceFile puts a new text in the place of a file, whole or not at all.
func replaceFile(path string, text []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(next.Name()) }() // gone already when all went well
	_, err = next.Write(text)
	for _, step := range []func() error{next.Sync, func() error { return next.Chmod(info.Mode().Perm()) }} {
		if err == nil {
			err = step()
		}
	}
	if closed := next.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(next.Name(), path)
}

func (a *app) printFormats(all *layouts, only bool) error {
	if a.json {
		return a.printJSON(all)
	}
	for _, one := range all.Files {
		switch {
		case one.Findings.Failed():
			a.println(one.Findings.Format(a.lang))
			a.println(a.say("bỏ qua       %s", "left alone   %s", one.File))
		case one.Changed && only:
			a.println(a.say("chưa theo lối  %s", "to lay out   %s", one.File))
		case one.Changed:
			a.println(a.say("đã trình bày lại  %s", "laid out     %s", one.File))
		}
	}
	if all.Changed == 0 {
		a.talk("mọi tệp đã theo lối", "every file is laid out already")
	}
	return nil
}
