package dev.patchferry.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What ends a start with one line, and what is a fault of the service. */
class ServiceMainTest {
    @Test
    void aFolderThatCannotBeUsedIsNamedInOneLine() {
        assertThat(ServiceMain.refusal(caused(new FileSystemException("/h/runner", null, "Read-only file system"))))
                .hasValue("The service cannot use /h/runner: Read-only file system (docs/operations.md, \"Folders\").");
        assertThat(ServiceMain.refusal(caused(new FileAlreadyExistsException("/h/runner"))))
                .hasValueSatisfying(line -> assertThat(line).contains("/h/runner: it is no folder"));
        assertThat(ServiceMain.refusal(caused(new NoSuchFileException("/proc/x"))))
                .hasValueSatisfying(line -> assertThat(line).contains("/proc/x: it is not there and cannot be made"));
        assertThat(ServiceMain.refusal(caused(new AccessDeniedException("/h"))))
                .hasValueSatisfying(line -> assertThat(line).contains("/h: this user may not"));
    }

    @Test
    void aFullDiskMayHaveRoomAgainAtTheNextStart() {
        assertThat(ServiceMain.refusal(caused(new FileSystemException("/h", null, "No space left on device"))))
                .isEmpty();
    }

    @Test
    void otherTroubleIsAFaultOfTheService() {
        assertThat(ServiceMain.refusal(new IllegalStateException("broken"))).isEmpty();
    }

    private static Throwable caused(IOException cause) {
        return new IllegalStateException(new UncheckedIOException(cause));
    }
}
