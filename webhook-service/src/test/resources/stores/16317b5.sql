PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO flyway_schema_history VALUES(1,'1','patches','SQL','V1__patches.sql',-2087200886,'','2026-11-30 07:00:34.398',10,1);
INSERT INTO flyway_schema_history VALUES(2,'2','retention','SQL','V2__retention.sql',-260527572,'','2026-11-30 07:00:34.416',1,1);
INSERT INTO flyway_schema_history VALUES(3,'3','fewer trees','SQL','V3__fewer_trees.sql',1582498751,'','2026-11-30 07:00:34.458',15,1);
INSERT INTO flyway_schema_history VALUES(4,'4','audit','SQL','V4__audit.sql',-754576216,'','2026-11-30 07:00:34.472',3,1);
INSERT INTO flyway_schema_history VALUES(5,'5','signed messages','SQL','V5__signed_messages.sql',604239999,'','2026-11-30 07:00:34.484',0,1);
INSERT INTO flyway_schema_history VALUES(6,'6','origin','SQL','V6__origin.sql',599946646,'','2026-11-30 07:00:34.495',1,1);
CREATE TABLE journal_cursor (
    journal TEXT NOT NULL PRIMARY KEY,
    cursor  TEXT NOT NULL
) STRICT;
INSERT INTO journal_cursor VALUES('runner','17-4e99125ee8c0dad4');
CREATE TABLE write_probe (at INTEGER NOT NULL) STRICT;
INSERT INTO write_probe VALUES(1796022036518);
CREATE TABLE IF NOT EXISTS "patch" (
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
, address TEXT, forwarded_for TEXT) STRICT;
INSERT INTO patch VALUES(1,'ended','submit','submit','default','fb7eab1c318e9df6ba2b1ba4bc3b1714f2b5b94413c2b754e0194c23149e1798','succeeded','every step ended well',1,1796022036626672,1796022037403000,1796022036724812,1796022037256673,NULL,'{"summary":"Succeeded: 1 step of 1 done, 1 file changed.","outcome":"succeeded","reason":"every step ended well","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.017229678Z","finished_at":"2026-11-30T07:00:37.203388756Z","steps":[{"kind":"patch","summary":"run `echo ended > a.txt`","exit_code":0,"duration_ms":104}],"steps_omitted":0,"files":[{"path":"a.txt","change":"created","after_sha256":"9081810b8d94dca4d2bdf6660d1e9415605872a3c11d37293925fa51e6036824","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/a.txt b/a.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+ended\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":true,"reason":"POST /patches/{id}/undo takes it back while everything it changed is as it left it; what it replaced is kept for 14 days, as long as it is among the last 50 patches and 5 GiB of its workspace"}}','127.0.0.1',NULL);
INSERT INTO patch VALUES(2,'failed','submit','submit','default','61810d2a3f379e1bff7228a29147229cd8f792fcda92e6b6ff5126d0e2b8562e','failed','exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',1,1796022037604843,1796022037705000,1796022037608565,1796022037664848,NULL,'{"summary":"Failed at step 1 of 1. Everything was rolled back; the workspace is as it was.","outcome":"failed","reason":"exit_code: run `echo half > b.txt; exit 3` ended with exit code 3","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.673216268Z","finished_at":"2026-11-30T07:00:37.703379654Z","steps":[{"kind":"patch","summary":"run `echo half > b.txt; exit 3`","exit_code":3,"duration_ms":28}],"steps_omitted":0,"files":[],"files_omitted":0,"diff":"","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"]},"undo":{"possible":false,"reason":"nothing took effect"}}','127.0.0.1',NULL);
INSERT INTO patch VALUES(3,'undone','submit','submit','default','8de5bdbfae1f9db745fc55ab3f63b2de00bc997e245dc80c64c27b200f1bff6f','undone','undone: operator asked for it',1,1796022037776490,1796022037996000,1796022037778812,1796022037826780,NULL,'{"summary":"Undone: 1 file is as before the patch.","outcome":"undone","reason":"undone: operator asked for it","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.824102564Z","finished_at":"2026-11-30T07:00:37.980853282Z","steps":[{"kind":"patch","summary":"run `echo undone > c.txt`","exit_code":0,"duration_ms":22}],"steps_omitted":0,"files":[{"path":"c.txt","change":"deleted","before_sha256":"c9286ce64890f0af80a419eb30f1002a502690109cf50eb71e0a62d26baa0804"}],"files_omitted":0,"diff":"","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":true,"reason":"POST /patches/{id}/undo?redo=true brings it back while everything is as it was before it; what it replaced is kept for 14 days, as long as it is among the last 50 patches and 5 GiB of its workspace"}}','127.0.0.1',NULL);
INSERT INTO patch VALUES(4,'proposed','submit','submit','default','e0dbe8059a95a91fc114c4930a4cc8eb42fd02d7faf323e16a7ffb5f2a607af9','proposed','proposed: its sender asked for somebody to look at it first; waits for an operator''s approval until 2026-12-01 07:00 UTC',1,1796022038126771,1796022040172000,1796022038129661,1796022038175949,NULL,'{"summary":"Proposed: 1 step of 1 done, 1 file would change once it is approved. Nothing was changed.","outcome":"proposed","reason":"proposed: its sender asked for somebody to look at it first; waits for an operator''s approval until 2026-12-01 07:00 UTC","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:38.187772411Z","finished_at":"2026-11-30T07:00:40.170251501Z","steps":[{"kind":"patch","summary":"run `echo proposed > d.txt`","exit_code":0,"duration_ms":1958}],"steps_omitted":0,"files":[{"path":"d.txt","change":"created","after_sha256":"1a0ffc87d470dfcd37c98419a2da9b5979793be2ee5103613bdad8bf0db111c3","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/d.txt b/d.txt\nnew file mode 100644\n--- /dev/null\n+++ b/d.txt\n@@ -0,0 +1,1 @@\n+proposed\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":false,"reason":"nothing took effect"}}','127.0.0.1',NULL);
INSERT INTO patch VALUES(5,'held','submit','submit','default','59ef8d65ddcf5401a58ab3cab8cffb3467d342a91c72b425bd954f027a969449','held','held: somebody looks at it first (policy rule 1); waits for an operator''s approval until 2026-12-01 07:00 UTC',1,1796022040210794,1796022040240000,1796022040215071,1796022040258632,NULL,NULL,'127.0.0.1',NULL);
INSERT INTO patch VALUES(6,'running','submit','submit','default','21e11fd9057d66e2fb755a7560e1272ec4d4ef51d1074d775591b8a8c12204cf','running','it is being executed',1,1796022040298390,1796022040348000,1796022040306725,1796022040356168,NULL,NULL,'127.0.0.1',NULL);
INSERT INTO patch VALUES(7,'queued','submit','submit','default','5db015f866724054caacfce0731efcdb071d6ca48bbfdbbbda317a2301b0a161','queued','it waits for its turn in the workspace',1,1796022040319642,1796022040378000,1796022040361537,1796022040393564,NULL,NULL,'127.0.0.1',NULL);
INSERT INTO patch VALUES(8,'waiting','submit','submit','default','f01a15eeb15101eb5ecdef68bb039470820177bfaad643d391e7e73e399394e9','accepted','stored; waits to be forwarded to the runner',0,1796022040666683,1796022040666683,NULL,NULL,NULL,NULL,'127.0.0.1',NULL);
CREATE TABLE document (
    seq  INTEGER NOT NULL PRIMARY KEY REFERENCES "patch" (seq),
    body BLOB    NOT NULL
) STRICT;
INSERT INTO document VALUES(1,X'7b226964223a2022656e646564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f20656e646564203e20612e747874227d');
INSERT INTO document VALUES(2,X'7b226964223a20226661696c6564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f2068616c66203e20622e7478743b20657869742033227d');
INSERT INTO document VALUES(3,X'7b226964223a2022756e646f6e65222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f20756e646f6e65203e20632e747874227d');
INSERT INTO document VALUES(4,X'7b226964223a202270726f706f736564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f2070726f706f736564203e20642e747874222c202270726f706f7365223a20747275657d');
INSERT INTO document VALUES(5,X'7b226964223a202268656c64222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f2068656c64203e20652e747874227d');
INSERT INTO document VALUES(6,X'7b226964223a202272756e6e696e67222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a2022736c656570203132303b206563686f206c617465203e20662e747874227d');
INSERT INTO document VALUES(7,X'7b226964223a2022717565756564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f20717565756564203e20672e747874227d');
INSERT INTO document VALUES(8,X'7b226964223a202277616974696e67222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f2077616974696e67203e20682e747874227d');
CREATE TABLE IF NOT EXISTS "history" (
    patch_id TEXT    NOT NULL REFERENCES "patch" (id),
    position INTEGER NOT NULL,
    status   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    reason   TEXT    NOT NULL, number INTEGER,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO history VALUES('ended',2,'queued',1796022036922000,'it waits for its turn in the workspace',1);
INSERT INTO history VALUES('ended',3,'running',1796022036961000,'it is being executed',2);
INSERT INTO history VALUES('ended',4,'succeeded',1796022037403000,'every step ended well',3);
INSERT INTO history VALUES('failed',2,'queued',1796022037647000,'it waits for its turn in the workspace',4);
INSERT INTO history VALUES('failed',3,'running',1796022037666000,'it is being executed',5);
INSERT INTO history VALUES('failed',4,'failed',1796022037705000,'exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',6);
INSERT INTO history VALUES('held',2,'held',1796022040240000,'held: somebody looks at it first (policy rule 1); waits for an operator''s approval until 2026-12-01 07:00 UTC',15);
INSERT INTO history VALUES('proposed',2,'queued',1796022038147000,'it waits for its turn in the workspace',12);
INSERT INTO history VALUES('proposed',3,'running',1796022038168000,'it is being executed',13);
INSERT INTO history VALUES('proposed',4,'proposed',1796022040172000,'proposed: its sender asked for somebody to look at it first; waits for an operator''s approval until 2026-12-01 07:00 UTC',14);
INSERT INTO history VALUES('queued',2,'queued',1796022040378000,'it waits for its turn in the workspace',17);
INSERT INTO history VALUES('running',2,'queued',1796022040325000,'it waits for its turn in the workspace',16);
INSERT INTO history VALUES('running',3,'running',1796022040348000,'it is being executed',18);
INSERT INTO history VALUES('undone',2,'queued',1796022037797000,'it waits for its turn in the workspace',7);
INSERT INTO history VALUES('undone',3,'running',1796022037807000,'it is being executed',8);
INSERT INTO history VALUES('undone',4,'succeeded',1796022037860000,'every step ended well',9);
INSERT INTO history VALUES('undone',5,'undone',1796022037996000,'undone: operator asked for it',10);
CREATE TABLE IF NOT EXISTS "outbox" (
    workspace       TEXT    NOT NULL,
    seq             INTEGER NOT NULL REFERENCES "patch" (seq),
    enqueued_at     INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    failures        INTEGER NOT NULL,
    PRIMARY KEY (workspace, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox VALUES('default',8,1796022040666683,1796022041982103,1);
CREATE TABLE IF NOT EXISTS "delivery_attempt" (
    patch_id    TEXT    NOT NULL REFERENCES "patch" (id),
    position    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    outcome     TEXT    NOT NULL,
    http_status INTEGER,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_attempt VALUES('ended',1,1796022036648023,'delivered',202,591);
INSERT INTO delivery_attempt VALUES('failed',1,1796022037606969,'delivered',202,56);
INSERT INTO delivery_attempt VALUES('held',1,1796022040212708,'delivered',200,47);
INSERT INTO delivery_attempt VALUES('proposed',1,1796022038128968,'delivered',202,44);
INSERT INTO delivery_attempt VALUES('queued',1,1796022040359285,'delivered',202,32);
INSERT INTO delivery_attempt VALUES('running',1,1796022040301937,'delivered',202,51);
INSERT INTO delivery_attempt VALUES('undone',1,1796022037778293,'delivered',202,40);
INSERT INTO delivery_attempt VALUES('waiting',1,1796022040668886,'failed: no connection to the runner',NULL,398);
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
INSERT INTO audit_note VALUES(11,1796022038073891,'action','undo','operator','127.0.0.1',NULL,'undone','8de5bdbfae1f9db745fc55ab3f63b2de00bc997e245dc80c64c27b200f1bff6f','done',1);
CREATE TABLE signed_message (
    id          TEXT    NOT NULL PRIMARY KEY,
    body_sha256 TEXT    NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX patch_by_status ON patch (status);
CREATE INDEX patch_by_workspace ON patch (workspace);
CREATE INDEX patch_by_principal ON patch (principal);
CREATE INDEX patch_to_drop ON patch (changed_at)
WHERE dropped_at IS NULL
  AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed', 'rejected',
                 'undeliverable', 'undone');
CREATE UNIQUE INDEX history_by_number ON history (number) WHERE number IS NOT NULL;
CREATE INDEX audit_note_by_patch ON audit_note (patch_id) WHERE patch_id IS NOT NULL;
CREATE INDEX audit_note_refused ON audit_note (number) WHERE kind = 'refused';
CREATE TRIGGER audit_note_is_not_changed BEFORE UPDATE ON audit_note
BEGIN
    SELECT raise(ABORT, 'what was noted is not changed');
END;
CREATE TRIGGER audit_note_is_not_deleted BEFORE DELETE ON audit_note WHEN old.kind <> 'refused'
BEGIN
    SELECT raise(ABORT, 'what was noted is not deleted');
END;
CREATE INDEX signed_message_by_time ON signed_message (received_at);
COMMIT;
