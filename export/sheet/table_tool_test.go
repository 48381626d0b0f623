package sheet_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// officeProfile makes LibreOffice compute every formula of a workbook that it
// opens, whatever values are stored.
const officeProfile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`

// converted gives what LibreOffice makes of a file, in the format asked for;
// several files for a format that has one for each sheet.
func converted(t *testing.T, name string, content []byte, format string, options ...string) []string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("HAILONG_TEST_TOOLS") == "required" {
			t.Fatal("cần soffice: ", err)
		}
		t.Skip("cần soffice: ", err)
	}
	folder := t.TempDir()
	profile := filepath.Join(folder, "profile", "user")
	if err := os.MkdirAll(profile, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(profile, "registrymodifications.xcu"), []byte(officeProfile))
	write(t, filepath.Join(folder, name), content)
	options = append(options, "--headless", "-env:UserInstallation=file://"+filepath.Dir(profile), "--convert-to", format, "--outdir", filepath.Join(folder, "out"))
	if said, err := exec.Command(office, append(options, filepath.Join(folder, name))...).CombinedOutput(); err != nil {
		t.Fatalf("convert %s to %s: %v\n%s", name, format, err, said)
	}
	made, err := filepath.Glob(filepath.Join(folder, "out", "*"))
	if err != nil || len(made) == 0 {
		t.Fatalf("convert %s to %s: %d files, %v", name, format, len(made), err)
	}
	return made
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func opened(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}
