package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"hailong/survey"
)

const (
	keySize    = 18 // bytes of a response's key
	digestSize = 16 // bytes of what seals its answers
)

type (
	responseKey    [keySize]byte
	responseDigest [digestSize]byte
)

// arrived is a response as it is stored: with others in an arrival, then in a
// row of its own.
type arrived struct {
	key         responseKey
	digest      responseDigest
	stratum     int64
	day         int64
	expectation int // percent, or survey.NoPercent
	helped      bool
	marks       string
	seq         int64 // of its arrival
}

// delivery gives what is counted of it, its marks in the room that is given.
func (a *arrived) delivery(room []survey.Mark) (d survey.Delivery, err error) {
	d.Stratum, d.Day, d.Helped, d.Response.Expectation = a.stratum, survey.Day(a.day), a.helped, a.expectation
	d.Response.Marks, err = survey.AppendMarks(room[:0], a.marks)
	return d, err
}

// countInto counts it into a tally of its stratum that holds the arrivals up to
// one.
func (a *arrived) countInto(form *survey.Form, t *survey.Tally, counted int64) error {
	if a.seq <= counted {
		return nil
	}
	var room [survey.MaxItems + 1]survey.Mark
	d, err := a.delivery(room[:])
	if err != nil || len(d.Response.Marks) != len(form.Items)+1 {
		return errArrival
	}
	form.Count(t, d)
	return nil
}

func byKey(a, b *arrived) int { return bytes.Compare(a.key[:], b.key[:]) }

// arrivalFormat is the first byte of a packed arrival.
const arrivalFormat = 1

// errArrival is internal: an arrival that this program did not write, or that
// was changed since.
var errArrival = errors.New("malformed arrival")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// packArrival writes responses: their number, all keys, the rest of each, a
// checksum. They come in the order of their keys, so that nothing shows in
// which order people sent them.
func packArrival(b []byte, responses []arrived) []byte {
	b = append(b[:0], arrivalFormat)
	b = binary.AppendUvarint(b, uint64(len(responses)))
	for i := range responses {
		b = append(b, responses[i].key[:]...)
	}
	for i := range responses {
		a := &responses[i]
		b = append(b, a.digest[:]...)
		b = binary.AppendVarint(b, a.stratum)
		b = binary.AppendVarint(b, a.day)
		b = binary.AppendVarint(b, int64(a.expectation))
		b = append(b, byte(len(a.marks)))
		b = append(b, a.marks...)
		help := byte(0)
		if a.helped {
			help = 1
		}
		b = append(b, help)
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// unpackArrival reads what packArrival wrote; anything else is an error.
func unpackArrival(seq int64, packed string) ([]arrived, error) {
	body, ok := checked(packed)
	if !ok {
		return nil, errArrival
	}
	r := arrivalReader{rest: body}
	format, n := r.unsigned(), r.unsigned()
	if format != arrivalFormat || n > uint64(len(r.rest)/keySize) {
		return nil, errArrival
	}
	all := make([]arrived, n)
	for i := range all {
		all[i].seq = seq
		copy(all[i].key[:], r.bytes(keySize))
		r.bad = r.bad || i > 0 && byKey(&all[i-1], &all[i]) >= 0
	}
	for i := range all {
		r.response(&all[i])
	}
	if r.bad || r.rest != "" {
		return nil, errArrival
	}
	return all, nil
}

// checked gives what stands before the checksum, if that is right.
func checked(packed string) (body string, ok bool) {
	if len(packed) < 4 {
		return "", false
	}
	all := []byte(packed)
	return packed[:len(packed)-4], crc32.Checksum(all[:len(all)-4], castagnoli) == binary.BigEndian.Uint32(all[len(all)-4:])
}

type arrivalReader struct {
	rest string
	bad  bool
}

func (r *arrivalReader) response(a *arrived) {
	copy(a.digest[:], r.bytes(digestSize))
	a.stratum, a.day, a.expectation = r.number(), r.number(), int(r.number())
	length := r.bytes(1)
	if r.bad {
		return
	}
	a.marks = r.bytes(int(length[0]))
	help := r.bytes(1)
	a.helped = help == "\x01"
	r.bad = r.bad || help != "\x00" && help != "\x01"
}

// bytes takes the next n bytes, or none and a note that all is bad.
func (r *arrivalReader) bytes(n int) string {
	if r.bad || n > len(r.rest) {
		r.bad, r.rest = true, ""
		return ""
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// unsigned reads a varint in the one way in which it is written.
func (r *arrivalReader) unsigned() uint64 {
	var head [binary.MaxVarintLen64]byte
	n, size := binary.Uvarint(head[:copy(head[:], r.rest)])
	if size <= 0 || size > 1 && head[size-1] == 0 {
		r.bad, r.rest = true, ""
		return 0
	}
	r.bytes(size)
	return n
}

func (r *arrivalReader) number() int64 {
	n := r.unsigned()
	return int64(n>>1) ^ -int64(n&1)
}
