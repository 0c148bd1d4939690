package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look through a workspace finds, and when it is made anew. */
class TreeSurveyTest {
    @TempDir
    Path folder;

    @Test
    void findsTheLargestFileAndTheOwnersButFollowsNoLink() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root/deep"));
        Files.write(root.resolve("a"), new byte[10]);
        Files.write(root.getParent().resolve("b"), new byte[7]);
        Files.write(folder.resolve("outside"), new byte[99]);
        Files.createSymbolicLink(root.resolve("link"), folder);

        TreeSurvey survey = TreeSurvey.of(root.getParent());

        assertThat(survey.largestFile()).isEqualTo(10);
        assertThat(survey.examples().keySet()).containsExactly(Owner.ofThisProcess());
        assertThat(survey.groups()).containsExactly(Owner.ofThisProcess().gid());
    }

    @Test
    void isMadeAnewAsideWhenItIsAMinuteOldOrForgotten() throws IOException {
        AtomicLong now = new AtomicLong();
        TreeSurveys surveys = new TreeSurveys(now::get);
        assertThat(surveys.of(folder).largestFile()).isZero();
        Files.write(folder.resolve("a"), new byte[5]);

        assertThat(surveys.of(folder).largestFile()).as("fresh").isZero();
        now.set(Duration.ofSeconds(61).toNanos());
        assertThat(surveys.of(folder).largestFile()).as("not waited for").isZero();
        await().until(() -> surveys.of(folder).largestFile() == 5);

        Files.write(folder.resolve("a"), new byte[6]);
        surveys.forget(folder);
        assertThat(surveys.of(folder).largestFile()).isEqualTo(6);
    }
}
