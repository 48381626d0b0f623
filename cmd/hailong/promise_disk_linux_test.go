package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hailong/survey"
)

// P3: it never says «received» when it was not. Errors are injected into the
// system calls that write; after a failed fsync the process ends by itself.
func TestPromiseDiskErrorsAreNoReceipts(t *testing.T) {
	needsRoot(t, "strace")
	calls := map[string]string{"fsync,fdatasync": "EIO", "pwrite64": "ENOSPC"}
	for names, fault := range calls {
		for n := range often(3, 60) {
			from := 8 + 5*n
			if names == "pwrite64" {
				from = 60 + 40*n
			}
			t.Run(fmt.Sprintf("%s %s from %d", names, fault, from), func(t *testing.T) { injected(t, names, fault, from) })
		}
	}
}

func injected(t *testing.T, names, fault string, from int) {
	o := readyOffice(t)
	d := o.start(binary, []string{"strace", "-f", "-qq", "-o", os.DevNull, "-e", "trace=" + names,
		"-e", fmt.Sprintf("inject=%s:error=%s:when=%d..%d", names, fault, from, from+3)})
	l := newLedger()
	c := o.newClient(l, d.base)
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	all := c.crowd(ctx, 3, "inject")
	ended := make(chan error, 1)
	go func() { ended <- d.cmd.Wait() }()
	lostDisk := fault == "EIO"
	if !lostDisk {
		go l.afterwards(ctx, 503, stop)
	}
	select {
	case err := <-ended:
		if err == nil || !lostDisk {
			t.Errorf("it ended with %v\n%s", err, d.log.String())
		}
	case <-ctx.Done():
		if lostDisk {
			t.Error("it went on after a failed fsync")
		}
		endTraced(d)
		<-ended
	}
	stop()
	all.Wait()
	o.verify(l)
	if l.statuses[503] == 0 {
		t.Errorf("no request met the fault: %v", l.statuses)
	}
}

// afterwards calls then a second after the first answer with a status, however
// long a busy machine takes to get there.
func (l *ledger) afterwards(ctx context.Context, status int, then func()) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for met := 0; met < 50; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		l.mu.Lock()
		if l.statuses[status] > 0 {
			met++
		}
		l.mu.Unlock()
	}
	then()
}

// endTraced ends the traced program and with it the tracer.
func endTraced(d *daemon) {
	out, _ := exec.Command("pgrep", "-P", fmt.Sprint(d.cmd.Process.Pid)).Output()
	for _, pid := range strings.Fields(string(out)) {
		exec.Command("kill", "-9", pid).Run()
	}
	d.cmd.Process.Kill()
}

// P6: a full disk refuses politely, loses nothing and recovers alone.
func TestPromiseAFullDiskRefusesAndRecovers(t *testing.T) {
	needsRoot(t, "mount", "umount")
	place := filepath.Join(t.TempDir(), "small")
	mountAs(t, place, "size=64m")
	o := office{t, filepath.Join(place, "data")}
	o.prepare()
	d := o.start(binary, nil)
	t.Cleanup(d.kill)
	l := newLedger()
	c := o.newClient(l, d.base)
	chance := rand.New(rand.NewPCG(1, 1))
	one := func(n int) int { return c.send(survey.FormID(fmt.Sprintf("full-disk-id-%06d", n)), chance) }
	if status := one(0); status != 201 {
		t.Fatalf("before: %d", status)
	}
	fill(t, filepath.Join(place, "filler"))
	refused := 0
	for n := 1; n < 400 && refused < 5; n++ {
		if one(n) == 503 {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nothing was refused on a full disk")
	}
	if answer, err := http.Get(d.base + c.link); err != nil || answer.StatusCode != 200 {
		t.Errorf("the form cannot be read on a full disk: %v", err)
	}
	if err := os.Remove(filepath.Join(place, "filler")); err != nil {
		t.Fatal(err)
	}
	for n := 1000; n < 1010; n++ {
		if status := one(n); status != 201 {
			t.Errorf("after space was freed: %d", status)
		}
	}
	d.kill()
	o.verify(l)
}

func mountAs(t *testing.T, place, options string) {
	t.Helper()
	if err := os.MkdirAll(place, 0o700); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "mount", "-t", "tmpfs", "-o", options, "tmpfs", place)
	t.Cleanup(func() { exec.Command("umount", "-l", place).Run() })
}

// fill writes until no byte is left.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<20); len(block) > 0; {
		if _, err := f.Write(block); err != nil {
			block = block[:len(block)/2]
		}
	}
}

// P7: on a disk that became read-only nothing is said to be received, and the
// program does not start on one.
func TestPromiseAReadOnlyDiskIsNoticed(t *testing.T) {
	needsRoot(t, "mount", "umount")
	place := filepath.Join(t.TempDir(), "disk")
	mountAs(t, place, "size=96m")
	o := office{t, filepath.Join(place, "data")}
	o.prepare()
	if err := syscall.Mount("tmpfs", place, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if r := o.run("", "serve", "--addr", "127.0.0.1:0"); r.status != 1 || !strings.Contains(r.errors, "không ghi được") && !strings.Contains(r.errors, "Không ghi được") {
		t.Errorf("it started on a read-only disk: %d %s", r.status, r.errors)
	}
	if err := syscall.Mount("tmpfs", place, "tmpfs", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	d := o.start(binary, nil)
	t.Cleanup(d.kill)
	c := o.newClient(newLedger(), d.base)
	if status := c.send("writable-0123456789", rand.New(rand.NewPCG(1, 1))); status != 201 {
		t.Errorf("on a disk that can be written again: %d", status)
	}
}
