-- What a round run by clerks needs. One section a subject.

-- Responses on their way.

ALTER TABLE response ADD COLUMN helped INTEGER NOT NULL DEFAULT 0 CHECK (helped IN (0, 1)); -- filled in with somebody's help

-- What a transaction took in, before its responses are moved to their places:
-- all of them in one row, in the order of their keys. Rows are numbered without
-- a gap. When their responses have been moved they go; the last one stays, empty,
-- for its number. A comment is never here: it goes to its place at once.
CREATE TABLE arrival (
	seq    INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
	packed BLOB    NOT NULL
) STRICT;

ALTER TABLE tally ADD COLUMN counted INTEGER NOT NULL DEFAULT 0; -- the last arrival that is counted in it

-- Languages and recordings.

-- A recording is named by its content: the first 9 bytes of its SHA-256.
CREATE TABLE recording (
	id      TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
	type    TEXT NOT NULL CHECK (type IN ('audio/mp4', 'audio/mpeg')),
	content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 102400)
) STRICT, WITHOUT ROWID;

-- Which recordings a questionnaire plays; it knows their names.
CREATE TABLE questionnaire_recording (
	version   TEXT NOT NULL REFERENCES questionnaire (version),
	recording TEXT NOT NULL REFERENCES recording (id),
	PRIMARY KEY (version, recording)
) STRICT, WITHOUT ROWID;

-- Accounts, their second factor and their sessions.

