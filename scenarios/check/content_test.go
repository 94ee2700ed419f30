package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

func file(t testing.TB, name string) scenarios.Source {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Source{Name: name, Bytes: text}
}

// quickly is what reading and a look at pacing and content find in a file.
func quickly(src scenarios.Source) (scenarios.Findings, []check.Silenced) {
	f, found := scenarios.ReadScenario(src)
	if found.Failed() {
		return found, nil
	}
	report := check.Scenario(f, check.Options{Shallow: true})
	return report.Findings, report.Silenced
}

// TestQuickFindings holds the exact words of every finding on pacing, content
// and silence in both languages. Each file differs from content-sound.yaml in
// what its name says.
func TestQuickFindings(t *testing.T) {
	for _, pattern := range []string{"pacing-*.yaml", "content-*.yaml", "silenced-*.yaml"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) < 5 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, path := range files {
			name := strings.TrimSuffix(filepath.Base(path), ".yaml")
			t.Run(name, func(t *testing.T) {
				found, silenced := quickly(file(t, name+".yaml"))
				got := found.Format(engine.VI) + "\n\n" + found.Format(engine.EN) + "\n"
				if len(found) == 0 {
					got = "no findings\n"
				}
				for _, s := range silenced {
					got += strings.TrimSpace("silenced: "+string(s.Code)+" "+s.About) + strings.Repeat(" +1", s.Times) + ": " + s.Reason.EN + "\n"
				}
				golden(t, name+".golden", got)
			})
		}
	}
}

// with is the sound sample with another text in it, in both languages.
func with(t *testing.T, text string) scenarios.Findings {
	t.Helper()
	src := file(t, "content-sound.yaml")
	body := strings.Replace(string(src.Bytes), "Có túi lạ cạnh cửa kho.", text, 1)
	body = strings.Replace(body, "A strange bag stands by the door.", text+" (en)", 1)
	src.Bytes = []byte(body)
	found, _ := quickly(src)
	return found
}

func TestWhatLooksReal(t *testing.T) {
	for want, texts := range map[scenarios.Code][]string{
		scenarios.PhoneNumber: {"0912345678", "0912 345 678", "0213.3877.123", "091-234-5678", "+84 912 345 678", "(0213) 3877 123", "1900 6868", "1800.1234",
			"số 12345678", "20 3877 1234 nhánh 5", "mã 0213", "gọi số 1022", "đường dây nóng: 1022"},
		scenarios.StreetAddress: {"số 12 đường Bờ Sông", "số nhà 7", "12 phố Mới", "12/4 đường Mới", "ngõ 15", "Ngách 3 ngõ 15", "hẻm 7", "tổ 5, phường Bờ Đông", "thôn 3 xã Bờ Tây", "số 3 thôn Thượng",
			"No. 12 River Street", "12 Old River Road", "No 3, Long Lane", "Alley 12"},
		scenarios.Coordinate: {"22.3964, 103.4582", "22.39641 103.45821", "22,3964; 103,4582", "22.3964°N, 103.4582°E", "22°23′47″N 103°27′29″E", "22° 23' 47\"", "103° Đ", "48Q UJ 12345 67890", "48Q 345678 2478123",
			"2478123, 567890", "X = 2478123.45; Y = 567890.12"},
		scenarios.LinkOrMail: {"truc.ban@kho.vn", "https://kho.example/tin", "http://10.0.0.1", "www.kho.example", "trang kho.com.vn", "kho.gov.vn"},
	} {
		for _, text := range texts {
			t.Run(text, func(t *testing.T) {
				found := with(t, quoted(text))
				if len(found) == 0 {
					t.Fatalf("%q passes", text)
				}
				for _, one := range found {
					if one.Code != want {
						t.Errorf("%q is %s, want %s", text, one.Code, want)
					}
				}
			})
		}
	}
}

// quoted keeps a text whole between the double quotes of the sample.
func quoted(text string) string { return strings.ReplaceAll(text, `"`, `\"`) }

func TestWhatIsNoNumberOfAnybody(t *testing.T) {
	for _, text := range []string{
		"Gọi 112, 113, 114 hoặc 115 ngay.", "Gọi số 113 và 115.", "07 giờ 35, có 1.200 người.", "Lúc 0730 giờ", "Từ 2024 đến 2026", "2024-2026", "Ngày 23-11-2026", "Ngày 24.11.2026, 2026-11-24",
		"45.000.000 đồng", "5 000 000 m3", "12.500 kV và 220/110 kV", "0,35 m và 1.25 lần", "Luật 28/2013/QH13, Nghị định 30/2020/NĐ-CP", "100–150 m", "400 lượt, 500 lượt, 600 lượt",
		"12 phút đường, 3 km đường bộ", "Tổ 5 đi tầng 2", "Đội 1 và tổ 2 ở khu 3", "Bản 3 trang", "đường số hai", "phố đông người", "cửa số 12", "Gate 12, lane 2", "Building 7 on the north side",
		"nóng 38°C", "góc 90°", "22° lệch về phía kho", "máy bơm P1.2", "Room 12. Road closed", "v.v. và v.v.", "phiên bản 1.2.3", "camera 07, tầng 3", "24/7", "50 Hz, 0.5 Hz",
	} {
		t.Run(text, func(t *testing.T) {
			if found := with(t, text); len(found) > 0 {
				t.Error(found.Format(engine.EN))
			}
		})
	}
}

// What two languages may have in common.
func TestSameInBothLanguages(t *testing.T) {
	for text, same := range map[string]bool{
		"Camera 07": false, "SCADA": false, "PCCC, CNCH": false, "Đội An Bình": false, "Radio, video": false, "113": false, "A – B": false, "Tin": false,
		"Guard": true, "báo cáo": true, "Thủy điện A": true, "Camera tầng trệt": true, "the gate": true,
		"Chờ ${rumour_after} rồi báo": true, "Wait ${rumour_after}, then go": true, "${rumour_after}": false,
	} {
		t.Run(text, func(t *testing.T) {
			src := file(t, "content-sound.yaml")
			src.Bytes = []byte(strings.Replace(string(src.Bytes), `{vi: "Có túi lạ", en: "A strange bag"}`, `{vi: "`+text+`", en: "`+text+`"}`, 1))
			found, _ := quickly(src)
			if got := len(found) > 0; got != same {
				t.Errorf("%q: reported %v", text, got)
			}
		})
	}
}

// A site's values need no source, and a long value counts where it is shown.
func TestContentOverASite(t *testing.T) {
	base := read(t, file(t, "content-sound.yaml"))
	site, found := scenarios.ReadSite(scenarios.Source{Name: "site.yaml", Bytes: []byte("site: 1\nscenario: sample\nname: {vi: \"Kho\", en: \"Store\"}\nparameters: {standoff_m: 150}\n")}, base)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	merged, found := scenarios.Merge(base, site)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	if report := check.Scenario(merged, check.Options{Shallow: true}); len(report.Findings) > 0 {
		t.Error(report.Findings.Format(engine.EN))
	}
}
