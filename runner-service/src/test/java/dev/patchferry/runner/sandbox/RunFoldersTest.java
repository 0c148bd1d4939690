package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.OutputPipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
    @TempDir
    Path scratch;

    @TempDir
    Path logs;

    @Test
    void aCleanFolderServesAgainAndHasNothingOfTheCommandBefore() throws IOException {
        try (RunFolders folders = new RunFolders(scratch)) {
            RunFolder first = folders.take();
            first.options(List.of("--setenv", "TOKEN", "secret"));
            first.task("echo secret", List.of());
            end(first, "workspace\n", false);
            folders.giveBack(first);

            RunFolder second = folders.take();

            assertThat(second).isSameAs(first);
            try (Stream<Path> files = Files.list(second.folder()).filter(Files::isRegularFile)) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(file).isEmptyFile());
            }
            folders.giveBack(second);
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void oneWhosePipeOrWorkspaceSomebodyMayStillHoldIsDeleted() throws IOException {
        try (RunFolders folders = new RunFolders(scratch)) {
            RunFolder pipeHeld = folders.take();
            end(pipeHeld, "workspace\n", true);
            folders.giveBack(pipeHeld);
            RunFolder workspaceHeld = folders.take();
            end(workspaceHeld, "home\n", false);
            folders.giveBack(workspaceHeld);
            RunFolder neverUsed = folders.take();
            folders.giveBack(neverUsed);

            assertThat(scratch).isEmptyDirectory();
        }
    }

    @Test
    void whoKeptAnEndOfThePipeHasNothingOfTheNextCommand() throws IOException {
        try (RunFolders folders = new RunFolders(scratch)) {
            RunFolder first = folders.take();
            Path pipe = first.folder().resolve("pipe");
            OutputStream writer = Files.newOutputStream(pipe);
            try (InputStream kept = Files.newInputStream(pipe)) {
                writer.close();
                end(first, "workspace\n", false);
                folders.giveBack(first);

                RunFolder second = folders.take();
                try (OutputStream next = Files.newOutputStream(pipe)) {
                    next.write("of somebody else".getBytes(StandardCharsets.UTF_8));
                }

                assertThat(second).isSameAs(first);
                assertThat(kept.readAllBytes()).isEmpty();
                folders.giveBack(second);
            }
        }
    }

    private void end(RunFolder run, String sealed, boolean isPipeHeld) throws IOException {
        Path log = logs.resolve("log");
        OutputStream writer = Files.newOutputStream(run.folder().resolve("pipe"));
        OutputPipe.Copied copied;
        try {
            OutputPipe.Copy copy = run.copyOutput(log, 100);
            if (!isPipeHeld) {
                writer.close();
            }
            copied = copy.finish();
        } finally {
            writer.close();
        }
        Files.writeString(run.folder().resolve("report"), "begun\n0\n");
        Files.writeString(run.folder().resolve("sealed"), sealed);
        run.readSealed();
        run.result(new Exit.Ended(0), copied, log, 0, SandboxBench.SMALL);
    }
}
