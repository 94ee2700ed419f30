package scenarios

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The schemas are made from what the reader takes and from schema/words.
//
//go:generate go test . -run ^TestSchemasAreGenerated$ -update

//go:embed *.yaml rehearsals sites template schema/*.schema.json
var shipped embed.FS

// Shipped returns the ids of the scenarios that come with the program,
// sorted.
func Shipped() []string {
	files, _ := fs.Glob(shipped, "*.yaml")
	for i := range files {
		files[i] = strings.TrimSuffix(files[i], ".yaml")
	}
	return files
}

// Open returns the file of a shipped scenario. The error is fs.ErrNotExist
// when there is none of this id.
func Open(id string) (Source, error) {
	name := id + ".yaml"
	if strings.ContainsAny(id, `/\`) {
		return Source{}, fmt.Errorf("scenario %q: %w", id, fs.ErrNotExist)
	}
	b, err := shipped.ReadFile(name)
	if err != nil {
		return Source{}, fmt.Errorf("scenario %q: %w", id, fs.ErrNotExist)
	}
	return Source{Name: name, Bytes: b}, nil
}

// Rehearsals returns the plays that come with a shipped scenario, sorted by
// name.
func Rehearsals(id string) []Source { return folder("rehearsals/" + id) }

// Sites returns the site files that come with the program, sorted by name.
func Sites() []Source { return folder("sites") }

// SchemaKinds are the kinds of files that have a JSON Schema, by which editors
// complete and explain their keys in both languages.
var SchemaKinds = []string{"scenario", "site", "play", "rubric", "agency", "aar", "paper"}

// Schema returns the schema of a kind of file; its name is what the first
// line of a file beside it calls it by. The error is fs.ErrNotExist when there
// is no such kind.
func Schema(kind string) (Source, error) {
	name := "schema/" + kind + ".schema.json"
	if !slices.Contains(SchemaKinds, kind) {
		return Source{}, fmt.Errorf("schema of %q: %w", kind, fs.ErrNotExist)
	}
	b, err := shipped.ReadFile(name)
	return Source{Name: name, Bytes: b}, err
}

func folder(name string) []Source {
	files, _ := fs.Glob(shipped, path.Join(name, "*.yaml"))
	var out []Source
	for _, file := range files {
		if b, err := shipped.ReadFile(file); err == nil {
			out = append(out, Source{Name: file, Bytes: b})
		}
	}
	return out
}
