-- What a lane asks before every patch, and what accepting one asks, costs the same however long the history is: the queue
-- is an index in the order in which it is worked off, and who asks for it names that index, since SQLite would take the
-- one of all the workspace's patches. Documents lie beside the rows, so that no change of state writes a megabyte again.
CREATE TABLE documents (
    seq  INTEGER NOT NULL PRIMARY KEY REFERENCES patches (seq),
    body TEXT    NOT NULL
) STRICT;

INSERT INTO documents SELECT seq, document FROM patches WHERE dropped_at IS NULL ORDER BY seq;

ALTER TABLE patches DROP COLUMN document;

DROP INDEX patches_waiting;
CREATE INDEX patches_waiting ON patches (workspace, coalesce(turn, seq), turn IS NOT NULL, seq)
WHERE status = 'queued';

-- The row's own number stands in every index already.
DROP INDEX patches_by_status;
DROP INDEX patches_by_workspace;
CREATE INDEX patches_by_status ON patches (status);
CREATE INDEX patches_by_workspace ON patches (workspace);

DROP INDEX undos_open;
DROP INDEX decisions_open;
CREATE INDEX undos_by_state ON undos (state);
CREATE INDEX decisions_by_state ON decisions (state);
