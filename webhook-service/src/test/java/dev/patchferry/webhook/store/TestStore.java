package dev.patchferry.webhook.store;

import dev.patchferry.foundation.files.DiskSpaceGuard;
import java.nio.file.Path;
import java.time.Clock;

/** A store of a test's own, for tests of other features that hold the clock in their hands. */
public final class TestStore {
    private TestStore() {}

    public static PatchStore in(Path folder, Clock clock) {
        return SqlitePatchStore.open(
                folder.resolve("ferry.db"), 256, false, DiskSpaceGuard.NONE, clock, new StoreEvents());
    }
}
