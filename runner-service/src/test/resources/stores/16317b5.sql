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
INSERT INTO flyway_schema_history VALUES(1,'1','journal','SQL','V1__journal.sql',1069647196,'','2026-11-30 07:00:33.862',13,1);
INSERT INTO flyway_schema_history VALUES(2,'2','origin','SQL','V2__origin.sql',1853322236,'','2026-11-30 07:00:33.898',1,1);
INSERT INTO flyway_schema_history VALUES(3,'3','retention','SQL','V3__retention.sql',-1405328080,'','2026-11-30 07:00:33.920',3,1);
INSERT INTO flyway_schema_history VALUES(4,'4','undo','SQL','V4__undo.sql',669567258,'','2026-11-30 07:00:33.934',1,1);
INSERT INTO flyway_schema_history VALUES(5,'5','approvals','SQL','V5__approvals.sql',296347381,'','2026-11-30 07:00:33.963',10,1);
INSERT INTO flyway_schema_history VALUES(6,'6','lanes','SQL','V6__lanes.sql',-795395319,'','2026-11-30 07:00:33.997',12,1);
CREATE TABLE patches (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    content_hash TEXT    NOT NULL,
    workspace    TEXT    NOT NULL,
    principal    TEXT    NOT NULL,
    attempt      INTEGER NOT NULL,
    status       TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    accepted_at  INTEGER NOT NULL,
    -- While a commit is under way: the receipt it will end with, and its list of changes.
    committing   TEXT
, dropped_at INTEGER, roles TEXT NOT NULL DEFAULT '', decide_by INTEGER, turn INTEGER) STRICT;
INSERT INTO patches VALUES(1,'ended','fb7eab1c318e9df6ba2b1ba4bc3b1714f2b5b94413c2b754e0194c23149e1798','default','submit',1,'succeeded','every step ended well',1796022036922,NULL,NULL,'submit',NULL,NULL);
INSERT INTO patches VALUES(2,'failed','61810d2a3f379e1bff7228a29147229cd8f792fcda92e6b6ff5126d0e2b8562e','default','submit',1,'failed','exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',1796022037647,NULL,NULL,'submit',NULL,NULL);
INSERT INTO patches VALUES(3,'undone','8de5bdbfae1f9db745fc55ab3f63b2de00bc997e245dc80c64c27b200f1bff6f','default','submit',1,'undone','undone: operator asked for it',1796022037797,NULL,NULL,'submit',NULL,NULL);
INSERT INTO patches VALUES(4,'proposed','e0dbe8059a95a91fc114c4930a4cc8eb42fd02d7faf323e16a7ffb5f2a607af9','default','submit',1,'proposed','proposed: its sender asked for somebody to look at it first; waits for an operator''s approval until 2026-12-01 07:00 UTC',1796022038147,NULL,NULL,'submit',1796108440170,NULL);
INSERT INTO patches VALUES(5,'held','59ef8d65ddcf5401a58ab3cab8cffb3467d342a91c72b425bd954f027a969449','default','submit',1,'held','held: somebody looks at it first (policy rule 1); waits for an operator''s approval until 2026-12-01 07:00 UTC',1796022040236,NULL,NULL,'submit',1796108440236,NULL);
INSERT INTO patches VALUES(6,'running','21e11fd9057d66e2fb755a7560e1272ec4d4ef51d1074d775591b8a8c12204cf','default','submit',1,'running','it is being executed',1796022040325,NULL,NULL,'submit',NULL,NULL);
INSERT INTO patches VALUES(7,'queued','5db015f866724054caacfce0731efcdb071d6ca48bbfdbbbda317a2301b0a161','default','submit',1,'queued','it waits for its turn in the workspace',1796022040378,NULL,NULL,'submit',NULL,NULL);
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
INSERT INTO events VALUES(1,'75fa0eaaac2d3e42',1,1,'queued','it waits for its turn in the workspace',1796022036932,NULL);
INSERT INTO events VALUES(2,'53b162a8b7a906e1',1,1,'running','it is being executed',1796022036961,NULL);
INSERT INTO events VALUES(3,'4f2e3c06a808545a',1,1,'succeeded','every step ended well',1796022037403,'{"summary":"Succeeded: 1 step of 1 done, 1 file changed.","outcome":"succeeded","reason":"every step ended well","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.017229678Z","finished_at":"2026-11-30T07:00:37.203388756Z","steps":[{"kind":"patch","summary":"run `echo ended > a.txt`","exit_code":0,"duration_ms":104}],"steps_omitted":0,"files":[{"path":"a.txt","change":"created","after_sha256":"9081810b8d94dca4d2bdf6660d1e9415605872a3c11d37293925fa51e6036824","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/a.txt b/a.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+ended\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":true,"reason":"POST /patches/{id}/undo takes it back while everything it changed is as it left it; what it replaced is kept for 14 days, as long as it is among the last 50 patches and 5 GiB of its workspace"}}');
INSERT INTO events VALUES(4,'190c2d4850d6d4cb',2,1,'queued','it waits for its turn in the workspace',1796022037648,NULL);
INSERT INTO events VALUES(5,'f2c9595d0faeaebe',2,1,'running','it is being executed',1796022037666,NULL);
INSERT INTO events VALUES(6,'9e873793c52b1246',2,1,'failed','exit_code: run `echo half > b.txt; exit 3` ended with exit code 3',1796022037705,'{"summary":"Failed at step 1 of 1. Everything was rolled back; the workspace is as it was.","outcome":"failed","reason":"exit_code: run `echo half > b.txt; exit 3` ended with exit code 3","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.673216268Z","finished_at":"2026-11-30T07:00:37.703379654Z","steps":[{"kind":"patch","summary":"run `echo half > b.txt; exit 3`","exit_code":3,"duration_ms":28}],"steps_omitted":0,"files":[],"files_omitted":0,"diff":"","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"]},"undo":{"possible":false,"reason":"nothing took effect"}}');
INSERT INTO events VALUES(7,'cc61dee92ed6779a',3,1,'queued','it waits for its turn in the workspace',1796022037798,NULL);
INSERT INTO events VALUES(8,'d94c21981b63cabf',3,1,'running','it is being executed',1796022037807,NULL);
INSERT INTO events VALUES(9,'9c2e611f320e5a9c',3,1,'succeeded','every step ended well',1796022037860,'{"summary":"Succeeded: 1 step of 1 done, 1 file changed.","outcome":"succeeded","reason":"every step ended well","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.824102564Z","finished_at":"2026-11-30T07:00:37.848863671Z","steps":[{"kind":"patch","summary":"run `echo undone > c.txt`","exit_code":0,"duration_ms":22}],"steps_omitted":0,"files":[{"path":"c.txt","change":"created","after_sha256":"c9286ce64890f0af80a419eb30f1002a502690109cf50eb71e0a62d26baa0804","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/c.txt b/c.txt\nnew file mode 100644\n--- /dev/null\n+++ b/c.txt\n@@ -0,0 +1,1 @@\n+undone\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":true,"reason":"POST /patches/{id}/undo takes it back while everything it changed is as it left it; what it replaced is kept for 14 days, as long as it is among the last 50 patches and 5 GiB of its workspace"}}');
INSERT INTO events VALUES(10,'6a4d90604ea5f3c5',3,1,'undone','undone: operator asked for it',1796022037996,'{"summary":"Undone: 1 file is as before the patch.","outcome":"undone","reason":"undone: operator asked for it","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:37.824102564Z","finished_at":"2026-11-30T07:00:37.980853282Z","steps":[{"kind":"patch","summary":"run `echo undone > c.txt`","exit_code":0,"duration_ms":22}],"steps_omitted":0,"files":[{"path":"c.txt","change":"deleted","before_sha256":"c9286ce64890f0af80a419eb30f1002a502690109cf50eb71e0a62d26baa0804"}],"files_omitted":0,"diff":"","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":true,"reason":"POST /patches/{id}/undo?redo=true brings it back while everything is as it was before it; what it replaced is kept for 14 days, as long as it is among the last 50 patches and 5 GiB of its workspace"}}');
INSERT INTO events VALUES(11,'c50b47a8f737fc25',4,1,'queued','it waits for its turn in the workspace',1796022038149,NULL);
INSERT INTO events VALUES(12,'18fe3675a2254308',4,1,'running','it is being executed',1796022038168,NULL);
INSERT INTO events VALUES(13,'f246b2dec2bd27fb',4,1,'proposed','proposed: its sender asked for somebody to look at it first; waits for an operator''s approval until 2026-12-01 07:00 UTC',1796022040172,'{"summary":"Proposed: 1 step of 1 done, 1 file would change once it is approved. Nothing was changed.","outcome":"proposed","reason":"proposed: its sender asked for somebody to look at it first; waits for an operator''s approval until 2026-12-01 07:00 UTC","format":"shell","detected_by":"role is command_patch","started_at":"2026-11-30T07:00:38.187772411Z","finished_at":"2026-11-30T07:00:40.170251501Z","steps":[{"kind":"patch","summary":"run `echo proposed > d.txt`","exit_code":0,"duration_ms":1958}],"steps_omitted":0,"files":[{"path":"d.txt","change":"created","after_sha256":"1a0ffc87d470dfcd37c98419a2da9b5979793be2ee5103613bdad8bf0db111c3","mode":"0644"}],"files_omitted":0,"diff":"diff --git a/d.txt b/d.txt\nnew file mode 100644\n--- /dev/null\n+++ b/d.txt\n@@ -0,0 +1,1 @@\n+proposed\n","diff_omitted":0,"log_tail":"","log_omitted":0,"ignored":[],"enforced":{"sandbox":"full","transaction":"overlay","network":"none","limits":["step_seconds=120","build_seconds=900","patch_seconds=3600","output_bytes=67108864","file_bytes=268435456","memory_bytes=2147483648 (control group)","processes=512 (control group)","temporary_bytes=268435456","change_bytes=2147483648","change_files=200000","home_bytes=4294967296"],"policy":"allow: no rule of the policy is about it"},"undo":{"possible":false,"reason":"nothing took effect"}}');
INSERT INTO events VALUES(14,'5845a3c27e99b5b6',5,1,'held','held: somebody looks at it first (policy rule 1); waits for an operator''s approval until 2026-12-01 07:00 UTC',1796022040240,NULL);
INSERT INTO events VALUES(15,'9bbf6a7724733d02',6,1,'queued','it waits for its turn in the workspace',1796022040333,NULL);
INSERT INTO events VALUES(16,'edf9b9bb2c601835',6,1,'running','it is being executed',1796022040348,NULL);
INSERT INTO events VALUES(17,'4e99125ee8c0dad4',7,1,'queued','it waits for its turn in the workspace',1796022040379,NULL);
CREATE TABLE write_probe (at INTEGER NOT NULL) STRICT;
INSERT INTO write_probe VALUES(1796022036040);
CREATE TABLE origin (
    number INTEGER NOT NULL,
    nonce  TEXT    NOT NULL,
    -- By what the home that the journal lies in is told from a copy of it; unknown until the first start.
    home   TEXT
) STRICT;
INSERT INTO origin VALUES(0,'4907bb34b8960f11','2671593 2026-11-30T07:00:32.273426473Z');
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
INSERT INTO undos VALUES(1,3,3,'undone','operator','done','',1796022037954,NULL);
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
CREATE TABLE documents (
    seq  INTEGER NOT NULL PRIMARY KEY REFERENCES patches (seq),
    body TEXT    NOT NULL
) STRICT;
INSERT INTO documents VALUES(1,'{"id":"ended","role":"command_patch","target_file":"a.txt","patch":"echo ended > a.txt"}');
INSERT INTO documents VALUES(2,'{"id":"failed","role":"command_patch","target_file":"a.txt","patch":"echo half > b.txt; exit 3"}');
INSERT INTO documents VALUES(3,'{"id":"undone","role":"command_patch","target_file":"a.txt","patch":"echo undone > c.txt"}');
INSERT INTO documents VALUES(4,'{"id":"proposed","role":"command_patch","target_file":"a.txt","patch":"echo proposed > d.txt","propose":true}');
INSERT INTO documents VALUES(5,'{"id":"held","role":"command_patch","target_file":"a.txt","patch":"echo held > e.txt"}');
INSERT INTO documents VALUES(6,'{"id":"running","role":"command_patch","target_file":"a.txt","patch":"sleep 120; echo late > f.txt"}');
INSERT INTO documents VALUES(7,'{"id":"queued","role":"command_patch","target_file":"a.txt","patch":"echo queued > g.txt"}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('patches',7);
INSERT INTO sqlite_sequence VALUES('events',17);
INSERT INTO sqlite_sequence VALUES('undos',1);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX events_of_patch ON events (patch_seq, number);
CREATE INDEX patches_to_drop ON patches (accepted_at)
WHERE dropped_at IS NULL
  AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed', 'rejected',
                 'undeliverable', 'undone');
CREATE INDEX undos_of_patch ON undos (patch_seq, number);
CREATE INDEX patches_undecided ON patches (decide_by) WHERE decide_by IS NOT NULL;
CREATE INDEX decisions_of_patch ON decisions (patch_seq, number);
CREATE INDEX patches_waiting ON patches (workspace, coalesce(turn, seq), turn IS NOT NULL, seq)
WHERE status = 'queued';
CREATE INDEX patches_by_status ON patches (status);
CREATE INDEX patches_by_workspace ON patches (workspace);
CREATE INDEX undos_by_state ON undos (state);
CREATE INDEX decisions_by_state ON decisions (state);
COMMIT;
