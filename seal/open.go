package seal

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"saban/engine"
)

// Sealed is a sealed file that was opened. It is as its signer left it when
// Faults is empty.
type Sealed struct {
	Manifest Manifest
	Parts    []Part
	Key      ed25519.PublicKey
	Faults   []engine.Text // what is wrong with it
}

// Part returns a part by its name.
func (s *Sealed) Part(name string) ([]byte, bool) {
	for i := range s.Parts {
		if s.Parts[i].Name == name {
			return s.Parts[i].Bytes, true
		}
	}
	return nil, false
}

// ErrNotSealed is the error of bytes that are no sealed file at all.
var ErrNotSealed = errors.New("no sealed file")

// Looks reports whether a file that begins like this may be a sealed one.
func Looks(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// Open reads a sealed file and finds out whether it is whole, just as it was
// signed. Its error is ErrNotSealed, or nil.
func Open(data []byte) (*Sealed, error) {
	s := &Sealed{}
	if len(data) > MaxBytes || !Looks(data) {
		return nil, ErrNotSealed
	}
	sig, ok := s.trailer(data)
	if !ok {
		s.fault(engine.Both("tệp bị cắt, hoặc phần chữ ký ở cuối tệp bị sửa", "the file is cut off, or the signature at its end was changed"))
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		s.read(z)
		s.compare()
	} else {
		s.fault(engine.Both("không mở được kho tệp: mục lục ở cuối bị mất hoặc bị sửa", "the archive does not open: the directory at its end is lost or changed"))
	}
	if !ok {
		return s, nil
	}
	signed := data[:len(data)-sigLen]
	if again, err := archive(s.Parts, s.Key); err != nil || !bytes.Equal(again, signed) {
		s.fault(engine.Both("tệp có dữ liệu ngoài các phần được liệt kê, hoặc không đúng khuôn", "there are bytes outside the listed parts, or the archive is not in the one form it has"))
	}
	if !ed25519.Verify(s.Key, signed, sig) {
		s.fault(engine.Both("chữ ký không khớp: tệp đã bị sửa sau khi niêm phong", "the signature does not match: the file was changed after it was sealed"))
	}
	return s, nil
}

func (s *Sealed) fault(t engine.Text) { s.Faults = append(s.Faults, t) }

// trailer reads public key and signature off the end.
func (s *Sealed) trailer(data []byte) (sig []byte, ok bool) {
	if len(data) < trailerLen {
		return nil, false
	}
	text, ok := strings.CutPrefix(string(data[len(data)-trailerLen:]), trailerMark)
	if !ok || text[keyLen] != ' ' {
		return nil, false
	}
	// A decoder of base64 passes over line ends: only the lengths tell.
	key, err := encoding.DecodeString(text[:keyLen])
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, false
	}
	s.Key = key
	sig, err = encoding.DecodeString(text[keyLen+1:])
	return sig, err == nil && len(sig) == ed25519.SignatureSize
}

// read takes the parts out. What does not read is a fault of its own.
func (s *Sealed) read(z *zip.Reader) {
	if len(z.File) > maxParts {
		s.fault(engine.Both("có %d phần, nhiều nhất là %d", "there are %d parts, at most %d are allowed", len(z.File), maxParts))
		return
	}
	left := int64(MaxBytes)
	for _, f := range z.File {
		if !plainName().MatchString(f.Name) {
			s.fault(engine.Both("có phần mang tên lạ: %q", "a part has an odd name: %q", f.Name))
		}
		content, err := contentOf(f, left)
		if err != nil && !errors.Is(err, zip.ErrChecksum) { // which compare calls a change
			s.fault(engine.Both("phần %q hỏng: %v", "the part %q is damaged: %v", f.Name, err))
		}
		left -= int64(len(content))
		s.Parts = append(s.Parts, Part{f.Name, content})
	}
	if !slices.IsSortedFunc(s.Parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) }) {
		s.fault(engine.Both("các phần không theo thứ tự tên", "the parts are not in the order of their names"))
	}
}

func contentOf(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, most+1))
	if err = errors.Join(err, r.Close()); int64(len(content)) > most {
		return nil, errors.New("too large")
	}
	return content, err
}

// compare holds the parts against the manifest.
func (s *Sealed) compare() {
	text, ok := s.Part(manifestName)
	if !ok {
		s.fault(engine.Both("không có bản kê %s", "the manifest %s is missing", manifestName))
		return
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&s.Manifest); err != nil || s.Manifest.Format != 1 {
		s.fault(engine.Both("không đọc được bản kê %s", "the manifest %s cannot be read", manifestName))
		return
	}
	wanted := map[string]Listed{}
	for _, l := range s.Manifest.Parts {
		wanted[l.Name] = l
	}
	for _, p := range s.Parts {
		if p.Name == manifestName {
			continue
		}
		want, known := wanted[p.Name]
		delete(wanted, p.Name)
		switch is := listed(p); {
		case !known:
			s.fault(engine.Both("phần %q không có trong bản kê, hoặc có hai lần", "the part %q is not listed, or there twice", p.Name))
		case is != want:
			s.fault(s.changed(is))
		}
	}
	for _, l := range s.Manifest.Parts {
		if _, missing := wanted[l.Name]; missing {
			s.fault(engine.Both("thiếu phần %q", "the part %q is missing", l.Name))
			delete(wanted, l.Name)
		}
	}
}

// changed says of a part whether it is another one in its place.
func (s *Sealed) changed(is Listed) engine.Text {
	for _, l := range s.Manifest.Parts {
		if l.SHA256 == is.SHA256 {
			return engine.Both("phần %q mang nội dung của phần %q", "the part %q has the content of %q", is.Name, l.Name)
		}
	}
	return engine.Both("phần %q đã bị sửa", "the part %q was changed", is.Name)
}
