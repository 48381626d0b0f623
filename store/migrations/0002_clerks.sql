-- What a round run by clerks needs. One section a subject.

-- Responses on their way.

ALTER TABLE response ADD COLUMN helped INTEGER NOT NULL DEFAULT 0 CHECK (helped IN (0, 1)); -- filled in with somebody's help

-- Languages and recordings.

-- Accounts, their second factor and their sessions.

-- Comments as they are read, masked and released.

-- Schools that are merged, split, renamed and closed.

-- Rounds with targets, and those for trial.

-- Releases.

-- Work that takes longer than a page.
