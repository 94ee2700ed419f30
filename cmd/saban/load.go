package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// isPath tells a file from the id of a shipped scenario.
func isPath(name string) bool {
	return strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}

// readFile reads a file a user named, with errors that say what to try.
func (a *app) readFile(path string) (scenarios.Source, error) {
	file, err := os.Open(path)
	if err != nil {
		return scenarios.Source{}, a.unreadable(path, err)
	}
	defer file.Close()
	// The reader has a far lower limit and says so itself.
	text, err := io.ReadAll(io.LimitReader(file, 16<<20))
	if err != nil {
		return scenarios.Source{}, a.unreadable(path, err)
	}
	return scenarios.Source{Name: filepath.ToSlash(path), Bytes: text}, nil
}

func (a *app) unreadable(path string, err error) error {
	why := engine.Both("%v", "%v", err)
	info, lost := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		why = engine.Both("không có tệp này", "there is no such file")
	case lost == nil && info.IsDir():
		why = engine.Both("đây là thư mục, cần một tệp", "this is a folder, a file is wanted")
	case errors.Is(err, fs.ErrPermission):
		why = engine.Both("không có quyền đọc", "no permission to read it")
	}
	return cannot(err, engine.Text{VI: path + ": " + why.VI, EN: path + ": " + why.EN}, engine.Text{})
}

// source finds a scenario by id or path.
func (a *app) source(name string) (scenarios.Source, error) {
	if isPath(name) {
		return a.readFile(name)
	}
	src, err := scenarios.Open(name)
	if err == nil {
		return src, nil
	}
	hint := engine.Both("xem saban list, hoặc đưa đường dẫn tới tệp .yaml", "see saban list, or give the path of a .yaml file")
	if near := engine.Closest(name, scenarios.Shipped()); near != "" {
		hint = engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	return src, cannot(err, engine.Both("không có kịch bản %q", "there is no scenario %q", name), hint)
}

// scenario reads a scenario and its site, ready to run. Its faults are
// printed.
func (a *app) scenario(name, site string) (*scenarios.File, error) {
	src, err := a.source(name)
	if err != nil {
		return nil, err
	}
	file, findings := scenarios.ReadScenario(src)
	if err := a.refuse(findings); err != nil {
		return nil, err
	}
	if site == "" {
		return file, nil
	}
	src, err = a.readFile(site)
	if err != nil {
		return nil, err
	}
	overlay, findings := scenarios.ReadSite(src, file)
	if err := a.refuse(findings); err != nil {
		return nil, err
	}
	merged, findings := scenarios.Merge(file, overlay)
	return merged, a.refuse(findings)
}

// refuse prints findings that forbid the use of a file: the verb could not do
// its work.
func (a *app) refuse(found scenarios.Findings) error {
	if !found.Failed() {
		return nil
	}
	bad := found.Only(scenarios.Error)
	fmt.Fprintln(a.err, bad.Format(a.lang))
	return cannot(found, engine.Both("%s: có %d lỗi, chưa dùng được", "%s: it has %d faults and cannot be used", bad[0].File, len(bad)),
		engine.Both("sửa rồi xem lại bằng saban check", "mend it, then look again with saban check"))
}

// rubric resolves the rules: default, scenario, file.
func (a *app) rubric(file *scenarios.File, path string) (scoring.Rubric, error) {
	rubric := scoring.Default().With(file.Rubric)
	if path == "" {
		return rubric, nil
	}
	return a.patched(rubric, path)
}

// patched lays the rubric file at path over a rubric.
func (a *app) patched(rubric scoring.Rubric, path string) (scoring.Rubric, error) {
	src, err := a.readFile(path)
	if err != nil {
		return rubric, err
	}
	patch, findings := scenarios.ReadRubric(src)
	if err := a.refuse(findings); err != nil {
		return rubric, err
	}
	rubric = rubric.With(patch)
	if faults := rubric.Faults(); len(faults) > 0 {
		return rubric, &failure{code: exitFaults, text: engine.Text{VI: path + ": " + faults[0].Text.VI, EN: path + ": " + faults[0].Text.EN},
			hint: faults[0].Hint, cause: faults}
	}
	return rubric, nil
}

func (a *app) unwritable(path string, err error) error {
	why, hint := engine.Both("%v", "%v", err), engine.Text{}
	switch {
	case errors.Is(err, fs.ErrExist):
		why = engine.Both("tệp đã có, không ghi đè", "the file exists and is not overwritten")
		hint = engine.Both("chọn tên khác, hoặc dời tệp cũ đi", "choose another name, or move the old file away")
	case errors.Is(err, fs.ErrPermission):
		why = engine.Both("không có quyền ghi", "no permission to write it")
	case errors.Is(err, fs.ErrNotExist):
		why = engine.Both("không có thư mục này", "there is no such folder")
	}
	return cannot(err, engine.Text{VI: path + ": " + why.VI, EN: path + ": " + why.EN}, hint)
}
