package parent

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/gzip"
	brotli "github.com/molecule-man/go-brrr"

	"hailong/survey"
	"hailong/web/page"
)

// The codings of a form on its way; the empty one is none.
const (
	brotliCoding = "br"
	gzipCoding   = "gzip"
)

// standIn marks the place of the id in a rendered form.
const standIn = "id-goes-here-0123456789"

// blank is a form compressed up to its id. The id and the few signs after it
// follow uncompressed, so handing out a form costs a copy and no compressing.
type blank struct {
	coding string
	packed []byte // the head, compressed and flushed to a whole byte
	sum    uint32 // CRC-32 of the head
	size   uint32 // bytes of the head
	tail   []byte // what follows the id
	view   page.View
}

// newBlank prepares a form that was rendered with standIn for its id.
func newBlank(rendered []byte, coding string, view page.View) (blank, error) {
	head, tail, ok := bytes.Cut(rendered, []byte(standIn))
	if !ok {
		return blank{}, errors.New("a form has no place for its id")
	}
	packed, err := packs[coding](head)
	if err != nil {
		return blank{}, fmt.Errorf("compress a form: %w", err)
	}
	return blank{coding: coding, packed: packed, sum: crc32.ChecksumIEEE(head), size: uint32(len(head)), tail: bytes.Clone(tail), view: view}, nil
}

// packs compress the head of a form, ready for more to follow.
var packs = map[string]func([]byte) ([]byte, error){
	"":           func(head []byte) ([]byte, error) { return bytes.Clone(head), nil },
	gzipCoding:   packGzip,
	brotliCoding: packBrotli,
}

// packGzip begins a new block where style ends and script begins: they have
// little in common with the words between them, and each gets its own code.
func packGzip(head []byte) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	style, script := bytes.Index(head, []byte("</style>")), bytes.LastIndex(head, []byte("<script>"))
	for _, piece := range [][]byte{head[:max(style, 0)], head[max(style, 0):max(style, script, 0)], head[max(style, script, 0):]} {
		if err := flushed(z, piece); err != nil {
			return nil, err
		}
	}
	return packed.Bytes(), nil
}

func packBrotli(head []byte) ([]byte, error) {
	var packed bytes.Buffer
	z, err := brotli.NewWriter(&packed, brotli.BestCompression)
	if err != nil {
		return nil, err
	}
	err = flushed(z, head)
	return packed.Bytes(), err
}

type flusher interface {
	io.Writer
	Flush() error
}

func flushed(z flusher, piece []byte) error {
	if _, err := z.Write(piece); err != nil {
		return err
	}
	return z.Flush()
}

// with is the whole form with an id, in two parts: the head, and what follows
// it uncompressed, in the words of its coding.
func (b blank) with(id survey.FormID) (head, rest []byte) {
	n := len(id) + len(b.tail)
	out := make([]byte, 0, n+16)
	switch b.coding {
	case gzipCoding: // one final stored block and gzip's trailer (RFC 1951, 1952)
		out = append(out, 1, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
	case brotliCoding: // one uncompressed meta-block (RFC 7932, 9.2)
		bits := uint32(n-1)<<3 | 1<<19
		out = append(out, byte(bits), byte(bits>>8), byte(bits>>16))
	}
	begin := len(out)
	out = append(append(out, id...), b.tail...)
	switch b.coding {
	case gzipCoding:
		out = appendLE(appendLE(out, crc32.Update(b.sum, crc32.IEEETable, out[begin:])), b.size+uint32(n))
	case brotliCoding:
		out = append(out, 3) // the last meta-block, empty
	}
	return b.packed, out
}

func appendLE(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}
