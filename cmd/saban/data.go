package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/pflag"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// dataFlag adds --data, where a server keeps its drills.
func (a *app) dataFlag(f *pflag.FlagSet, into *string) {
	f.StringVar(into, "data", "", a.say("`thư_mục` dữ liệu; mặc định là thư mục dữ liệu của người dùng, hoặc biến SABAN_DATA", "data `folder`; the user's own by default, or SABAN_DATA"))
}

// dataFolder is the folder asked for, or else the user's own.
func (a *app) dataFolder(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if dir := a.env("SABAN_DATA"); dir != "" {
		return dir, nil
	}
	dir := a.env("XDG_DATA_HOME")
	var err error
	switch {
	case dir != "":
	case runtime.GOOS == "windows" || runtime.GOOS == "darwin":
		dir, err = os.UserConfigDir() // AppData, Application Support
	default:
		if dir, err = os.UserHomeDir(); err == nil {
			dir = filepath.Join(dir, ".local", "share")
		}
	}
	if err != nil {
		return "", cannot(err, engine.Both("không tìm được thư mục dữ liệu của người dùng: %v", "the user's data folder cannot be found: %v", err),
			engine.Both("nêu thư mục bằng --data", "name a folder with --data"))
	}
	return filepath.Join(dir, "saban"), nil
}

// openData opens the store of a data folder, with words for why it cannot.
func (a *app) openData(dir string) (*sqlite.Store, error) {
	keep, err := sqlite.Open(dir)
	var folder *sqlite.FolderError
	var damage *store.DamageError
	switch {
	case errors.As(err, &folder):
		return nil, cannot(err, folder.Text, folder.Hint)
	case errors.As(err, &damage):
		return nil, cannot(err, engine.Both("%s: dữ liệu bị hỏng: %v", "%s: the data is damaged: %v", dir, err),
			engine.Both("để nguyên thư mục này, dùng thư mục khác bằng --data, và khôi phục từ bản sao lưu", "leave this folder as it is, use another with --data, and restore from a backup"))
	}
	return keep, err
}
