-- Every index that accepting a patch writes to costs as much as the patch itself. The place in the order of acceptance is
-- the row's own key now, and each of these indexes ends with it; documents lie beside the rows, so that a change of state
-- does not write a megabyte again; the first state of a patch is its row, and its history begins after it; and the outbox
-- is its lanes and nothing else.
CREATE TABLE patch_new (
    seq          INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
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
    dropped_at   INTEGER,
    receipt      TEXT
) STRICT;

INSERT INTO patch_new
SELECT seq, id, principal, roles, workspace, content_hash, status, reason, attempt, accepted_at, changed_at, sent_at,
       forwarded_at, dropped_at, receipt
FROM patch ORDER BY seq;

CREATE TABLE document (
    seq  INTEGER NOT NULL PRIMARY KEY REFERENCES patch_new (seq),
    body BLOB    NOT NULL
) STRICT;

INSERT INTO document SELECT seq, document FROM patch WHERE dropped_at IS NULL ORDER BY seq;

CREATE TABLE history_new (
    patch_id TEXT    NOT NULL REFERENCES patch_new (id),
    position INTEGER NOT NULL,
    status   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO history_new SELECT patch_id, position, status, at, reason FROM history WHERE position > 1;

CREATE TABLE outbox_new (
    workspace       TEXT    NOT NULL,
    seq             INTEGER NOT NULL REFERENCES patch_new (seq),
    enqueued_at     INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    failures        INTEGER NOT NULL,
    PRIMARY KEY (workspace, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO outbox_new SELECT workspace, seq, enqueued_at, next_attempt_at, failures FROM outbox;

CREATE TABLE delivery_attempt_new (
    patch_id    TEXT    NOT NULL REFERENCES patch_new (id),
    position    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    outcome     TEXT    NOT NULL,
    http_status INTEGER,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO delivery_attempt_new
SELECT patch_id, position, at, outcome, http_status, duration_ms FROM delivery_attempt;

DROP TABLE delivery_attempt;
DROP TABLE outbox;
DROP TABLE history;
DROP TABLE patch;
ALTER TABLE patch_new RENAME TO patch;
ALTER TABLE history_new RENAME TO history;
ALTER TABLE outbox_new RENAME TO outbox;
ALTER TABLE delivery_attempt_new RENAME TO delivery_attempt;

CREATE INDEX patch_by_status ON patch (status);
CREATE INDEX patch_by_workspace ON patch (workspace);
CREATE INDEX patch_by_principal ON patch (principal);

-- What may be dropped, longest ended first. Accepting a patch does not touch it.
CREATE INDEX patch_to_drop ON patch (changed_at)
WHERE dropped_at IS NULL
  AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed', 'rejected',
                 'undeliverable', 'undone');
