-- Which store this is: told from every other one by a mark beside the file (ferry.mark), so that a file that was exchanged,
-- emptied or deleted is not taken for the one that was there before.
CREATE TABLE store_identity (id TEXT NOT NULL) STRICT;
INSERT INTO store_identity VALUES (lower(hex(randomblob(16))));
