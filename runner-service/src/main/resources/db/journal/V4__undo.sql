-- A request to take a patch back, or to bring one back that was taken back: an entry of its own in the queue of the
-- patch's workspace.
CREATE TABLE undos (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    patch_seq  INTEGER NOT NULL REFERENCES patches (seq),
    -- Patches up to this one were accepted before, and come first.
    after_seq  INTEGER NOT NULL,
    -- What the patch is to be: undone or succeeded.
    target     TEXT    NOT NULL,
    principal  TEXT    NOT NULL,
    -- waiting, running, done or refused.
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    asked_at   INTEGER NOT NULL,
    -- While its commit is under way, as with a patch.
    committing TEXT
) STRICT;

CREATE INDEX undos_open ON undos (number) WHERE state IN ('waiting', 'running');
CREATE INDEX undos_of_patch ON undos (patch_seq, number);
