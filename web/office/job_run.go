package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"hailong/survey"
)

// run does what waits, one after another, until nothing does.
func (r *registry) run() {
	for j := r.next(); j != nil; j = r.next() {
		file, err := r.make(j)
		r.finish(j, file, err)
	}
}

// next takes the job that has waited longest.
func (r *registry) next() *job {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) == 0 {
		r.busy = false
		return nil
	}
	j := r.queue[0]
	r.queue = r.queue[1:]
	j.state = jobRuns
	return j
}

// make writes the job's file.
func (r *registry) make(j *job) (file workFile, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(j.ctx, longestJob)
	defer cancel()
	return r.folder.write(j.id, func(w io.Writer) (workFile, error) {
		sum, size := sha256.New(), &counter{}
		tell := func(done, all int) { r.tell(j, done, all) }
		err := j.work.write(ctx, untilDone{ctx, io.MultiWriter(w, sum, size)}, tell)
		return workFile{Size: size.n, Sum: hex.EncodeToString(sum.Sum(nil))}, err
	})
}

func (r *registry) tell(j *job, done, all int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	j.done, j.all = done, all
}

// finish notes how a job ended.
func (r *registry) finish(j *job, file workFile, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer j.stop()
	j.ended, j.file = r.clock(), file
	switch {
	case err == nil:
		j.state = jobDone
	case errors.Is(err, context.Canceled) && j.ctx.Err() != nil:
		j.state = jobStopped
	default:
		j.state, j.cause = jobFailed, r.cause(j, err)
	}
	if !r.sweeping {
		r.sweeping = true
		time.AfterFunc(sweepEvery, r.sweepAgain)
	}
}

// cause says to people why a job failed; what is not for them is logged.
func (r *registry) cause(j *job, err error) string {
	var refusal *survey.Error
	if errors.As(err, &refusal) {
		return refusal.Message
	}
	r.log.Error("a job went wrong", "job", j.id, "error", err)
	if errors.Is(err, context.DeadlineExceeded) {
		return "Việc kéo dài quá 15 phút nên đã dừng. Chọn ít trường hơn rồi làm lại"
	}
	return "Máy chủ đang trục trặc. Thử lại sau ít phút"
}

// sweepAgain sweeps every hour while files are kept.
func (r *registry) sweepAgain() {
	r.sweep()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweeping = len(r.jobs) > 0 && !r.over
	if r.sweeping {
		time.AfterFunc(sweepEvery, r.sweepAgain)
	}
}

// end stops a job; one that is over stays as it is.
func (r *registry) end(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	j, ok := r.jobs[id]
	if !ok || !j.state.active() {
		return
	}
	j.stop()
	for i, waiting := range r.queue {
		if waiting == j {
			r.queue = append(r.queue[:i:i], r.queue[i+1:]...)
			j.state, j.ended = jobStopped, r.clock()
			return
		}
	}
}

// close stops everything and waits for what runs: the store closes next.
func (r *registry) close() {
	r.mu.Lock()
	r.over, r.queue = true, nil
	for _, j := range r.jobs {
		j.stop()
	}
	r.mu.Unlock()
	r.all.Wait()
}

// counter counts the bytes that are written.
type counter struct{ n int64 }

// Write counts.
func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

// untilDone is a writer that takes nothing more when the context has ended.
type untilDone struct {
	ctx context.Context
	w   io.Writer
}

// Write passes the bytes on.
func (u untilDone) Write(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(b)
}