-- A role and an area were added. Whoever is signed in at the upgrade signs in
-- again; the phones of schools stay.
CREATE TABLE account_next (
	name          TEXT    NOT NULL PRIMARY KEY,
	role          TEXT    NOT NULL CHECK (role IN ('office', 'viewer', 'commune')),
	area_code     TEXT REFERENCES area (code),
	password_hash TEXT    NOT NULL, -- empty: no password fits
	created_at    INTEGER NOT NULL,
	ended_at      INTEGER,
	factor        BLOB, -- the secret of the second factor, sealed
	factor_next   BLOB, -- one that is shown and not confirmed yet, sealed
	factor_step   INTEGER NOT NULL DEFAULT 0, -- of the last code taken
	CHECK ((role = 'commune') = (area_code IS NOT NULL))
) STRICT;
INSERT INTO account_next (name, role, password_hash, created_at) SELECT name, role, password_hash, created_at FROM account;
CREATE TABLE session_next (
	token_hash  BLOB    NOT NULL PRIMARY KEY,
	account     TEXT REFERENCES account (name),
	school_code TEXT REFERENCES school (code),
	created_at  INTEGER NOT NULL,
	seen_at     INTEGER NOT NULL,
	proven_at   INTEGER NOT NULL DEFAULT 0, -- when the password was last given
	waiting     INTEGER NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1)), -- for the code of the second factor
	browser     TEXT    NOT NULL DEFAULT '', -- its kind only
	CHECK ((account IS NULL) <> (school_code IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO session_next (token_hash, school_code, created_at, seen_at)
	SELECT token_hash, school_code, created_at, seen_at FROM session WHERE school_code IS NOT NULL;
DROP TABLE session;
DROP TABLE account;
ALTER TABLE account_next RENAME TO account;
ALTER TABLE session_next RENAME TO session;

-- Codes that do for the second factor, once each; hashes.
CREATE TABLE recovery_code (
	account   TEXT NOT NULL REFERENCES account (name),
	code_hash BLOB NOT NULL,
	PRIMARY KEY (account, code_hash)
) STRICT, WITHOUT ROWID;

-- Addresses that work once: to set the password of an account or, where there
-- is no account yet, to make the first.
CREATE TABLE activation (
	token_hash BLOB    NOT NULL PRIMARY KEY,
	account    TEXT UNIQUE REFERENCES account (name),
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Comments as they are read, masked and released.

-- What a person decided of an opinion. The text stays with the opinion; here is
-- only what others may read of it.
CREATE TABLE comment_verdict (
	opinion_key BLOB    NOT NULL PRIMARY KEY REFERENCES opinion (key),
	state       TEXT    NOT NULL CHECK (state IN ('read', 'released', 'withheld')),
	masked      TEXT    NOT NULL,
	urgent      INTEGER NOT NULL CHECK (urgent IN (0, 1)),
	told        TEXT    NOT NULL, -- of an urgent one: who was told, and when
	actor       TEXT    NOT NULL,
	CHECK (state <> 'released' OR masked <> ''),
	CHECK (urgent = 0 OR told <> '')
) STRICT, WITHOUT ROWID;

-- Schools that are merged, split, renamed and closed.

ALTER TABLE school ADD COLUMN from_day INTEGER; -- the first on which it stands; none: before any record
ALTER TABLE area ADD COLUMN until_day INTEGER; -- the first on which it is no more
ALTER TABLE area ADD COLUMN successor TEXT REFERENCES area (code);

-- A change of schools from a day. One that was withdrawn stays, and counts for
-- nothing.
CREATE TABLE succession (
	id           INTEGER NOT NULL PRIMARY KEY,
	kind         TEXT    NOT NULL CHECK (kind IN ('merge', 'split', 'close')),
	day          INTEGER NOT NULL,
	reason       TEXT    NOT NULL CHECK (reason <> ''),
	withdrawn_at INTEGER
) STRICT;

-- A school on both sides goes on.
CREATE TABLE succession_school (
	succession_id INTEGER NOT NULL REFERENCES succession (id),
	side          TEXT    NOT NULL CHECK (side IN ('before', 'after')),
	school_code   TEXT    NOT NULL REFERENCES school (code),
	PRIMARY KEY (succession_id, side, school_code)
) STRICT, WITHOUT ROWID;

-- What a school was called, and where it lay, before a day. The rounds of that
-- time go on being told so.
CREATE TABLE school_was_named (
	school_code TEXT    NOT NULL REFERENCES school (code),
	until_day   INTEGER NOT NULL,
	name        TEXT    NOT NULL CHECK (name <> ''),
	reason      TEXT    NOT NULL CHECK (reason <> ''),
	PRIMARY KEY (school_code, until_day)
) STRICT, WITHOUT ROWID;
CREATE TABLE school_was_in (
	school_code TEXT    NOT NULL REFERENCES school (code),
	until_day   INTEGER NOT NULL,
	area_code   TEXT    NOT NULL REFERENCES area (code),
	PRIMARY KEY (school_code, until_day)
) STRICT, WITHOUT ROWID;

-- How the entry of a school came to be as it is: one row a school that a list
-- or a person changed.
CREATE TABLE school_history (
	id          INTEGER NOT NULL PRIMARY KEY,
	school_code TEXT    NOT NULL REFERENCES school (code),
	at          INTEGER NOT NULL,
	actor       TEXT    NOT NULL,
	detail      TEXT    NOT NULL
) STRICT;
CREATE INDEX school_history_of ON school_history (school_code);

-- Rounds with targets. Trial rounds are in a database of their own.

-- What a round's schools should reach, as the office writes it. A round that
-- has not opened and has no row follows the setting.
CREATE TABLE round_target (
	round_id TEXT NOT NULL PRIMARY KEY REFERENCES round (id),
	targets  TEXT NOT NULL
) STRICT;

-- Releases.

-- The frozen snapshots of what may be seen of a round, and the steps by which
-- they are shown. Neither ever changes: taking results back is a further step,
-- a correction a further snapshot.
CREATE TABLE release (
	round_id  TEXT    NOT NULL REFERENCES round (id),
	number    INTEGER NOT NULL CHECK (number > 0),
	made_at   INTEGER NOT NULL,
	formula   TEXT    NOT NULL,
	threshold INTEGER NOT NULL CHECK (threshold BETWEEN 5 AND 50),
	hash      BLOB    NOT NULL CHECK (length(hash) = 32), -- SHA-256 of the snapshot before it was packed; also in the audit log
	packed    BLOB    NOT NULL, -- JSON, gzip
	PRIMARY KEY (round_id, number)
) STRICT;
CREATE TABLE release_step (
	round_id TEXT    NOT NULL REFERENCES round (id),
	number   INTEGER NOT NULL CHECK (number > 0),
	stage    TEXT    NOT NULL CHECK (stage IN ('office', 'schools', 'public')),
	at       INTEGER NOT NULL,
	actor    TEXT    NOT NULL,
	reason   TEXT    NOT NULL,
	PRIMARY KEY (round_id, number)
) STRICT;
CREATE TRIGGER release_no_update BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'a release does not change'); END;
CREATE TRIGGER release_no_delete BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'a release stays'); END;
CREATE TRIGGER release_step_no_update BEFORE UPDATE ON release_step BEGIN SELECT RAISE(ABORT, 'a step does not change'); END;
CREATE TRIGGER release_step_no_delete BEFORE DELETE ON release_step BEGIN SELECT RAISE(ABORT, 'a step stays'); END;

-- «Nhà trường sẽ làm»: what a school promises after it has read its results.
CREATE TABLE pledge (
	round_id    TEXT    NOT NULL REFERENCES round (id),
	school_code TEXT    NOT NULL REFERENCES school (code),
	position    INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
	text        TEXT    NOT NULL CHECK (text <> ''),
	hidden      INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)), -- by the office
	PRIMARY KEY (round_id, school_code, position)
) STRICT;

-- Work that takes longer than a page.
