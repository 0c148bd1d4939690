-- A number for every change of a patch after its acceptance, in the order in which they were learnt; shared with
-- audit_note, so that both are one sequence. A patch's acceptance has patch.seq instead, and accepting writes nothing here.
ALTER TABLE history ADD COLUMN number INTEGER;

CREATE UNIQUE INDEX history_by_number ON history (number) WHERE number IS NOT NULL;

-- What happened that is no change of a patch: who asked for what, who was refused, whose access changed.
CREATE TABLE audit_note (
    number        INTEGER NOT NULL PRIMARY KEY,
    at            INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    outcome       TEXT    NOT NULL,
    principal     TEXT,
    address       TEXT,
    forwarded_for TEXT,
    patch_id      TEXT,
    content_hash  TEXT,
    detail        TEXT    NOT NULL,
    count         INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_note_by_patch ON audit_note (patch_id) WHERE patch_id IS NOT NULL;
CREATE INDEX audit_note_refused ON audit_note (number) WHERE kind = 'refused';

CREATE TRIGGER audit_note_is_not_changed BEFORE UPDATE ON audit_note
BEGIN
    SELECT raise(ABORT, 'what was noted is not changed');
END;

-- Strangers cause refusals, so the oldest of them make room; nothing else does.
CREATE TRIGGER audit_note_is_not_deleted BEFORE DELETE ON audit_note WHEN old.kind <> 'refused'
BEGIN
    SELECT raise(ABORT, 'what was noted is not deleted');
END;
