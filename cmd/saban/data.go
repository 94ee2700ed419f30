package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/pflag"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// dataFlag is --data, on every verb that works on the data folder.
func (a *app) dataFlag(flags *pflag.FlagSet, dir *string) {
	flags.StringVar(dir, "data", a.env("SABAN_DATA"), a.say("`thư_mục` dữ liệu; mặc định là thư mục dữ liệu của người dùng, hoặc biến SABAN_DATA", "data `folder`; the user's own by default, or SABAN_DATA"))
}

// dataFolder is the folder asked for, or saban's own among the user's data.
func (a *app) dataFolder(asked string) (string, error) {
	if asked != "" {
		return filepath.Abs(asked)
	}
	home, err := a.userData()
	if err != nil {
		return "", cannot(err, engine.Both("không biết thư mục dữ liệu của người dùng này", "this user's data folder is not known"),
			engine.Both("chỉ ra bằng --data", "name one with --data"))
	}
	return filepath.Join(home, "saban"), nil
}

func (a *app) userData() (string, error) {
	switch runtime.GOOS {
	case "windows":
		return os.UserCacheDir() // %LocalAppData%: stays on this machine
	case "darwin":
		return os.UserConfigDir() // ~/Library/Application Support
	}
	if dir := a.env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}

// openData opens the store of a data folder, with words for why it cannot.
func (a *app) openData(dir string) (*sqlite.Store, error) {
	s, err := sqlite.Open(dir)
	if err != nil {
		return nil, unusable(err)
	}
	return s, nil
}

// unusable puts what is wrong with a data folder or its data into a failure.
func unusable(err error) error {
	var folder *sqlite.FolderError
	var damage *store.DamageError
	var failed *store.WriteError
	switch {
	case errors.As(err, &folder):
		return cannot(err, folder.Text, folder.Hint)
	case errors.As(err, &damage):
		return &failure{code: exitFaults, text: damage.Text(), hint: damage.Hint(), cause: err}
	case errors.As(err, &failed):
		return cannot(err, failed.Text(), engine.Text{})
	}
	return err
}

// amounts says how much data there is.
type amounts struct {
	Drills  int   `json:"drills"`
	Events  int64 `json:"events"`
	Records int64 `json:"records"`
	Bytes   int64 `json:"bytes"`
}

func amountsOf(c *sqlite.Checked) amounts {
	return amounts{Drills: len(c.Drills), Events: c.Events, Records: c.Records, Bytes: c.Bytes}
}

func (a *app) amounts(n amounts) string {
	return a.say("buổi diễn tập: %d, sự kiện: %d, bản ghi khác: %d, dung lượng: %s", "drills: %d, events: %d, other records: %d, size: %s",
		n.Drills, n.Events, n.Records, size(n.Bytes))
}

// size is a number of bytes as people read it.
func size(n int64) string {
	switch {
	case n < 10<<10:
		return fmt.Sprintf("%d B", n)
	case n < 10<<20:
		return fmt.Sprintf("%d KB", n>>10)
	case n < 10<<30:
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d GB", n>>30)
}
