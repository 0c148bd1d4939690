package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The owner's application has a file open for writing that a patch changes; both services are real, and so is it. */
@Tag("system")
class OpenFilesOfAnApplicationTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SOMEBODY = 31_337;
    private static final List<String> AS_SOMEBODY =
            List.of("setpriv", "--reuid=" + SOMEBODY, "--regid=" + SOMEBODY, "--clear-groups");
    /** Says when the file is open, and writes another line once it is told to. */
    private static final String APPLICATION =
            "exec 3>>\"$1\"; echo open; while [ ! -e \"$2\" ]; do sleep 0.05; done; echo accepted >&3; echo written";

    @Test
    void aPatchEndsInAConflictThatNamesFileAndProcess() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand up = pair.up()) {
            conflicts(pair, "a", List.of(), "pid PID (sh)");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void soItDoesUnderARunnerWithoutPrivilegeThatMayNotSeeEveryProcess() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to become somebody else");
        try (RunningPair pair = RunningPair.of(SOMEBODY);
                RunningCommand up = pair.up()) {
            conflicts(pair, "own", AS_SOMEBODY, "pid PID (sh)");
            conflicts(pair, "others", List.of(), "a process that the runner cannot see");
            assertThat(up.isAlive()).isTrue();
        }
    }

    /** With a file of its own for each name. */
    private static void conflicts(RunningPair pair, String name, List<String> as, String by) throws Exception {
        String file = name + "/app.db";
        succeeds(pair, name + "-before", "mkdir " + name + "; echo rows > " + file + "; echo o > other.txt");
        Path go = pair.workspace().resolveSibling("go-" + name);
        List<String> line = new ArrayList<>(as);
        line.addAll(List.of("sh", "-c", APPLICATION, "app", pair.file(file).toString(), go.toString()));
        try (RunningCommand application = new Command(line, Environment.plain(), Path.of("/")).start()) {
            application.awaitSaying("open", SOON);

            JsonNode patch = pair.sender().sendShell(name, "echo patched > " + file + "; echo x > other.txt");

            assertThat(patch.path("status").asText()).as(patch.toString()).isEqualTo("failed");
            assertThat(patch.path("reason").asText())
                    .startsWith("conflict: " + file + ": is open for writing by "
                            + by.replace("PID", Long.toString(application.pid())))
                    // of which it may have started another one
                    .contains("which would go on writing");
            Files.createFile(go);
            application.awaitSaying("written", SOON);
        }
        assertThat(pair.file(file)).hasContent("rows\naccepted");
        assertThat(pair.file("other.txt")).hasContent("o");
        succeeds(pair, name + "-again", "echo patched > " + file);
        assertThat(pair.file(file)).hasContent("patched");
    }

    private static void succeeds(RunningPair pair, String id, String command) throws Exception {
        JsonNode patch = pair.sender().sendShell(id, command);
        assertThat(patch.path("status").asText()).as(patch.toString()).isEqualTo("succeeded");
    }
}
