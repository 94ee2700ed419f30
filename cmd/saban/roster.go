package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"

	"saban/engine"
)

// roster reads the names that lie beside a drill file: X.roster.json beside
// X.drill.jsonl, an object of person ids and names. It is not part of the
// chain, so that a name can be taken out and the file still verifies.
func (a *app) roster(drill string) (map[string]string, error) {
	path := strings.TrimSuffix(drill, ".drill.jsonl") + ".roster.json"
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, a.unreadable(path, err)
	}
	var names map[string]string
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, cannot(err, engine.Both("%s: không phải danh sách tên", "%s: is no list of names", path),
			engine.Both(`viết {"p1": "Họ tên", "p2": "Họ tên"}`, `write {"p1": "Name", "p2": "Name"}`))
	}
	return names, nil
}
