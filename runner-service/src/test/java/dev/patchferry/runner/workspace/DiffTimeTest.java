package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.RenderedDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the diff of a huge change takes, at most. */
class DiffTimeTest {
    private static final int FILES = 300;
    private static final int LINES = 4_999;

    @TempDir
    Path folder;

    private OverlayTransaction transaction;

    @BeforeEach
    void changeManyLargeFiles() throws IOException {
        TemporaryWorkspace workspace = TemporaryWorkspace.in(folder);
        Random random = new Random(1);
        for (int i = 0; i < FILES; i++) {
            workspace.file("f" + i, shuffled(random));
        }
        transaction = workspace.begin();
        for (int i = 0; i < FILES; i++) {
            Files.writeString(transaction.upper().resolve("f" + i), shuffled(random));
        }
    }

    @AfterEach
    void drop() {
        transaction.close();
    }

    @Test
    void Y16_theDiffOfAWholePatchIsBoundedInTime() throws IOException {
        ChangeSet changes = transaction.changes();
        long begun = System.nanoTime();

        RenderedDiff diff = transaction.diff(changes, Pace.start(() -> false), _ -> false);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
        assertThat(diff.hidden()).as("what is cut is listed").isNotEmpty().allSatisfy(file -> {
            assertThat(file.why()).isIn("cut", "time");
            assertThat(file.beforeSha256()).isPresent();
            assertThat(file.afterSha256()).isPresent();
        });
        assertThat(diff.incomplete()).isNotEmpty();
    }

    @Test
    void Y16_aCancelIsHeardWithinAFile() throws IOException {
        ChangeSet changes = transaction.changes();
        AtomicInteger asked = new AtomicInteger();
        long[] cancelledAt = new long[1];
        Pace pace = Pace.start(() -> {
            boolean cancelled = asked.incrementAndGet() > 2_000;
            cancelledAt[0] = cancelled && cancelledAt[0] == 0 ? System.nanoTime() : cancelledAt[0];
            return cancelled;
        });

        transaction.diff(changes, pace, _ -> false);

        assertThat(cancelledAt[0]).as("it is asked often enough").isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - cancelledAt[0])).isLessThan(Duration.ofSeconds(2));
    }

    private static String shuffled(Random random) {
        List<String> lines = new ArrayList<>(
                IntStream.range(0, LINES).mapToObj(String::valueOf).toList());
        Collections.shuffle(lines, random);
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }
}
