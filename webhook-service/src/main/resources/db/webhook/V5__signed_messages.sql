-- The webhook-id of every signed message that brought a patch, with the hash of its body: the same id with another body is
-- refused, also after a restart. Forgotten after a time (FERRY_STORE_KEEP); the patches themselves are not.
CREATE TABLE signed_message (
    id          TEXT    NOT NULL PRIMARY KEY,
    body_sha256 TEXT    NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX signed_message_by_time ON signed_message (received_at);
