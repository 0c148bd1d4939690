package dev.patchferry.webhook.store;

import dev.patchferry.testing.ExpansionContract;

class ExpansionTest extends ExpansionContract {
    ExpansionTest() {
        super(SqlitePatchStore.SCHEMA);
    }
}
