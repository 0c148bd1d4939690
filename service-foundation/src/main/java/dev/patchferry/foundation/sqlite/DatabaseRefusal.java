package dev.patchferry.foundation.sqlite;

import dev.patchferry.foundation.settings.StartRefusal;
import java.nio.file.Path;

/**
 * Why a service does not start, or ends, because of its database: one line that names the file, what is wrong with it and
 * where to read what to do.
 */
final class DatabaseRefusal {
    private static final String DAMAGED = "A damaged or exchanged database";
    private static final String UPGRADE = "Upgrade and downgrade";

    private DatabaseRefusal() {}

    static StartRefusal newer(Path file, int schema, int known) {
        return refusal(
                file,
                "has schema version " + schema + ", and this build knows versions up to " + known
                        + "; start the build that wrote it, or put back the copy from before its upgrade",
                UPGRADE);
    }

    static StartRefusal noExec(Path folder) {
        return new StartRefusal(
                "The database's driver loads its library from " + folder + ", and that file system is mounted noexec;"
                        + " mount it with exec, or set FERRY_HOME to a folder elsewhere (docs/operations.md, \"Folders\").");
    }

    static StartRefusal noRoomForCopy(Path file, long needed, long free) {
        return refusal(
                file,
                "is copied before its schema is upgraded, which takes %d MiB, and %d MiB are free; make room"
                        .formatted(mebibytes(needed), mebibytes(free)),
                UPGRADE);
    }

    static StartRefusal damaged(Path file, String damage) {
        return refusal(file, damaged(damage) + "; nothing was changed", DAMAGED);
    }

    static StartRefusal noFile(Path file, Path part) {
        return refusal(
                file,
                "cannot be opened: " + part + " is a folder, a pipe or a link to nothing; move that away",
                DAMAGED);
    }

    static String damaged(String damage) {
        return "is damaged: " + damage.replaceAll("\\s+", " ").strip();
    }

    static StartRefusal exchanged(Path file, String what) {
        return refusal(
                file,
                what + "; put the right file back, or start with --restored to go on without what is lost",
                DAMAGED);
    }

    static String sentence(Path file, String what, String chapter) {
        return "The database " + file + " " + what + " (docs/operations.md, \"" + chapter + "\").";
    }

    static String sentence(Path file, String what) {
        return sentence(file, what, DAMAGED);
    }

    private static StartRefusal refusal(Path file, String what, String chapter) {
        return new StartRefusal(sentence(file, what, chapter));
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
