package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./ferry test} makes of what Maven leaves behind. */
@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class SuiteTest {
    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Launcher launcher;

    SuiteTest() throws IOException {
        ToolFolder tools = ToolFolder.without(fake.ferry().folder().resolve("tools"), "docker");
        launcher = fake.ferry().launcher().with("PATH", tools.path());
    }

    @Test
    void addsUpTheReportsOfThisRunOnly() throws Exception {
        mavenReports(5, 0, 1);
        Files.createDirectories(fake.root().resolve("old/target/surefire-reports"));
        Files.writeString(
                fake.root().resolve("old/target/surefire-reports/TEST-Old.xml"),
                "<testsuite tests=\"9\" failures=\"9\">");

        Command.Result suite = launcher.run("test", "--without", "unprivileged");

        assertThat(suite.exitCode()).isZero();
        assertThat(suite.out()).endsWith("\n28 passed, 0 failed, 7 skipped\n");
    }

    @Test
    void namesEveryGroupThatDidNotRunAndWhy() throws Exception {
        mavenReports(5, 0, 0);

        assertThat(launcher.run("test").out())
                .contains("unit         5 passed, 0 failed, 0 skipped")
                .contains("containers   did not run: there is no docker command")
                .contains("long         did not run: not asked for (--long)");
    }

    @Test
    void onCiAGroupThatDidNotRunIsAFailureUnlessItWasLeftOut() throws Exception {
        mavenReports(5, 0, 0);
        Launcher ci = launcher.with("CI", "true");

        assertThat(ci.run("test").exitCode()).isEqualTo(1);
        assertThat(ci.run("test", "--without", "containers").exitCode()).isZero();
    }

    @Test
    void whatBreaksBesideTheOthersIsAFailureToo() throws Exception {
        mavenReports(5, 0, 0);
        String reporting = Files.readString(fake.root().resolve("mvnw"));
        fake.mavenIs("#!/bin/sh\ncase \"$*\" in *FuzzTest*) exit 1 ;; esac\n" + reporting);

        Command.Result suite = launcher.run("test", "--without", "unprivileged");

        assertThat(suite.exitCode()).isEqualTo(1);
        assertThat(suite.out())
                .contains("fuzz         0 passed, 1 failed, 0 skipped")
                .contains("crash        5 passed, 0 failed, 0 skipped");
    }

    @Test
    void namesTheTestsThatFailed() throws Exception {
        mavenReports(5, 1, 0);

        Command.Result suite = launcher.run("test", "unit");

        assertThat(suite.exitCode()).isEqualTo(1);
        assertThat(suite.out()).contains("failed:  dev.SomeTest.breaks").endsWith("\n4 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void aBrokenBuildIsAFailureThoughNoTestFailed() throws Exception {
        fake.mavenIs("#!/bin/sh\necho '[ERROR] cannot find symbol'\nexit 1\n");

        Command.Result suite = launcher.run("test", "--without", "unprivileged");

        assertThat(suite.exitCode()).isEqualTo(1);
        assertThat(suite.out())
                .contains("unit         0 passed, 1 failed, 0 skipped")
                .contains("the build broke")
                .endsWith("\n0 passed, 7 failed, 0 skipped\n");
    }

    @Test
    void aGroupWithoutASingleTestIsAFailure() throws Exception {
        fake.mavenIs("#!/bin/sh\nexit 0\n");

        Command.Result suite = launcher.run("test", "unit");

        assertThat(suite.exitCode()).isEqualTo(1);
        assertThat(suite.out()).contains("not one test ran");
    }

    @Test
    void runsNothingForAGroupThatDoesNotExist() throws Exception {
        Command.Result suite = launcher.run("test", "everything");

        assertThat(suite.exitCode()).isEqualTo(64);
        assertThat(suite.err())
                .contains("there are: unit unprivileged fuzz access hostile-http system launcher crash containers");
        assertThat(fake.builds()).isZero();
    }

    @Test
    void theNumberOfKillsReachesTheCrashTests() throws Exception {
        mavenReports(1, 0, 0);

        assertThat(launcher.run("test", "crash", "--kills", "40").exitCode()).isZero();
        assertThat(fake.root().resolve("mvnw-calls"))
                .content()
                .contains("-Dsystem.groups=crash -Dsystem.excluded=long -Dferry.crash.kills=40");
    }

    @Test
    void aNamedGroupRunsWithItsOwnLongTests() throws Exception {
        mavenReports(1, 0, 0);

        assertThat(launcher.run("test", "crash", "--long").out()).doesNotContain("  long ");
        assertThat(fake.root().resolve("mvnw-calls"))
                .content()
                .contains("-Dsystem.groups=crash -Dsystem.excluded=none")
                .doesNotContain("kills");
    }

    @Test
    void theNumberOfSeedsReachesTheRoundTrips() throws Exception {
        mavenReports(1, 0, 0);

        assertThat(launcher.run("test", "roundtrip", "--seeds", "7").exitCode()).isZero();
        assertThat(fake.root().resolve("mvnw-calls"))
                .content()
                .contains("-Dtest=RoundTripTest,DamagedRoundTripTest,HostileJsonTest,CommandFormsTest"
                        + " -Dferry.roundtrip.seeds=7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unit", "unprivileged"})
    void attacksAreTriedTwoHundredTimesInALongRun(String group) throws Exception {
        assumeTrue(
                group.equals("unit") || System.getProperty("user.name").equals("root"),
                "not root: there is no such run");
        mavenReports(1, 0, 0);

        launcher.run("test", group);
        assertThat(fake.root().resolve("mvnw-calls")).content().doesNotContain("attack");

        launcher.run("test", group, "--long");
        assertThat(fake.root().resolve("mvnw-calls"))
                .content()
                .contains("-Dferry.attack.rounds=200 -Dferry.tree.depth=20000");
    }

    @Test
    void eachTargetIsFuzzedInAProcessOfItsOwn() throws Exception {
        mavenReports(1, 0, 0);

        assertThat(launcher.run("test", "fuzz", "--long").exitCode()).isZero();
        assertThat(fake.root().resolve("mvnw-calls"))
                .content()
                .contains("-Dtest=*FuzzTest#atLength -DforkCount=2 -DreuseForks=false");
    }

    @Test
    void theTestsOfExecutionRunOnceMoreAsAnotherUserThanRoot() throws Exception {
        mavenReports(1, 0, 0);

        Command.Result suite = launcher.with("CI", "true").run("test", "unprivileged");

        assertThat(suite.exitCode()).isZero();
        if (System.getProperty("user.name").equals("root")) {
            assertThat(fake.root().resolve("mvnw-calls"))
                    .content()
                    .contains("dev/patchferry/runner/sandbox/*Test,", "/launcher/unprivileged/bin/java");
        } else {
            assertThat(suite.out()).contains("the whole suite runs without privilege");
        }
    }

    @Test
    void killsAreCounted() throws Exception {
        assertThat(launcher.run("test", "crash", "--kills", "many").exitCode()).isEqualTo(64);
        assertThat(launcher.run("test", "crash", "--kills").exitCode()).isEqualTo(64);
        assertThat(fake.builds()).isZero();
    }

    @Test
    void theSettingsOfASystemInUseDoNotReachTheTests() throws Exception {
        fake.mavenIs("#!/bin/sh\nenv >seen\n");

        launcher.with("FERRY_SUBMIT_TOKEN", "in-use").run("test", "unit");

        assertThat(fake.root().resolve("seen")).content().doesNotContain("FERRY_");
    }

    private void mavenReports(int tests, int failures, int skipped) throws IOException {
        fake.mavenIs(fake.buildScript()
                + """
                module=runner-service
                case "$*" in
                  *'-pl system-tests '*) module=system-tests ;;
                  *'-pl patch-engine '*) module=patch-engine ;;
                esac
                mkdir -p $module/target/surefire-reports
                cat >$module/target/surefire-reports/TEST-dev.SomeTest.xml <<'END'
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="dev.SomeTest" time="1.5" tests="%d" errors="0" skipped="%d" failures="%d">
                  <testcase name="works" classname="dev.SomeTest" time="0.1"/>
                  <testcase name="breaks" classname="dev.SomeTest" time="0.1">
                %s
                  </testcase>
                </testsuite>
                END
                """.formatted(
                        tests, skipped, failures, failures > 0 ? "<failure message=\"no\">trace</failure>" : ""));
    }
}
