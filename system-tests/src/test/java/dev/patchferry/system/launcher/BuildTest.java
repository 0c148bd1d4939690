package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Loopback;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class BuildTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    BuildTest() throws IOException {}

    @Test
    void aFreshBuildCallsNoMaven() throws Exception {
        upAndDown();
        fake.mavenIs("#!/bin/sh\nexit 1\n");

        upAndDown();

        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void aChangedSourceIsBuilt() throws Exception {
        upAndDown();
        Path source = fake.root().resolve("runner-service/src/main/java/Changed.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Changed {}");

        upAndDown();

        assertThat(fake.builds()).isEqualTo(2);
    }

    @Test
    void aSourceThatWasOnlyTouchedIsNotBuiltAgain() throws Exception {
        upAndDown();
        Path pom = fake.root().resolve("pom.xml");
        Files.write(pom, Files.readAllBytes(pom));

        upAndDown();

        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void aDamagedJarIsBuiltAgain() throws Exception {
        upAndDown();
        Files.writeString(
                fake.root().resolve("webhook-service/target/quarkus-app/quarkus-run.jar"),
                "damage",
                StandardOpenOption.APPEND);

        upAndDown();

        assertThat(fake.builds()).isEqualTo(2);
    }

    @Test
    void aBuildUnderARunningServiceLeavesItAlone() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up", "webhook")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
            Files.delete(fake.root().resolve("webhook-service/target/quarkus-app/quarkus-run.jar"));

            ferry.process("webhook").orElseThrow().destroyForcibly();

            up.awaitSaying("starting it again", SOON);
            await().atMost(SOON)
                    .until(() -> ferry.launcher().run("status", "webhook").exitCode() == 0);
        }
    }

    @Test
    void compileErrorsAreShownAndNotRetried() throws Exception {
        fake.mavenIs("""
                #!/bin/sh
                echo "$*" >>mvnw-calls
                echo '[ERROR] /src/Broken.java:[3,5] cannot find symbol'
                exit 1
                """);

        Command.Result up = ferry.launcher().run("up");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err()).contains("Broken.java:[3,5] cannot find symbol", "the build failed");
        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void aDeadRegistryIsTriedThreeTimesAndNamed() throws Exception {
        int closed = Loopback.freePort();
        fake.mavenIs(Files.readString(Path.of(System.getProperty("ferry.checkout"), "mvnw")));

        Command.Result up = ferry.launcher()
                .with("MVNW_REPOURL", "http://127.0.0.1:" + closed)
                .with("MAVEN_USER_HOME", ferry.folder().resolve("empty"))
                .run("up");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err())
                .contains("trying again in 2 s", "trying again in 5 s")
                .contains("could not reach 127.0.0.1:" + closed + ", tried three times");
    }

    @Test
    void aDeadRegistryIsNamedAsMavenReportsItToo(@TempDir Path scratch) throws Exception {
        int closed = Loopback.freePort();
        fake.mavenIs(Files.readString(Path.of(System.getProperty("ferry.checkout"), "mvnw")));
        Path settings = Files.writeString(scratch.resolve("settings.xml"), """
                <settings><mirrors><mirror><id>dead</id><mirrorOf>*</mirrorOf>
                <url>http://127.0.0.1:%d/maven2</url></mirror></mirrors></settings>
                """.formatted(closed));

        Command.Result up = ferry.launcher()
                .with("MAVEN_OPTS", "-XX:TieredStopAtLevel=1")
                .with("MAVEN_ARGS", "-s " + settings + " -Dmaven.repo.local=" + scratch.resolve("empty"))
                .run("up");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err())
                .contains("could not reach 127.0.0.1:" + closed + ", tried three times", "Connection refused");
    }

    private void upAndDown() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up", "webhook")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
            up.signal("TERM");
            assertThat(up.awaitEnd(SOON).exitCode()).isZero();
        }
    }
}
