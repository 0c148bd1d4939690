-- A patch as the runner knows it. Rows are kept for ever: an id is never free again.
CREATE TABLE patches (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    content_hash TEXT    NOT NULL,
    workspace    TEXT    NOT NULL,
    principal    TEXT    NOT NULL,
    document     TEXT    NOT NULL,
    attempt      INTEGER NOT NULL,
    status       TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    accepted_at  INTEGER NOT NULL,
    -- While a commit is under way: the receipt it will end with, and its list of changes.
    committing   TEXT
) STRICT;

CREATE INDEX patches_waiting ON patches (workspace, seq) WHERE status = 'queued';
CREATE INDEX patches_by_status ON patches (status, seq);
CREATE INDEX patches_by_workspace ON patches (workspace, seq);

-- The numbered journal: every state a patch came to, in the order in which that was decided.
CREATE TABLE events (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    nonce     TEXT    NOT NULL,
    patch_seq INTEGER NOT NULL REFERENCES patches (seq),
    attempt   INTEGER NOT NULL,
    status    TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    receipt   TEXT
) STRICT;

CREATE INDEX events_of_patch ON events (patch_seq, number);

CREATE TABLE write_probe (at INTEGER NOT NULL) STRICT;
INSERT INTO write_probe VALUES (0);
