package main_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mostLog is what the write-ahead log may grow to while there is no quiet
// moment: 24,000 pages and the transaction that fills them.
const mostLog = 100 << 20

// P20: it stays up. Under a steady load, with backups and exports beside it,
// memory, files and the write-ahead log stay bounded.
func TestPromiseItStaysUp(t *testing.T) {
	o := readyOffice(t)
	d := o.start(binary, nil)
	t.Cleanup(d.kill)
	l := newLedger()
	c := o.newClient(l, d.base)
	ctx, stop := context.WithTimeout(context.Background(), time.Duration(often(8, 1800))*time.Second)
	defer stop()
	all := c.crowd(ctx, 4, "soak")
	files, dir := openFiles(t, d), t.TempDir()
	for n := 0; ctx.Err() == nil; n++ {
		o.must("export", "--round", o.openRound(), "--out", filepath.Join(dir, "ket-qua.xlsx"))
		o.must("backup", "--force", filepath.Join(dir, "copy.db"))
		if size := fileSize(filepath.Join(o.data, "hailong.db-wal")); size > mostLog {
			t.Errorf("the write-ahead log has %d bytes", size)
		}
	}
	all.Wait()
	if after := openFiles(t, d); after > files+40 {
		t.Errorf("%d files are open, %d at the start", after, files)
	}
	if memory := peakMemory(t, d); memory > 250<<20 {
		t.Errorf("it used %d bytes of memory", memory)
	}
	t.Logf("%d acknowledged, %d bytes of memory at most, log %d bytes", len(l.acknowledged), peakMemory(t, d), fileSize(filepath.Join(o.data, "hailong.db-wal")))
	for status := range l.statuses {
		if status >= 500 {
			t.Errorf("%d answers %d", l.statuses[status], status)
		}
	}
	d.kill()
	o.verify(l)
}

func openFiles(t *testing.T, d *daemon) int {
	t.Helper()
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", d.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func fileSize(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

func peakMemory(t *testing.T, d *daemon) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	line, _, _ := strings.Cut(rest, "kB")
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return n * 1024
}
