package store

import "golang.org/x/sys/windows"

func freeSpace(dir string) (s Space, err error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return Space{}, err
	}
	return s, windows.GetDiskFreeSpaceEx(name, &s.Free, &s.Total, nil)
}
