// Package store remembers: schools, rounds, questionnaires, responses with
// their tallies, accounts and the audit log, in one SQLite database.
//
// It decides nothing that package survey can decide, and it is the only
// package that knows SQL or a database driver. An acknowledged write is
// durable: WAL with synchronous=FULL.
package store
