package web_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"flag"
	"fmt"
	"io"
	"math/big"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// paint measures the first paint of the form:
// go test ./web -run TestFirstPaint -paint -v
var paint = flag.Bool("paint", false, "measure the first paint of the form, medians of 5")

// link is a slow connection: what one way takes, and what fits through.
type link struct {
	name  string
	delay time.Duration // one way
	bits  int           // a second, down
}

// TestFirstPaint measures, with the processor slowed down six times. Without
// the flag it proves only that the shaped link lets a form through.
func TestFirstPaint(t *testing.T) {
	links := []link{{"quick", time.Millisecond, 100e6}}
	runs := 1
	if *paint {
		links = []link{links[0], {"slow 3G: 400 kbps, 400 ms", 200 * time.Millisecond, 400e3}, {"EDGE: 100 kbps, 800 ms", 400 * time.Millisecond, 100e3}, {"slow 4G: 1.6 Mbps, 150 ms", 75 * time.Millisecond, 1600e3}}
		runs = 5
	}
	s := newSite(t)
	addr := s.serve()[len("http://"):]
	for _, l := range links {
		t.Logf("%s: %s", l.name, median(t, runs, func(t *testing.T) visit { return firstPaint(t, shaped(t, addr, l), nil) }))
	}
	if *paint {
		preset := &network.Conditions{Latency: 2000, DownloadThroughput: 400e3 / 8, UploadThroughput: 400e3 / 8}
		t.Logf("the browser's 3G: %s", median(t, runs, func(t *testing.T) visit { return firstPaint(t, shaped(t, addr, link{delay: 0, bits: 1e9}), preset) }))
	}
}

// median measures so many times.
func median(t *testing.T, runs int, measure func(*testing.T) visit) string {
	t.Helper()
	var arrived, painted []int
	bytes := 0
	for range runs {
		var v visit
		t.Run("visit", func(t *testing.T) { v = measure(t) }) // its browser is closed before the next one
		arrived, painted, bytes = append(arrived, v.arrived), append(painted, v.painted), v.bytes
	}
	slices.Sort(arrived)
	slices.Sort(painted)
	return fmt.Sprintf("%d bytes there after %d ms (%d–%d), first paint %d ms (%d–%d)", bytes, arrived[runs/2], arrived[0], arrived[runs-1], painted[runs/2], painted[0], painted[runs-1])
}

// visit is what one opening of the form took, in milliseconds.
type visit struct{ arrived, painted, bytes int }

// firstPaint opens the form in a new browser: nothing is kept or connected.
func firstPaint(t *testing.T, addr string, conditions *network.Conditions) visit {
	t.Helper()
	w := browse(t, 360, 640, chromedp.Flag("ignore-certificate-errors", true))
	w.do(network.Enable(), emulation.SetCPUThrottlingRate(6))
	if conditions != nil {
		w.do(chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := network.EmulateNetworkConditionsByRule(false, []*network.Conditions{conditions}).Do(ctx)
			return err
		}))
	}
	w.do(chromedp.Navigate("https://" + addr + formOfOne))
	var ms float64
	for end := time.Now().Add(20 * time.Second); ms == 0 && time.Now().Before(end); {
		w.do(chromedp.Sleep(50*time.Millisecond), chromedp.Evaluate(`(performance.getEntriesByName("first-contentful-paint")[0] || {startTime: 0}).startTime`, &ms))
	}
	v := visit{painted: int(ms), arrived: int(ask[float64](w, `performance.getEntriesByType("navigation")[0].responseEnd`)), bytes: ask[int](w, `performance.getEntriesByType("navigation")[0].encodedBodySize`)}
	if v.painted == 0 || v.bytes == 0 {
		t.Fatalf("no paint after 20 seconds: %+v", v)
	}
	return v
}

// shaped is the service behind TLS and a slow link. Each connection begins with
// ten packets and may send twice as many after each round trip, as TCP does;
// all share the bandwidth; every byte waits for its way.
func shaped(t *testing.T, addr string, l link) string {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate(t)}, MinVersion: tls.VersionTLS13})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { inner.Close() })
	pipe := &pipe{link: l}
	go accept(inner, func(c net.Conn) { relay(c, listener.Addr().String(), pipe) })
	go accept(listener, func(c net.Conn) { relay(c, addr, nil) })
	return inner.Addr().String()
}

func accept(l net.Listener, serve func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go serve(c)
	}
}

// relay joins a connection with another. With a pipe both ways are slow, and
// so is the handshake of TCP that goes before them.
func relay(c net.Conn, to string, p *pipe) {
	defer c.Close()
	if p != nil {
		time.Sleep(2 * p.delay) // the handshake of TCP
	}
	other, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer other.Close()
	done := make(chan bool, 2)
	go func() { p.copy(other, c, false); done <- true }()
	go func() { p.copy(c, other, true); done <- true }()
	<-done
}

// pipe is what a link's connections share.
type pipe struct {
	link
	mu   sync.Mutex
	free time.Time // when the way down is free again
}

const packet = 1460

func (p *pipe) copy(to io.Writer, from io.Reader, down bool) {
	if p == nil {
		io.Copy(to, from)
		return
	}
	type parcel struct {
		data []byte
		at   time.Time
	}
	way := make(chan parcel, 1024)
	go func() {
		defer close(way)
		window, sent, turn := 10, 0, time.Now()
		buffer := make([]byte, packet)
		for {
			n, err := from.Read(buffer)
			if n > 0 {
				if time.Since(turn) > 2*p.delay {
					turn, sent, window = time.Now(), 0, max(window, 10)
				}
				if sent >= window { // wait for what was sent to be heard of
					time.Sleep(2*p.delay - time.Since(turn))
					turn, sent, window = time.Now(), 0, 2*window
				}
				sent++
				way <- parcel{slices.Clone(buffer[:n]), p.arrival(n, down)}
			}
			if err != nil {
				return
			}
		}
	}()
	for parcel := range way {
		time.Sleep(time.Until(parcel.at))
		if _, err := to.Write(parcel.data); err != nil {
			return
		}
	}
}

// arrival is when a packet that is sent now is there.
func (p *pipe) arrival(bytes int, down bool) time.Time {
	now := time.Now()
	if !down {
		return now.Add(p.delay)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(time.Duration(float64(8*(bytes+40)) / float64(p.bits) * float64(time.Second)))
	return p.free.Add(p.delay)
}

// certificate is one of P-256, as a server of the province would have.
func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	model := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, model, model, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
