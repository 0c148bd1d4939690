-- One row per patch, for ever: the id is the idempotency key.
-- Times are microseconds since 1970. The long columns come last, so that listing does not read past them.
CREATE TABLE patch (
    id           TEXT    NOT NULL PRIMARY KEY,
    seq          INTEGER NOT NULL UNIQUE,
    principal    TEXT    NOT NULL,
    roles        TEXT    NOT NULL,
    workspace    TEXT    NOT NULL,
    content_hash TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    attempt      INTEGER NOT NULL,
    accepted_at  INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    sent_at      INTEGER,
    forwarded_at INTEGER,
    receipt      TEXT,
    document     BLOB    NOT NULL
) STRICT;

CREATE INDEX patch_by_status ON patch (status, seq);
CREATE INDEX patch_by_workspace ON patch (workspace, seq);
CREATE INDEX patch_by_principal ON patch (principal, seq);

CREATE TABLE history (
    patch_id TEXT    NOT NULL REFERENCES patch (id),
    position INTEGER NOT NULL,
    status   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;

-- What has yet to reach the runner. A lane is a workspace's rows in the order of seq; its head goes first.
CREATE TABLE outbox (
    seq             INTEGER NOT NULL PRIMARY KEY,
    patch_id        TEXT    NOT NULL UNIQUE REFERENCES patch (id),
    workspace       TEXT    NOT NULL,
    enqueued_at     INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    failures        INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_lane ON outbox (workspace, seq);

CREATE TABLE delivery_attempt (
    patch_id    TEXT    NOT NULL REFERENCES patch (id),
    position    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    outcome     TEXT    NOT NULL,
    http_status INTEGER,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;

-- How far the runner's journal has been followed.
CREATE TABLE journal_cursor (
    journal TEXT NOT NULL PRIMARY KEY,
    cursor  TEXT NOT NULL
) STRICT;

CREATE TABLE write_probe (at INTEGER NOT NULL) STRICT;
INSERT INTO write_probe VALUES (0);
