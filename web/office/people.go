package office

import (
	"context"
	"time"

	"hailong/survey"
)

// Accounts is who may come in. CheckPassword refuses with Forbidden, with one
// sentence for a wrong name and a wrong password; SignedIn refuses a session
// that is not alive with Forbidden. The session of an account with a second
// factor waits for PassFactor, which gives it another secret.
type Accounts interface {
	CheckPassword(ctx context.Context, name, password string) (survey.Account, error)
	SignIn(ctx context.Context, account survey.Account, browser string) (secret string, err error)
	SignedIn(ctx context.Context, secret string) (survey.Account, error)
	SignOut(ctx context.Context, secret string) error
	Waiting(ctx context.Context, secret string) (survey.Account, error)
	PassFactor(ctx context.Context, secret, code string) (fresh string, err error)
}

// People is what is kept of those who work here, beside Accounts.
type People struct {
	Self     Self
	Factors  Factors
	Staff    Staff
	Doors    Doors
	Settings Settings
}

// Self is what people do with their own account. What takes a password refuses
// a wrong one with Forbidden; what gives a secret has ended the one before.
type Self interface {
	ChangePassword(ctx context.Context, secret, old, password string) (fresh string, err error)
	Prove(ctx context.Context, secret, password string) (fresh string, err error)
	Proven(ctx context.Context, secret string) (time.Time, error)
	Sessions(ctx context.Context, secret string) ([]survey.Session, error)
	EndSession(ctx context.Context, secret, id string) error
}

// Factors is the second factor of accounts.
type Factors interface {
	OfferFactor(ctx context.Context, name string) error
	OfferedFactor(ctx context.Context, name string) (survey.FactorSecret, error)
	ConfirmFactor(ctx context.Context, name, code string) (recovery []string, err error)
	RenewRecoveryCodes(ctx context.Context, name string) (recovery []string, err error)
	RecoveryCodesLeft(ctx context.Context, name string) (int, error)
	DropFactor(ctx context.Context, actor, name string) error
}

// Staff is the list of accounts, which the office keeps.
type Staff interface {
	AccountList(ctx context.Context) ([]survey.AccountRecord, error)
	InviteAccount(ctx context.Context, actor string, account survey.Account) (token string, err error)
	RenewInvitation(ctx context.Context, actor, name string) (token string, err error)
	EndAccount(ctx context.Context, actor, name string) error
	Areas(ctx context.Context) (survey.Areas, error)
}

// Doors are the addresses that work once. Invited gives the name of the account
// whose password is set there, "" for the first account of all.
type Doors interface {
	Invited(ctx context.Context, token string) (name string, err error)
	Activate(ctx context.Context, token, name, password string) (survey.Account, error)
}

// Settings is what the office decides of the whole service.
type Settings interface {
	Naming(ctx context.Context) (survey.Naming, error)
	SetNaming(ctx context.Context, actor string, n survey.Naming) error
	FactorRule(ctx context.Context) (required bool, err error)
	SetFactorRule(ctx context.Context, actor string, required bool) error
}
