CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE store_identity (id TEXT NOT NULL) STRICT;
INSERT INTO store_identity VALUES (lower(hex(randomblob(16))));
