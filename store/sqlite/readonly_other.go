//go:build !unix

package sqlite

import (
	"errors"
	"io/fs"
)

func isReadOnly(err error) bool { return errors.Is(err, fs.ErrPermission) }
