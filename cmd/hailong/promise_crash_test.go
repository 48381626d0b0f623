package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hailong/survey"
)

// P1: an answer that the parent saw confirmed survives a crash of the process,
// also one in which what arrived is being moved to its places.
func TestPromiseAcknowledgedResponsesSurviveKill(t *testing.T) {
	o := readyOffice(t)
	l := newLedger()
	for cycle := range often(4, 200) {
		d := o.start(binary, nil)
		c := o.newClient(l, d.base)
		c.bursts = cycle%2 == 1
		ctx, stop := context.WithCancel(context.Background())
		all := c.crowd(ctx, often(8, 32), fmt.Sprintf("%03d", cycle))
		time.Sleep(time.Duration(50+rand.IntN(350)) * time.Millisecond)
		d.kill()
		stop()
		all.Wait()
	}
	stored := o.verify(l)
	t.Logf("acknowledged %d, stored %d, sent %d", len(l.acknowledged), stored, len(l.sent))
	if len(l.acknowledged) < often(100, 50000) {
		t.Errorf("only %d were acknowledged: too few to prove anything", len(l.acknowledged))
	}
}

// lossy is the program linked so that it does not wait for the disk.
func lossy(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "hailong-lossy")
	if out, err := exec.Command("go", "build", "-ldflags", "-X hailong/store.synchronous=NORMAL", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// P2: … and a power cut. The data lies on a disk image of its own, which is
// copied while the process stands still: what had not reached the disk is gone.
// The same cut loses acknowledged responses of a program that does not wait
// for the disk, so the test can fail.
func TestPromiseAcknowledgedResponsesSurviveAPowerCut(t *testing.T) {
	needsRoot(t, "mkfs.ext4", "mount", "umount")
	lost, acknowledged := 0, 0
	for range often(2, 50) {
		l, a := powerCut(t, binary)
		lost, acknowledged = lost+l, acknowledged+a
	}
	if lost > 0 || acknowledged < 100 {
		t.Errorf("%d of %d acknowledged responses were lost", lost, acknowledged)
	}
	t.Logf("FULL: lost %d of %d acknowledged", lost, acknowledged)
	lost, acknowledged = powerCut(t, lossy(t))
	t.Logf("NORMAL: lost %d of %d acknowledged", lost, acknowledged)
	if lost == 0 {
		t.Error("the cut lost nothing of a program that does not wait for the disk: the test proves nothing")
	}
}

// powerCut lets a program acknowledge responses, cuts the power, and counts
// those that the disk has not.
func powerCut(t *testing.T, program string) (lost, acknowledged int) {
	t.Helper()
	dir := t.TempDir()
	image, place := filepath.Join(dir, "disk.img"), filepath.Join(dir, "disk")
	mustRun(t, "truncate", "-s", "96M", image)
	mustRun(t, "mkfs.ext4", "-q", "-F", image)
	mountLoop(t, image, place)
	o := office{t, filepath.Join(place, "data")}
	o.prepare()
	mustRun(t, "sync")
	d := o.start(program, nil)
	l := newLedger()
	c := o.newClient(l, d.base)
	ctx, stop := context.WithCancel(context.Background())
	all := c.crowd(ctx, 4, "cut")
	time.Sleep(600 * time.Millisecond)
	d.cmd.Process.Signal(syscall.SIGSTOP)
	mustRun(t, "cp", image, image+".cut")
	l.mu.Lock()
	before := make(map[survey.FormID]survey.Response, len(l.acknowledged))
	for id := range l.acknowledged {
		before[id] = l.sent[id]
	}
	l.mu.Unlock()
	stop()
	d.kill()
	all.Wait()
	cut := filepath.Join(dir, "cut")
	mountLoop(t, image+".cut", cut)
	return (office{t, filepath.Join(cut, "data")}).missing(before), len(before)
}

func mountLoop(t *testing.T, image, place string) {
	t.Helper()
	if err := os.MkdirAll(place, 0o700); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "mount", "-o", "loop", image, place)
	t.Cleanup(func() { exec.Command("umount", "-l", place).Run() })
}

func mustRun(t *testing.T, words ...string) {
	t.Helper()
	if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(words, " "), err, out)
	}
}

// missing counts the responses that the data does not know.
func (o office) missing(wanted map[survey.FormID]survey.Response) (lost int) {
	o.t.Helper()
	o.withStore(func(known func(survey.FormID, survey.Response) bool) {
		for id, r := range wanted {
			if !known(id, r) {
				lost++
			}
		}
	})
	return lost
}

// P13: stopping for an update loses nobody.
func TestPromiseStoppingLosesNobody(t *testing.T) {
	for range often(2, 30) {
		o := readyOffice(t)
		d := o.start(binary, nil)
		l := newLedger()
		c := o.newClient(l, d.base)
		ctx, stop := context.WithCancel(context.Background())
		all := c.crowd(ctx, 16, "stop")
		time.Sleep(300 * time.Millisecond)
		d.cmd.Process.Signal(syscall.SIGTERM)
		ended := make(chan error, 1)
		go func() { ended <- d.cmd.Wait() }()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("it ended with %v\n%s", err, d.log.String())
			}
		case <-time.After(15 * time.Second):
			d.cmd.Process.Kill()
			t.Error("it did not stop")
		}
		stop()
		all.Wait()
		if info, err := os.Stat(filepath.Join(o.data, "hailong.db-wal")); err == nil && info.Size() > 0 {
			t.Errorf("the write-ahead log has %d bytes left", info.Size())
		}
		o.verify(l)
	}
}
