package dev.patchferry.foundation.sqlite;

import io.quarkus.runtime.PreventFurtherStepsException;
import java.nio.file.Path;

/**
 * Why a service does not start, or ends, because of its database: one line that names the file, what is wrong with it and
 * where to read what to do. The exit code tells the launcher that another start would end the same way.
 */
final class DatabaseRefusal {
    /** EX_CONFIG of sysexits(3), as for a wrong setting: somebody has to do something first. */
    static final int EXIT_CODE = 78;

    private static final String DAMAGED = "A damaged or exchanged database";
    private static final String UPGRADE = "Upgrade and downgrade";

    private DatabaseRefusal() {}

    static PreventFurtherStepsException newer(Path file, int schema, int known) {
        return refusal(
                file,
                "has schema version " + schema + ", and this build knows versions up to " + known
                        + "; start the build that wrote it, or put back the copy from before its upgrade",
                UPGRADE);
    }

    static PreventFurtherStepsException noExec(Path folder) {
        return new PreventFurtherStepsException(
                "The database's driver loads its library from " + folder + ", and that file system is mounted noexec;"
                        + " mount it with exec, or set FERRY_HOME to a folder elsewhere (docs/operations.md, \"Folders\").",
                EXIT_CODE);
    }

    static PreventFurtherStepsException noRoomForCopy(Path file, long needed, long free) {
        return refusal(
                file,
                "is copied before its schema is upgraded, which takes %d MiB, and %d MiB are free; make room"
                        .formatted(mebibytes(needed), mebibytes(free)),
                UPGRADE);
    }

    static PreventFurtherStepsException damaged(Path file, String damage) {
        return refusal(file, damaged(damage) + "; nothing was changed", DAMAGED);
    }

    static String damaged(String damage) {
        return "is damaged: " + damage.replaceAll("\\s+", " ").strip();
    }

    static PreventFurtherStepsException exchanged(Path file, String what) {
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

    private static PreventFurtherStepsException refusal(Path file, String what, String chapter) {
        return new PreventFurtherStepsException(sentence(file, what, chapter), EXIT_CODE);
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
