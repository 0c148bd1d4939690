package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What killed runners left is cleared when the next one starts. */
@Timeout(60)
class ControlGroupsTest {
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> made = new ArrayList<>();
    private List<Path> parents = List.of();

    @BeforeEach
    void findWhereGroupsAreMade() throws IOException {
        Optional<ControlGroups> groups = ControlGroups.find();
        assumeTrue(groups.isPresent(), "control groups cannot be had here");
        try (ControlGroup group = groups.get().make(Limits.DEFAULT)) {
            parents = group.folders().stream().map(Path::getParent).toList();
        }
    }

    @AfterEach
    void tearDown() throws IOException {
        for (Process process : processes) {
            process.destroyForcibly().onExit().join();
        }
        for (Path left : made) {
            Files.deleteIfExists(left);
        }
    }

    @Test
    void groupsOfAKilledRunnerGoWithWhatStillRunsInThem() throws IOException {
        String killed = "patch-ferry-" + markOfAKilledProcess();
        Process forgotten = sleep();
        for (Path parent : parents) {
            Path used = make(parent, killed + "-1");
            make(parent, killed + "-2");
            Files.writeString(used.resolve("cgroup.procs"), String.valueOf(forgotten.pid()));
        }

        assertThat(ControlGroups.find()).isPresent();

        assertThat(forgotten.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(made).noneMatch(Files::exists);
    }

    @Test
    void groupsOfALivingRunnerStayAndOtherNamesAreLeftAlone() throws IOException {
        String living = "patch-ferry-" + ControlGroups.mark(sleep().toHandle()) + "-1";
        for (Path parent : parents) {
            make(parent, living);
            make(parent, "patch-ferry-of-somebody");
        }

        assertThat(ControlGroups.find()).isPresent();

        assertThat(made).allMatch(Files::exists);
    }

    private Path make(Path parent, String name) throws IOException {
        Path group = Files.createDirectory(parent.resolve(name));
        made.add(group);
        return group;
    }

    private String markOfAKilledProcess() throws IOException {
        Process process = sleep();
        String mark = ControlGroups.mark(process.toHandle());
        process.destroyForcibly().onExit().join();
        return mark;
    }

    private Process sleep() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        processes.add(process);
        return process;
    }
}
