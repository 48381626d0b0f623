package office

import (
	"context"
	"io"
	"time"

	"hailong/survey"
)

// work is what takes longer than a page may: it runs beside the requests, one
// at a time, and leaves a file.
type work interface {
	// offer says what the work is called and what its file will be.
	offer() offer
	// may says whether an account may have the file; asked before the work
	// begins and again whenever the file is taken.
	may(account survey.Account) bool
	// write writes the file, tells now and then how much is done, and stops
	// soon after ctx ends.
	write(ctx context.Context, w io.Writer, tell func(done, all int)) error
	// taken notes in the audit log that the file is taken away; what cannot be
	// noted does not leave.
	taken(ctx context.Context, actor string, file workFile) error
}

// offer is what people read about a work.
type offer struct {
	Title string // «Bảng kết quả, đợt 2026-10»
	Unit  string // what is counted on the way: «trường»
	Save  string // name under which the file is saved, without signs that need quoting
	Kind  string // media type
	Again string // address at which the work can be begun anew
	Key   string // the same for the same work: begun twice, it runs once
}

// workFile is a file that a work has left.
type workFile struct {
	Size int64
	Sum  string // SHA-256, hexadecimal
}

// jobState is how far a job is.
type jobState string

// The states of a job.
const (
	jobWaits   jobState = "waiting"
	jobRuns    jobState = "running"
	jobDone    jobState = "done"
	jobFailed  jobState = "failed"
	jobStopped jobState = "stopped"
)

// active says whether there is still something to wait for.
func (s jobState) active() bool { return s == jobWaits || s == jobRuns }

// job is one work that somebody began. The registry guards what changes.
type job struct {
	offer
	id, owner string
	work      work
	begun     time.Time
	ctx       context.Context
	stop      context.CancelFunc

	state     jobState
	done, all int
	ended     time.Time
	cause     string // why it failed, for people
	file      workFile
}

// percent is how much is done, 0–100. Only what is done is all of it.
func (j job) percent() int {
	switch {
	case j.state == jobDone:
		return 100
	case j.all <= 0:
		return 0
	}
	return min(99, 100*j.done/j.all)
}
