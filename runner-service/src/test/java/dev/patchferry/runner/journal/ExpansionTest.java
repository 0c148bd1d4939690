package dev.patchferry.runner.journal;

import dev.patchferry.testing.ExpansionContract;

class ExpansionTest extends ExpansionContract {
    ExpansionTest() {
        super(Journal.SCHEMA);
    }
}
