package store

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hailong/survey"
)

// KeyName is the file beside the database with the key that seals the secrets
// of second factors. No backup holds it: whoever gets hold of a copy of the
// database cannot make codes. Whoever can read the data folder itself, or the
// memory of the service, can. After a restore in another folder the codes of
// telephones fit no more, unless the file was brought along; recovery codes do.
const KeyName = "second-factor.key"

const sealKey = 32 // bytes: AES-256

// seal encrypts a secret of an account (AES-256-GCM, the account's name bound in).
func (s *Store) seal(name string, secret []byte) ([]byte, error) {
	aead, err := s.sealer(true)
	if err != nil {
		return nil, err
	}
	nonce, err := s.randomBytes(aead.NonceSize())
	if err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, secret, []byte(name)), nil
}

// unseal gives a secret back. Without the key that sealed it, it is a Conflict.
func (s *Store) unseal(name string, sealed []byte) (survey.FactorSecret, error) {
	aead, err := s.sealer(false)
	if err != nil {
		return nil, err
	}
	if aead == nil || len(sealed) < aead.NonceSize() {
		return nil, errNoSealKey()
	}
	secret, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], []byte(name))
	if err != nil {
		return nil, errNoSealKey()
	}
	return secret, nil
}

func errNoSealKey() *survey.Error {
	return survey.Refuse(survey.Conflict, "Máy chủ không còn khóa của mã bước hai (tệp "+KeyName+"), có lẽ vì vừa khôi phục dữ liệu. Dùng một mã dự phòng, hoặc nhờ người quản lý máy chủ chạy: hailong account reset-totp TEN",
		"The key of the second factors ("+KeyName+") is not here, perhaps after a restore; use a recovery code, or run: hailong account reset-totp NAME")
}

// sealer reads the key; where there is none it makes one if asked to, or else
// gives nil.
func (s *Store) sealer(make bool) (cipher.AEAD, error) {
	key, err := os.ReadFile(s.keyFile())
	if errors.Is(err, fs.ErrNotExist) && !make {
		return nil, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		key, err = s.makeKey()
	}
	if err != nil {
		return nil, fmt.Errorf("read the key of second factors: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("read the key of second factors: %w", err)
	}
	return cipher.NewGCM(block)
}

func (s *Store) keyFile() string { return filepath.Join(s.options.Dir, KeyName) }

// makeKey writes a new key, whole or not at all; when another process was
// faster, its key holds.
func (s *Store) makeKey() ([]byte, error) {
	key, err := s.randomBytes(sealKey)
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(s.options.Dir, KeyName+".*.tmp") // readable by the owner only
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(key)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), s.keyFile()); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err := syncFolder(s.options.Dir); err != nil {
		return nil, err
	}
	return os.ReadFile(s.keyFile())
}
