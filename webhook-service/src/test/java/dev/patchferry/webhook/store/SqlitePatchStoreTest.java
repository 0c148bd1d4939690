package dev.patchferry.webhook.store;

import static dev.patchferry.webhook.Samples.patch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchferry.contract.PatchId;
import dev.patchferry.foundation.files.DiskSpace;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlitePatchStoreTest extends PatchStoreContract {
    @TempDir
    Path home;

    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);

    @Override
    PatchStore open(StoreEvents storeEvents) {
        return SqlitePatchStore.open(
                home.resolve("ferry.db"),
                256,
                false,
                new DiskSpaceGuard(() -> new DiskSpace.Room(free.get(), 1_000), 1_000),
                clock,
                storeEvents);
    }

    @Test
    void saysThatItCannotBeWrittenAndCanAfterwards() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ferry.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertThatExceptionOfType(JdbiException.class).isThrownBy(() -> store.accept(patch("secret-content")));
            assertThatExceptionOfType(JdbiException.class).isThrownBy(store::checkWritable);

            statement.execute("ROLLBACK");
        }

        store.checkWritable();
        assertThat(store.accept(patch("a"))).isInstanceOf(Acceptance.Stored.class);
    }

    @Test
    void S9_acceptsNothingNewWhenTheDiskIsNearlyFullAndGoesOnWithWhatItHas() {
        store.accept(patch("early"));
        free.set(999);

        assertThat(store.accept(patch("late"))).isInstanceOf(Acceptance.NoRoom.class);
        assertThat(store.accept(patch("early"))).isInstanceOf(Acceptance.Duplicate.class);
        assertThat(store.shortage())
                .hasValueSatisfying(reason -> assertThat(reason).contains("disk"));
        assertThat(store.find(new PatchId("late"))).isEmpty();
        assertThat(store.cancelUnsent(new PatchId("early"), "no longer wanted")).isTrue();

        free.set(1_000);
        assertThat(store.accept(patch("late"))).isInstanceOf(Acceptance.Stored.class);
    }

    @Test
    void neverPutsWhatPeopleSentIntoAMessage() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ferry.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertThatExceptionOfType(JdbiException.class)
                    .isThrownBy(() -> store.accept(patch("secret-content")))
                    .withMessageNotContaining("secret-content");
        }
    }
}
