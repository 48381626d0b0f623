package store

import (
	"fmt"

	"hailong/survey"
)

// minFree is how many bytes must be free for a start.
const minFree = 20 << 20

// Space is the room on a disk, in bytes.
type Space struct {
	Free, Total uint64
}

// Scarce says whether less than a tenth of the disk is free.
func (s Space) Scarce() bool { return s.Free < s.Total/10 }

// FreeSpace asks the system about the disk of a folder. Where the system
// cannot be asked, Total is 0.
func FreeSpace(dir string) (Space, error) {
	space, err := freeSpace(dir)
	if err != nil {
		return Space{}, fmt.Errorf("ask for free space: %w", err)
	}
	return space, nil
}

// guardSpace refuses a disk that is as good as full.
func (o Options) guardSpace() error {
	space, err := o.Space(o.Dir)
	if err == nil && space.Total > 0 && space.Free < minFree {
		return errNoSpace(o.Dir, nil)
	}
	return nil
}

func errNoSpace(dir string, cause error) *survey.Error {
	e := survey.Refuse(survey.Busy, "Ổ đĩa của thư mục %s đã đầy (cần còn ít nhất 20 MB). Xóa bớt tệp không dùng rồi chạy lại",
		"The disk of folder %s is full (20 MB must be free); remove what is not needed and start again", dir)
	e.Err = cause
	return e
}
