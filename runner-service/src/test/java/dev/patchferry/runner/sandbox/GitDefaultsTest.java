package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.process.Exit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What git takes in a command where nobody has said anything else. */
@Timeout(60)
class GitDefaultsTest {
    private static final String REPOSITORY = "git init -q . && echo a > a && git add a && ";

    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void aCommitHasAnIdentity() throws IOException {
        CommandResult.Ran ran = bench.run(REPOSITORY + "git commit -qm a && git log -1 --format='%an <%ae> %cn <%ce>'");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output())
                .isEqualTo("Patch Ferry <patch-ferry@localhost> Patch Ferry <patch-ferry@localhost>\n");
    }

    @Test
    void theRepositorysOwnIdentityIsTaken() throws IOException {
        bench.run(REPOSITORY + "git config user.name Owner && git config user.email o@example.org"
                + " && git commit -qm a && git log -1 --format='%an <%ae> %cn <%ce>'");

        assertThat(bench.output()).isEqualTo("Owner <o@example.org> Owner <o@example.org>\n");
    }

    @Test
    void aCommitPacksNothingInTheBackground() throws IOException {
        bench.run("git config --get gc.auto; git config --get gc.autoDetach; git config --get maintenance.auto");

        assertThat(bench.output()).isEqualTo("0\nfalse\nfalse\n");
    }

    @Test
    void aRepositoryThatAsksForPackingGetsIt() throws IOException {
        bench.run("git init -q . && git config gc.auto 7 && git config --get gc.auto");

        assertThat(bench.output()).isEqualTo("7\n");
    }
}
