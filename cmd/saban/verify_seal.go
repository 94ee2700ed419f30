package main

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"os"

	"saban/engine"
	"saban/seal"
	"saban/store"
)

// sealCheck is what verify finds of a seal.
type sealCheck struct {
	Fingerprint string        `json:"fingerprint"` // of the key it was signed with; empty when it cannot be read
	Key         keyCheck      `json:"key"`
	Parts       []string      `json:"parts"`
	Faults      []engine.Text `json:"faults"`
}

// keyCheck says whether a seal is by the key that was asked for.
type keyCheck string

const (
	rightKey   keyCheck = "right"
	otherKey   keyCheck = "other"
	unnamedKey keyCheck = "unnamed" // no key was given to compare with
)

// verifySealed checks a sealed file: the seal, the drill file inside, and that
// the scorecard is what the drill gives when it is scored again.
func (a *app) verifySealed(path string, r io.Reader, head, key string) error {
	right, err := a.keyAsked(key)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(r, seal.MaxBytes+1))
	if err != nil {
		return a.unreadable(path, err)
	}
	s, err := seal.Open(data)
	if err != nil {
		return cannot(err, engine.Both("%s không phải tệp niêm phong", "%s is no sealed file", path), engine.Both("tệp niêm phong do saban seal ghi ra, tên .saban", "a sealed file is written by saban seal and called .saban"))
	}
	v := verified{File: path, Seal: &sealCheck{Key: unnamedKey, Faults: s.Faults, Parts: []string{}}}
	c := v.Seal
	if s.Key != nil {
		c.Fingerprint = seal.Fingerprint(s.Key)
	}
	for _, p := range s.Parts {
		c.Parts = append(c.Parts, p.Name)
	}
	switch {
	case right == nil:
	case s.Key != nil && right(s.Key):
		c.Key = rightKey
	default:
		c.Key = otherKey
		c.Faults = append(c.Faults, engine.Both("niêm phong bằng khóa khác (%s)", "sealed with another key (%s)", c.Fingerprint))
	}
	if drill, ok := s.Part("drill.jsonl"); ok {
		if v.Verification, err = store.Verify(bytes.NewReader(drill), head); err != nil {
			return a.unreadable(path, err)
		}
		if v.Problem == nil && len(c.Faults) == 0 && !a.scoresTheSame(path, s, drill) {
			c.Faults = append(c.Faults, engine.Both("bảng điểm trong tệp khác bảng điểm chấm lại từ nhật ký", "the scorecard inside is not what the log gives when it is scored again"))
		}
	} else if len(c.Faults) == 0 {
		c.Faults = append(c.Faults, engine.Both("không có tệp diễn tập drill.jsonl", "there is no drill file drill.jsonl"))
	}
	if c.Faults == nil {
		c.Faults = []engine.Text{}
	}
	v.OK = len(c.Faults) == 0 && v.Problem == nil
	if a.json {
		err = a.printJSON(v)
	} else {
		a.saySeal(path, &v)
	}
	if err == nil && !v.OK {
		return faulty(engine.Text{})
	}
	return err
}

func (a *app) saySeal(path string, v *verified) {
	c := v.Seal
	for _, f := range c.Faults {
		a.println(path + ": " + f.In(a.lang))
	}
	if v.Problem != nil {
		a.println(path + ": drill.jsonl: " + v.Text().In(a.lang))
	}
	if !v.OK {
		return
	}
	a.println(path + ": " + a.say("niêm phong còn nguyên; ", "the seal is whole; ") + v.Text().In(a.lang))
	a.println(a.say("mã đầu chuỗi  ", "head         ") + v.Head)
	a.println(a.say("vân tay khóa  ", "fingerprint  ") + c.Fingerprint)
	if c.Key == rightKey {
		a.println(a.say("đúng khóa đã đưa vào", "it is the key that was given"))
		return
	}
	a.hint(engine.Both("so vân tay với nguồn khác (bản in, người niêm phong), hoặc đưa khóa công khai bằng --key: ai cũng tạo được khóa của riêng mình", "compare the fingerprint with another source (the printed report, whoever sealed), or give the public key with --key: anybody can make a key of their own"))
}

// keyAsked reads --key: a file with a public key, or a fingerprint.
func (a *app) keyAsked(asked string) (func(ed25519.PublicKey) bool, error) {
	if asked == "" {
		return nil, nil
	}
	file, err := os.ReadFile(asked)
	if errors.Is(err, fs.ErrNotExist) && seal.IsFingerprint(asked) {
		return func(k ed25519.PublicKey) bool { return seal.SameFingerprint(k, asked) }, nil
	}
	if err != nil {
		return nil, a.unreadable(asked, err)
	}
	key, err := seal.ReadPublic(file)
	if err != nil {
		return nil, cannot(err, engine.Both("%s không có khóa công khai", "%s holds no public key", asked), engine.Both("đó là tệp .pub do saban seal --new-key ghi ra", "it is the .pub file written by saban seal --new-key"))
	}
	return func(k ed25519.PublicKey) bool { return k.Equal(key) }, nil
}

// scoresTheSame scores the drill again. Another version may count another
// way, so only its own cards are compared.
func (a *app) scoresTheSame(path string, s *seal.Sealed, drill []byte) bool {
	file, err := store.Read(bytes.NewReader(drill), store.Limits{})
	if err != nil || s.Manifest.Engine != engine.Version || file.Header.Engine != engine.Version {
		return true
	}
	p, err := a.unpin(path, file)
	if err != nil {
		return false
	}
	var again bytes.Buffer
	if err := writeJSON(&again, scored{p.score(p.rubric), file.Head}); err != nil {
		return false
	}
	card, ok := s.Part("scorecard.json")
	return !ok || bytes.Equal(again.Bytes(), card)
}
