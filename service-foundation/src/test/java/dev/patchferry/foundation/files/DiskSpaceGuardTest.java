package dev.patchferry.foundation.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceGuardTest {
    private static final long MIB = 1 << 20;

    @Test
    void S9_whereBytesAreLeftAndInodesAreNotNothingNewBegins() {
        assertThat(floor(10 * MIB, 999).shortage())
                .hasValueSatisfying(why -> assertThat(why).contains("only 999 more files fit", "inodes"));
        assertThat(floor(10 * MIB, 1_000).shortage()).isEmpty();
    }

    @Test
    void whereBytesAreMissingItSaysHowManyAreLeft() {
        assertThat(floor(3 * MIB, 1_000).shortage())
                .hasValueSatisfying(why -> assertThat(why).contains("only 3 MiB are left", "the last 4 MiB"));
    }

    @Test
    void aFileSystemSaysHowManyFilesItTakes(@TempDir Path folder) throws IOException {
        assertThat(FileSystemCounts.freeFiles(folder)).isPositive();
        assertThat(DiskSpace.around(folder).get().bytes()).isPositive();
    }

    @Test
    void aFullDiskIsToldFromOtherTrouble() {
        assertThat(DiskFull.isCauseOf(new IllegalStateException(new SQLException("full", "", 13))))
                .isTrue();
        assertThat(DiskFull.isCauseOf(new FileSystemException("a", null, "No space left on device")))
                .isTrue();
        assertThat(DiskFull.isCauseOf(new IOException("Disk quota exceeded"))).isTrue();
        assertThat(DiskFull.isCauseOf(new SQLException("busy", "", 5))).isFalse();
        assertThat(DiskFull.isCauseOf(new IOException("permission denied"))).isFalse();
    }

    private static DiskSpaceGuard floor(long bytes, long files) {
        return new DiskSpaceGuard(() -> new DiskSpace.Room(bytes, files), 4 * MIB);
    }
}
