//go:build linux || darwin || freebsd

package store

import "syscall"

func freeSpace(dir string) (Space, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return Space{}, err
	}
	block := uint64(st.Bsize)
	return Space{Free: uint64(st.Bavail) * block, Total: uint64(st.Blocks) * block}, nil
}
