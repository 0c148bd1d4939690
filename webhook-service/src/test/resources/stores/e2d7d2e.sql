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
INSERT INTO flyway_schema_history VALUES(1,'1','patches','SQL','V1__patches.sql',-2087200886,'','2026-11-30 07:00:48.314',24,1);
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
INSERT INTO patch VALUES('ended',1,'submit','submit','default','fb7eab1c318e9df6ba2b1ba4bc3b1714f2b5b94413c2b754e0194c23149e1798','succeeded','every step ended well',1,1796022050394635,1796022051093000,1796022050540972,1796022051115783,'{"summary":"Succeeded: 1 step of 1 done, 1 file changed.","outcome":"succeeded","reason":"every step ended well","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:50.788277308Z","finished_at":"2026-11-30T07:00:50.962468970Z","steps":[{"kind":"patch","summary":"run `echo ended > a.txt`","exit_code":0,"duration_ms":90}],"steps_omitted":0,"files":[{"path":"a.txt","change":"created","after_sha256":"9081810b8d94dca4d2bdf6660d1e9415605872a3c11d37293925fa51e6036824","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/a.txt b/a.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+ended\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","process_data_bytes=2147483648","temporary_bytes=268435456"]},"undo":{"possible":false,"reason":"this version of Patch Ferry cannot undo yet"}}',X'7b226964223a2022656e646564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f20656e646564203e20612e747874227d');
INSERT INTO patch VALUES('failed',2,'submit','submit','default','61810d2a3f379e1bff7228a29147229cd8f792fcda92e6b6ff5126d0e2b8562e','failed','exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',1,1796022051344270,1796022051466000,1796022051353550,1796022051401695,'{"summary":"Failed at step 1 of 1. Everything was rolled back; the workspace is as it was.","outcome":"failed","reason":"exit_code: run `echo half > b.txt; exit 3` ended with exit code 3","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:51.408182432Z","finished_at":"2026-11-30T07:00:51.464342817Z","steps":[{"kind":"patch","summary":"run `echo half > b.txt; exit 3`","exit_code":3,"duration_ms":51}],"steps_omitted":0,"files":[],"files_omitted":0,"diff":"","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","process_data_bytes=2147483648","temporary_bytes=268435456"]},"undo":{"possible":false,"reason":"this version of Patch Ferry cannot undo yet"}}',X'7b226964223a20226661696c6564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f2068616c66203e20622e7478743b20657869742033227d');
INSERT INTO patch VALUES('running',3,'submit','submit','default','21e11fd9057d66e2fb755a7560e1272ec4d4ef51d1074d775591b8a8c12204cf','running','it is being executed',1,1796022051538084,1796022051587000,1796022051545476,1796022051585150,NULL,X'7b226964223a202272756e6e696e67222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a2022736c656570203132303b206563686f206c617465203e20662e747874227d');
INSERT INTO patch VALUES('queued',4,'submit','submit','default','5db015f866724054caacfce0731efcdb071d6ca48bbfdbbbda317a2301b0a161','queued','it waits for its turn in the workspace',1,1796022051603670,1796022051666000,1796022051626688,1796022051695709,NULL,X'7b226964223a2022717565756564222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f20717565756564203e20672e747874227d');
INSERT INTO patch VALUES('waiting',5,'submit','submit','default','f01a15eeb15101eb5ecdef68bb039470820177bfaad643d391e7e73e399394e9','accepted','stored; waits to be forwarded to the runner',0,1796022051769997,1796022051769997,NULL,NULL,NULL,X'7b226964223a202277616974696e67222c2022726f6c65223a2022636f6d6d616e645f7061746368222c20227461726765745f66696c65223a2022612e747874222c20227061746368223a20226563686f2077616974696e67203e20682e747874227d');
CREATE TABLE history (
    patch_id TEXT    NOT NULL REFERENCES patch (id),
    position INTEGER NOT NULL,
    status   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO history VALUES('ended',1,'accepted',1796022050394635,'stored; waits to be forwarded to the runner');
INSERT INTO history VALUES('ended',2,'queued',1796022050735000,'it waits for its turn in the workspace');
INSERT INTO history VALUES('ended',3,'running',1796022050766000,'it is being executed');
INSERT INTO history VALUES('ended',4,'succeeded',1796022051093000,'every step ended well');
INSERT INTO history VALUES('failed',1,'accepted',1796022051344270,'stored; waits to be forwarded to the runner');
INSERT INTO history VALUES('failed',2,'queued',1796022051382000,'it waits for its turn in the workspace');
INSERT INTO history VALUES('failed',3,'running',1796022051392000,'it is being executed');
INSERT INTO history VALUES('failed',4,'failed',1796022051466000,'exit_code: run `echo half > b.txt; exit 3` ended with exit code 3');
INSERT INTO history VALUES('queued',1,'accepted',1796022051603670,'stored; waits to be forwarded to the runner');
INSERT INTO history VALUES('queued',2,'queued',1796022051666000,'it waits for its turn in the workspace');
INSERT INTO history VALUES('running',1,'accepted',1796022051538084,'stored; waits to be forwarded to the runner');
INSERT INTO history VALUES('running',2,'queued',1796022051573000,'it waits for its turn in the workspace');
INSERT INTO history VALUES('running',3,'running',1796022051587000,'it is being executed');
INSERT INTO history VALUES('waiting',1,'accepted',1796022051769997,'stored; waits to be forwarded to the runner');
CREATE TABLE outbox (
    seq             INTEGER NOT NULL PRIMARY KEY,
    patch_id        TEXT    NOT NULL UNIQUE REFERENCES patch (id),
    workspace       TEXT    NOT NULL,
    enqueued_at     INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    failures        INTEGER NOT NULL
) STRICT;
INSERT INTO outbox VALUES(5,'waiting','default',1796022051769997,1796022053259792,1);
CREATE TABLE delivery_attempt (
    patch_id    TEXT    NOT NULL REFERENCES patch (id),
    position    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    outcome     TEXT    NOT NULL,
    http_status INTEGER,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (patch_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_attempt VALUES('ended',1,1796022050450680,'delivered',202,663);
INSERT INTO delivery_attempt VALUES('failed',1,1796022051350929,'delivered',202,64);
INSERT INTO delivery_attempt VALUES('queued',1,1796022051615776,'delivered',202,99);
INSERT INTO delivery_attempt VALUES('running',1,1796022051544875,'delivered',202,50);
INSERT INTO delivery_attempt VALUES('waiting',1,1796022051774478,'failed: no connection to the runner',NULL,451);
CREATE TABLE journal_cursor (
    journal TEXT NOT NULL PRIMARY KEY,
    cursor  TEXT NOT NULL
) STRICT;
INSERT INTO journal_cursor VALUES('runner','9-12e85e9f5c570c34');
CREATE TABLE write_probe (at INTEGER NOT NULL) STRICT;
INSERT INTO write_probe VALUES(1796022050230);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX patch_by_status ON patch (status, seq);
CREATE INDEX patch_by_workspace ON patch (workspace, seq);
CREATE INDEX patch_by_principal ON patch (principal, seq);
CREATE INDEX outbox_lane ON outbox (workspace, seq);
COMMIT;
