package dev.patchferry.webhook.store;

import dev.patchferry.foundation.sqlite.CachedStatement;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code signed_message}. Every method works within its caller's transaction. */
final class MessageTable {
    private static final CachedStatement REMEMBER = new CachedStatement("""
        INSERT INTO signed_message (id, body_sha256, received_at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING
        """);

    private static final CachedStatement OTHER =
            new CachedStatement("SELECT 1 FROM signed_message WHERE id = ?1 AND body_sha256 <> ?2");

    private MessageTable() {}

    /** Whether the id was used for another body. */
    static boolean isTaken(Handle handle, SignedMessage message) {
        return OTHER.number(handle, message.id(), message.body().hex()).isPresent();
    }

    static void remember(Handle handle, Optional<SignedMessage> message, Instant now) {
        message.ifPresent(one -> REMEMBER.run(handle, one.id(), one.body().hex(), Micros.of(now)));
    }

    /** Forgets those that came before this time, so many at most; how many it were. */
    static int forget(Handle handle, Instant before, int most) {
        return handle.execute(
                "DELETE FROM signed_message WHERE id IN (SELECT id FROM signed_message WHERE received_at < ? LIMIT ?)",
                Micros.of(before),
                most);
    }
}
