package store

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Argon2id with 19 MiB, two passes, one lane (OWASP's first choice for small
// machines).
const (
	argonMemory = 19456 // KiB
	argonPasses = 2
	argonLanes  = 1
	argonKey    = 32
	argonSalt   = 16
)

// maxHashed keeps a long password from costing more than a short one.
const maxHashed = 256

// passwordSlots bounds how many hashes are computed at once: each takes 19 MiB.
const passwordSlots = 4

// passwordQueue bounds how many wait for a slot. Whoever comes after them is
// asked to try again rather than kept waiting.
const passwordQueue = 28

var phc = base64.RawStdEncoding

func (s *Store) hashPassword(password string) (string, error) {
	salt, err := s.randomBytes(argonSalt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
		phc.EncodeToString(salt), phc.EncodeToString(argonHash(password, salt))), nil
}

func argonHash(password string, salt []byte) []byte {
	password = norm.NFC.String(password)
	return argon2.IDKey([]byte(password[:min(len(password), maxHashed)]), salt, argonPasses, argonMemory, argonLanes, argonKey)
}

// passwordFits compares a password with a stored hash; with none it does the
// same work and says no.
func (s *Store) passwordFits(ctx context.Context, hash, password string) (bool, error) {
	select {
	case s.queue <- struct{}{}:
		defer func() { <-s.queue }()
	default:
		return false, errBusy()
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return false, errBusy()
	}
	salt, want, known := parseHash(hash)
	got := argonHash(password, salt)
	return known && subtle.ConstantTimeCompare(got, want) == 1 && len(password) <= maxHashed, nil
}

// parseHash reads a hash that hashPassword made; anything else is unknown and
// fits no password.
func parseHash(hash string) (salt, key []byte, known bool) {
	var part [6]string
	if copy(part[:], strings.Split(hash, "$")) != 6 || part[1] != "argon2id" ||
		part[3] != fmt.Sprintf("m=%d,t=%d,p=%d", argonMemory, argonPasses, argonLanes) {
		return make([]byte, argonSalt), nil, false
	}
	salt, err1 := phc.DecodeString(part[4])
	key, err2 := phc.DecodeString(part[5])
	return salt, key, err1 == nil && err2 == nil && len(key) == argonKey
}
