package main_test

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hailong/survey"
)

// traced is what stands before the program to put faults into its system calls
// or to note them in a file. The tracer stands beside the program, which so is
// the child itself.
func traced(t *testing.T, notes string, rules ...string) []string {
	t.Helper()
	_, err := exec.LookPath("strace")
	needs(t, err == nil, "strace")
	needs(t, exec.Command("strace", "-f", "-qq", "-o", os.DevNull, "true").Run() == nil, "quyền theo dõi tiến trình (ptrace)")
	words := []string{"strace", "-D", "-f", "-qq", "-o", notes}
	for _, rule := range rules {
		words = append(words, "-e", rule)
	}
	return words
}

// P2, where no disk can be mounted: each acknowledgement has waited for the
// disk. One client sends one form after another, so no two share a commit.
func TestPromiseAnAcknowledgementWaitsForTheDisk(t *testing.T) {
	o := readyOffice(t)
	notes := filepath.Join(t.TempDir(), "calls")
	d := o.start(binary, traced(t, notes, "trace=fsync,fdatasync", "signal=none"))
	t.Cleanup(d.kill)
	l := newLedger()
	c := o.newClient(l, d.base)
	before := count(t, notes, "sync(")
	const forms = 50
	for n := range forms {
		if status := c.send(survey.FormID(fmt.Sprintf("one-after-another-%03d", n)), rand.New(rand.NewPCG(2, uint64(n)))); status != 201 {
			t.Fatalf("form %d: %d", n, status)
		}
	}
	if waits := count(t, notes, "sync(") - before; waits < forms {
		t.Errorf("%d acknowledged after %d waits for the disk", forms, waits)
	}
}

func count(t *testing.T, name, what string) int {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte(what))
}

// P3: every few writes one fails, whichever of a transaction's writes that is.
// None is acknowledged that is not stored, responses and tallies stay in step,
// and the service goes on.
func TestPromiseAFailedWriteIsNeverAcknowledged(t *testing.T) {
	for _, fault := range []string{"ENOSPC", "EIO", "EROFS"} {
		for step := 7; step < often(8, 40); step += 2 {
			t.Run(fmt.Sprintf("%s every %d", fault, step), func(t *testing.T) { failWrites(t, fault, step) })
		}
	}
}

func failWrites(t *testing.T, fault string, step int) {
	o := readyOffice(t)
	notes := filepath.Join(t.TempDir(), "calls")
	d := o.start(binary, traced(t, notes, "trace=pwrite64", "signal=none", fmt.Sprintf("inject=pwrite64:error=%s:when=80+%d", fault, step)))
	t.Cleanup(d.kill)
	l := newLedger()
	c := o.newClient(l, d.base)
	refused := 0
	for n := 0; n < 2000 && refused < often(40, 200); n++ {
		switch c.send(survey.FormID(fmt.Sprintf("failed-writes-%06d", n)), rand.New(rand.NewPCG(3, uint64(n)))) {
		case 503:
			refused++
		case 0:
			t.Fatalf("the service ended: %s", d.log)
		}
	}
	d.kill()
	o.verify(l)
	t.Logf("%d faults, %d refused, %d acknowledged", count(t, notes, "(INJECTED)"), refused, len(l.acknowledged))
	if refused < 10 || len(l.acknowledged) < 10 {
		t.Errorf("%d refused, %d acknowledged: too few to prove anything", refused, len(l.acknowledged))
	}
}

// P7: a file system that turns read-only under the service, as ext4 does after
// an error, gives no receipt; after mounting it again everything acknowledged
// is there. Nothing is under way when it turns: to an fsync that is, ext4 says
// that it went well, and nobody can know better.
func TestPromiseADiskThatTurnsReadOnlyGivesNoReceipt(t *testing.T) {
	needsRoot(t, "mkfs.ext4", "mount", "umount")
	dir := t.TempDir()
	image, place, again := filepath.Join(dir, "disk.img"), filepath.Join(dir, "disk"), filepath.Join(dir, "again")
	mustRun(t, "truncate", "-s", "96M", image)
	mustRun(t, "mkfs.ext4", "-q", "-F", image)
	mountLoop(t, image, place)
	o := office{t, filepath.Join(place, "data")}
	o.prepare()
	d := o.start(binary, nil)
	t.Cleanup(d.kill)
	l := newLedger()
	c := o.newClient(l, d.base)
	for n := range 40 {
		id := survey.FormID(fmt.Sprintf("read-only-disk-%06d", n))
		if n == 20 {
			mustRun(t, "mount", "-o", "remount,abort", place)
		}
		if status := c.send(id, rand.New(rand.NewPCG(7, uint64(n)))); (status == 201) != (n < 20) {
			t.Errorf("form %d: %d", n, status)
		}
	}
	d.kill()
	mustRun(t, "umount", place)
	mountLoop(t, image, again)
	if stored := (office{t, filepath.Join(again, "data")}).verify(l); stored != 20 {
		t.Errorf("%d responses are stored, want 20", stored)
	}
}

// ends waits for the service to end by itself and gives its status, or -1 when
// it had to be killed.
func (d *daemon) ends(limit time.Duration) int {
	var late atomic.Bool
	timer := time.AfterFunc(limit, func() {
		late.Store(true)
		d.cmd.Process.Kill()
	})
	defer timer.Stop()
	d.cmd.Wait()
	if late.Load() {
		return -1
	}
	return d.cmd.ProcessState.ExitCode()
}

// P13: a form of which a part has arrived when the service is told to stop is
// taken in and answered.
func TestPromiseAFormUnderWayIsAnsweredBeforeTheEnd(t *testing.T) {
	o := readyOffice(t)
	d := o.start(binary, nil)
	l := newLedger()
	c := o.newClient(l, d.base)
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	id, r := survey.FormID("under-way-0123456789"), survey.Response{Expectation: survey.NoPercent}
	for range len(c.form.Items) + 1 {
		r.Marks = append(r.Marks, survey.Blank)
	}
	r.Marks[0] = 5
	body := fmt.Sprintf(`{"id":%q,"answers":{%q:5}}`, id, c.form.Items[0].Code)
	fmt.Fprintf(conn, "POST /api/v1%s/TH HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", c.link, len(body), body[:9])
	c.send("another-0123456789", rand.New(rand.NewPCG(1, 1))) // by now the first part has been read
	d.cmd.Process.Signal(syscall.SIGTERM)
	for conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://")); err == nil; conn, err = net.Dial("tcp", strings.TrimPrefix(d.base, "http://")) {
		conn.Close() // until nobody new is let in
		pause()
	}
	fmt.Fprint(conn, body[9:])
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.Contains(line, " 201 ") {
		t.Errorf("answered %q, %v", line, err)
	}
	if status := d.ends(10 * time.Second); status != 0 {
		t.Errorf("it ended with status %d", status)
	}
	l.sent[id], l.acknowledged[id] = r, id.Receipt()
	o.verify(l)
}
