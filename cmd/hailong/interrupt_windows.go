package main

import "os"

// interrupt ends a process; Windows has no way to ask a process without a
// window.
func interrupt(p *os.Process) error { return p.Kill() }
