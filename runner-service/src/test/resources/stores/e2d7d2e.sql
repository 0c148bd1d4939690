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
INSERT INTO flyway_schema_history VALUES(1,'1','journal','SQL','V1__journal.sql',1069647196,'','2026-11-30 07:00:46.208',39,1);
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
INSERT INTO patches VALUES(1,'ended','fb7eab1c318e9df6ba2b1ba4bc3b1714f2b5b94413c2b754e0194c23149e1798','default','submit','{"id":"ended","role":"command_patch","target_file":"a.txt","patch":"echo ended > a.txt"}',1,'succeeded','every step ended well',1796022050728,NULL);
INSERT INTO patches VALUES(2,'failed','61810d2a3f379e1bff7228a29147229cd8f792fcda92e6b6ff5126d0e2b8562e','default','submit','{"id":"failed","role":"command_patch","target_file":"a.txt","patch":"echo half > b.txt; exit 3"}',1,'failed','exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',1796022051380,NULL);
INSERT INTO patches VALUES(3,'running','21e11fd9057d66e2fb755a7560e1272ec4d4ef51d1074d775591b8a8c12204cf','default','submit','{"id":"running","role":"command_patch","target_file":"a.txt","patch":"sleep 120; echo late > f.txt"}',1,'running','it is being executed',1796022051572,NULL);
INSERT INTO patches VALUES(4,'queued','5db015f866724054caacfce0731efcdb071d6ca48bbfdbbbda317a2301b0a161','default','submit','{"id":"queued","role":"command_patch","target_file":"a.txt","patch":"echo queued > g.txt"}',1,'queued','it waits for its turn in the workspace',1796022051656,NULL);
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
INSERT INTO events VALUES(1,'06a02b7644afae65',1,1,'queued','it waits for its turn in the workspace',1796022050735,NULL);
INSERT INTO events VALUES(2,'74e0e24902bcb55e',1,1,'running','it is being executed',1796022050766,NULL);
INSERT INTO events VALUES(3,'d5ca27ddca370498',1,1,'succeeded','every step ended well',1796022051093,'{"summary":"Succeeded: 1 step of 1 done, 1 file changed.","outcome":"succeeded","reason":"every step ended well","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:50.788277308Z","finished_at":"2026-11-30T07:00:50.962468970Z","steps":[{"kind":"patch","summary":"run `echo ended > a.txt`","exit_code":0,"duration_ms":90}],"steps_omitted":0,"files":[{"path":"a.txt","change":"created","after_sha256":"9081810b8d94dca4d2bdf6660d1e9415605872a3c11d37293925fa51e6036824","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/a.txt b/a.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+ended\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","process_data_bytes=2147483648","temporary_bytes=268435456"]},"undo":{"possible":false,"reason":"this version of Patch Ferry cannot undo yet"}}');
INSERT INTO events VALUES(4,'d4aa756feefa5b9d',2,1,'queued','it waits for its turn in the workspace',1796022051382,NULL);
INSERT INTO events VALUES(5,'6c3dc79dd9e6febe',2,1,'running','it is being executed',1796022051392,NULL);
INSERT INTO events VALUES(6,'cb5d707fcfb6a366',2,1,'failed','exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',1796022051466,'{"summary":"Failed at step 1 of 1. Everything was rolled back; the workspace is as it was.","outcome":"failed","reason":"exit_code: run `echo half > b.txt; exit 3` ended with exit code 3","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:51.408182432Z","finished_at":"2026-11-30T07:00:51.464342817Z","steps":[{"kind":"patch","summary":"run `echo half > b.txt; exit 3`","exit_code":3,"duration_ms":51}],"steps_omitted":0,"files":[],"files_omitted":0,"diff":"","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","process_data_bytes=2147483648","temporary_bytes=268435456"]},"undo":{"possible":false,"reason":"this version of Patch Ferry cannot undo yet"}}');
INSERT INTO events VALUES(7,'7ca35520bd003b6a',3,1,'queued','it waits for its turn in the workspace',1796022051573,NULL);
INSERT INTO events VALUES(8,'62db6397080a0f20',3,1,'running','it is being executed',1796022051587,NULL);
INSERT INTO events VALUES(9,'12e85e9f5c570c34',4,1,'queued','it waits for its turn in the workspace',1796022051666,NULL);
CREATE TABLE write_probe (at INTEGER NOT NULL) STRICT;
INSERT INTO write_probe VALUES(1796022049292);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('patches',4);
INSERT INTO sqlite_sequence VALUES('events',9);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX patches_waiting ON patches (workspace, seq) WHERE status = 'queued';
CREATE INDEX patches_by_status ON patches (status, seq);
CREATE INDEX patches_by_workspace ON patches (workspace, seq);
CREATE INDEX events_of_patch ON events (patch_seq, number);
COMMIT;
