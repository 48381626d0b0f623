-- Everything that is remembered. Times are milliseconds since 1970 in UTC,
-- days are days since 1970-01-01 in the province.

CREATE TABLE setting (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

CREATE TABLE area (
	code TEXT NOT NULL PRIMARY KEY,
	type TEXT NOT NULL,
	name TEXT NOT NULL
) STRICT;

CREATE TABLE school (
	code      TEXT NOT NULL PRIMARY KEY,
	name      TEXT NOT NULL CHECK (name <> ''),
	kind      TEXT NOT NULL,
	area_code TEXT NOT NULL REFERENCES area (code),
	address   TEXT NOT NULL
) STRICT;

CREATE TABLE enrolment (
	school_code TEXT    NOT NULL REFERENCES school (code),
	level       TEXT    NOT NULL,
	learners    INTEGER NOT NULL CHECK (learners > 0),
	PRIMARY KEY (school_code, level)
) STRICT;

-- A school has one link that works; those before it stay known as revoked.
CREATE TABLE link (
	code        TEXT NOT NULL PRIMARY KEY,
	school_code TEXT NOT NULL REFERENCES school (code),
	revoked_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX link_in_use ON link (school_code) WHERE revoked_at IS NULL;

-- The secret of a school's own page, as a hash.
CREATE TABLE school_access (
	school_code TEXT NOT NULL PRIMARY KEY REFERENCES school (code),
	token_hash  BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE questionnaire (
	version  TEXT    NOT NULL PRIMARY KEY,
	body     TEXT    NOT NULL,
	added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE round (
	id            TEXT    NOT NULL PRIMARY KEY,
	opens         INTEGER NOT NULL,
	closes        INTEGER NOT NULL CHECK (closes >= opens),
	added         INTEGER NOT NULL CHECK (added IN (0, 1)),
	state         TEXT    NOT NULL CHECK (state IN ('scheduled', 'open', 'closed', 'released')),
	opened_at     INTEGER,
	closed_at     INTEGER,
	forgotten_at  INTEGER, -- when the hashes of its forms' IDs were replaced
	questionnaire TEXT REFERENCES questionnaire (version),
	CHECK (state <> 'open' OR (opened_at IS NOT NULL AND questionnaire IS NOT NULL))
) STRICT;

-- School × form in a round, with the enrolment frozen for it.
CREATE TABLE stratum (
	id          INTEGER NOT NULL PRIMARY KEY,
	round_id    TEXT    NOT NULL REFERENCES round (id),
	school_code TEXT    NOT NULL REFERENCES school (code),
	form        TEXT    NOT NULL,
	enrolment   INTEGER NOT NULL CHECK (enrolment > 0),
	UNIQUE (round_id, school_code, form)
) STRICT;

-- The histograms of a stratum, packed; written with each response.
CREATE TABLE tally (
	stratum_id INTEGER NOT NULL PRIMARY KEY REFERENCES stratum (id),
	responses  INTEGER NOT NULL CHECK (responses >= 0),
	packed     BLOB    NOT NULL
) STRICT;

-- One row a response. The key is a hash of the form's random ID behind the day
-- on which the form was shown; the digest needs that ID, which only the phone
-- has. Nothing here leads to a person, a device or a comment. A week after the
-- closing key and digest are replaced by chance and nothing.
CREATE TABLE response (
	key         BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 18),
	stratum_id  INTEGER NOT NULL REFERENCES stratum (id),
	day         INTEGER NOT NULL,
	marks       TEXT    NOT NULL,
	expectation INTEGER CHECK (expectation >= 0),
	digest      BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- Comments stand apart under random keys of their own: no row here can be
-- joined to the answers of the one who wrote it.
CREATE TABLE opinion (
	key        BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 18),
	stratum_id INTEGER NOT NULL REFERENCES stratum (id),
	text       TEXT    NOT NULL CHECK (text <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
	name          TEXT    NOT NULL PRIMARY KEY,
	role          TEXT    NOT NULL CHECK (role IN ('office', 'viewer')),
	password_hash TEXT    NOT NULL,
	created_at    INTEGER NOT NULL
) STRICT;

-- Who is signed in: an account, or the holder of a school's page.
CREATE TABLE session (
	token_hash  BLOB    NOT NULL PRIMARY KEY,
	account     TEXT REFERENCES account (name),
	school_code TEXT REFERENCES school (code),
	created_at  INTEGER NOT NULL,
	seen_at     INTEGER NOT NULL,
	CHECK ((account IS NULL) <> (school_code IS NULL))
) STRICT, WITHOUT ROWID;

-- What was done, by whom; rows are only ever added, each sealed with the one
-- before it.
CREATE TABLE audit (
	seq    INTEGER NOT NULL PRIMARY KEY,
	at     INTEGER NOT NULL,
	actor  TEXT    NOT NULL,
	action TEXT    NOT NULL,
	object TEXT    NOT NULL,
	detail TEXT    NOT NULL,
	seal   BLOB    NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows do not change'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows stay'); END;
