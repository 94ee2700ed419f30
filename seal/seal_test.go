package seal_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/seal"
)

func key(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	_, k, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var parts = []seal.Part{{Name: "scorecard.json", Bytes: []byte(`{"total":87.5}`)}, {Name: "drill.jsonl", Bytes: []byte("{}\n{}\n")}, {Name: "report.md", Bytes: []byte("# Báo cáo\n")}}

func pack(t *testing.T, k ed25519.PrivateKey, parts ...seal.Part) []byte {
	t.Helper()
	data, err := seal.Pack("bomb-threat-1", "1.0", parts, k)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// said are the faults of a file in English; "" is none.
func said(t *testing.T, data []byte) string {
	t.Helper()
	s, err := seal.Open(data)
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, f := range s.Faults {
		all = append(all, f.In(engine.EN))
	}
	return strings.Join(all, "; ")
}

func TestSealAndOpen(t *testing.T) {
	k := key(t)
	data := pack(t, k, parts...)
	s, err := seal.Open(data)
	if err != nil || len(s.Faults) > 0 {
		t.Fatal(err, s)
	}
	if !s.Key.Equal(k.Public()) || s.Manifest.Drill != "bomb-threat-1" {
		t.Errorf("%+v", s.Manifest)
	}
	for _, p := range parts {
		if got, ok := s.Part(p.Name); !ok || !bytes.Equal(got, p.Bytes) {
			t.Errorf("%s is %q", p.Name, got)
		}
	}
	t.Run("the same parts in any order are the same bytes", func(t *testing.T) {
		if !bytes.Equal(data, pack(t, k, parts[2], parts[0], parts[1])) {
			t.Error("they differ")
		}
	})
	t.Run("any computer opens it", func(t *testing.T) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil || len(z.File) != 4 {
			t.Fatal(err, z)
		}
	})
}

func TestEveryFlippedBitIsFound(t *testing.T) {
	data := pack(t, key(t), parts...)
	for i := range data {
		for bit := range 8 {
			data[i] ^= 1 << bit
			if said(t, data) == "" {
				t.Errorf("bit %d of byte %d", bit, i)
			}
			data[i] ^= 1 << bit
		}
	}
	if said(t, data) != "" {
		t.Error("the file itself")
	}
}

func TestLineEndsInKeyAndSignatureAreFound(t *testing.T) {
	data := pack(t, key(t), parts...)
	for i := len(data) - 140; i < len(data); i++ {
		for _, end := range []byte("\r\n") {
			was := data[i]
			if data[i] = end; was != end && said(t, data) == "" {
				t.Errorf("%q for byte %d", end, i)
			}
			data[i] = was
		}
	}
}

func TestEveryTruncationAndExtensionIsFound(t *testing.T) {
	data := pack(t, key(t), parts...)
	for n := range data {
		if said(t, data[:n]) == "" {
			t.Errorf("cut to %d bytes", n)
		}
	}
	for _, more := range []string{"x", "\n", "\x00", string(data)} {
		if said(t, append(bytes.Clone(data), more...)) == "" {
			t.Errorf("with %d bytes more", len(more))
		}
		if said(t, append([]byte(more), data...)) == "" {
			t.Errorf("behind %d bytes more", len(more))
		}
	}
}

// rebuilt is an archive as somebody without the key would put it together,
// with the comment of the real one.
func rebuilt(t *testing.T, real []byte, method uint16, parts ...seal.Part) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(real), int64(len(real)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.Name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write(p.Bytes)
	}
	if err := errors.Join(w.SetComment(z.Comment), w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatWasDoneIsNamed(t *testing.T) {
	k := key(t)
	data := pack(t, k, parts...)
	s, err := seal.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	whole := func() []seal.Part { return append([]seal.Part{}, s.Parts...) } // drill, manifest, report, scorecard
	for name, c := range map[string]struct {
		make func() []byte
		want string
	}{
		"a part is changed": {func() []byte {
			p := whole()
			p[3].Bytes = []byte(`{"total":97.5}`)
			return rebuilt(t, data, zip.Store, p...)
		}, `the part "scorecard.json" was changed`},
		"two parts are swapped": {func() []byte {
			p := whole()
			p[2].Bytes, p[3].Bytes = p[3].Bytes, p[2].Bytes
			return rebuilt(t, data, zip.Store, p...)
		}, `the part "report.md" has the content of "scorecard.json"`},
		"a part is gone":        {func() []byte { return rebuilt(t, data, zip.Store, whole()[:3]...) }, `the part "scorecard.json" is missing`},
		"a part is added":       {func() []byte { return rebuilt(t, data, zip.Store, append(whole(), seal.Part{Name: "z.txt"})...) }, `the part "z.txt" is not listed`},
		"a part is there twice": {func() []byte { return rebuilt(t, data, zip.Store, append(whole(), whole()[3])...) }, `the part "scorecard.json" is not listed, or there twice`},
		"a name leads out":      {func() []byte { return rebuilt(t, data, zip.Store, append(whole(), seal.Part{Name: "../../etc/x"})...) }, `odd name: "../../etc/x"`},
		"the manifest is gone":  {func() []byte { p := whole(); return rebuilt(t, data, zip.Store, p[0], p[2], p[3]) }, "the manifest manifest.json is missing"},
		"it is packed anew":     {func() []byte { return rebuilt(t, data, zip.Deflate, whole()...) }, "not in the one form"},
		"only the order":        {func() []byte { p := whole(); return rebuilt(t, data, zip.Store, p[1], p[0], p[2], p[3]) }, "order of their names"},
		"the end is gone":       {func() []byte { return data[:len(data)-20] }, "the file is cut off"},
		"it is something else":  {func() []byte { return []byte("# Báo cáo") }, "no sealed file"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := said(t, c.make()); !strings.Contains(got, c.want) {
				t.Errorf("said %q", got)
			}
		})
	}
}

func TestAForgerySignedAnewHasAnotherKey(t *testing.T) {
	mine, other := key(t), key(t)
	forged := pack(t, other, seal.Part{Name: "scorecard.json", Bytes: []byte(`{"total":100}`)})
	s, err := seal.Open(forged)
	if err != nil || len(s.Faults) > 0 {
		t.Fatal(err, s.Faults)
	}
	right := mine.Public().(ed25519.PublicKey)
	if s.Key.Equal(right) || seal.SameFingerprint(s.Key, seal.Fingerprint(right)) {
		t.Error("it passes for the right key")
	}
	t.Run("the right key's name on it does not help", func(t *testing.T) {
		genuine, _ := seal.Open(pack(t, mine, parts...))
		i := bytes.LastIndex(forged, []byte("saban-seal-1 "))
		from := pack(t, mine, parts...)
		j := bytes.LastIndex(from, []byte("saban-seal-1 "))
		copy(forged[i:], from[j:])
		if said(t, forged) == "" || !genuine.Key.Equal(right) {
			t.Error("it passes")
		}
	})
}

func TestKeys(t *testing.T) {
	file, public, err := seal.NewKey("năm từ rất dễ nhớ")
	if err != nil {
		t.Fatal(err)
	}
	private, err := seal.Unlock(file, "năm từ rất dễ nhớ")
	if err != nil || !public.Equal(private.Public()) {
		t.Fatal(err)
	}
	if bytes.Contains(file, private.Seed()) {
		t.Error("the seed lies open")
	}
	if _, err := seal.Unlock(file, "sáu từ"); !errors.Is(err, seal.ErrPassphrase) {
		t.Errorf("the wrong passphrase: %v", err)
	}
	if _, err := seal.Unlock([]byte("{}"), "x"); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("no key: %v", err)
	}
	for name, text := range map[string][]byte{"public file": []byte(seal.PublicText(public)), "private file": file} {
		if got, err := seal.ReadPublic(text); err != nil || !got.Equal(public) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := seal.ReadPublic([]byte("saban-ed25519 AAAA")); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("a short key: %v", err)
	}
	print := seal.Fingerprint(public)
	if !seal.SameFingerprint(public, strings.ToUpper(strings.ReplaceAll(print, " ", ""))) || len(print) != 39 {
		t.Errorf("fingerprint %q", print)
	}
	t.Run("letters composed another way are the same passphrase", func(t *testing.T) {
		if _, err := seal.Unlock(file, "năm từ rất dễ nhớ"); err != nil {
			t.Error(err)
		}
	})
}

func TestNamesOfParts(t *testing.T) {
	for _, name := range []string{"", "A.txt", "a/b", "../x", "manifest.json", "ä", "a b"} {
		if _, err := seal.Pack("d", "1", []seal.Part{{Name: name}}, key(t)); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
	s, err := seal.Open(pack(t, key(t)))
	if err != nil || cmp.Diff(s.Manifest.Parts, []seal.Listed{}) != "" {
		t.Error(err, s)
	}
}
