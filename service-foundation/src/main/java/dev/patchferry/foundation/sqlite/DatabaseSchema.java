package dev.patchferry.foundation.sqlite;

import java.util.Optional;

/**
 * What a database holds, as this build knows it.
 *
 * @param migrations a Flyway location, for example {@code classpath:db/journal}
 * @param oldestBuild builds whose newest migration is this one, or a later one, work with the newest schema here too: every
 *     migration after it only adds. Raised by a migration that takes something away
 * @param progress a query for a number that never goes down and that every change which must not be lost raises; with it, a
 *     mark beside the file tells whether the file was emptied, deleted or exchanged. The schema then has {@code
 *     store_identity(id)} with one row
 */
public record DatabaseSchema(String migrations, int oldestBuild, Optional<String> progress) {
    /** One that no other build works with, and of whose loss nobody is told. */
    public static DatabaseSchema of(String migrations) {
        return new DatabaseSchema(migrations, Integer.MAX_VALUE, Optional.empty());
    }
}
