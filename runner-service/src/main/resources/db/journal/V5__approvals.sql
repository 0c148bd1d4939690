-- What the sender might do, as the webhook attested it with the patch: policies ask for it.
ALTER TABLE patches ADD COLUMN roles TEXT NOT NULL DEFAULT '';
-- Until when somebody may decide about a patch that is held or proposed; empty once somebody has.
ALTER TABLE patches ADD COLUMN decide_by INTEGER;
-- Of a patch that was held: when it was approved, patches up to this one were accepted before, and come first.
ALTER TABLE patches ADD COLUMN turn INTEGER;

CREATE INDEX patches_undecided ON patches (decide_by) WHERE decide_by IS NOT NULL;

-- What people decided about patches. The approval of a proposal is an entry of its own in the queue of its workspace.
CREATE TABLE decisions (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    patch_seq INTEGER NOT NULL REFERENCES patches (seq),
    -- The state that it is about: held or proposed.
    about     TEXT    NOT NULL,
    -- approved or denied.
    verdict   TEXT    NOT NULL,
    principal TEXT    NOT NULL,
    comment   TEXT    NOT NULL,
    decided_at INTEGER NOT NULL,
    -- Patches up to this one were accepted before, and come first.
    after_seq INTEGER NOT NULL,
    -- waiting, running or done: how far it is carried out.
    state     TEXT    NOT NULL
) STRICT;

CREATE INDEX decisions_open ON decisions (number) WHERE state IN ('waiting', 'running');
CREATE INDEX decisions_of_patch ON decisions (patch_seq, number);
