-- What whoever asked for an undo might do, as the webhook attested it with the request: policies ask for it.
ALTER TABLE undos ADD COLUMN roles TEXT NOT NULL DEFAULT '';
