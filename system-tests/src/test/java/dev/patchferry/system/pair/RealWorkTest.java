package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Folder;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What people let a model do all day, in the sandbox: in the workspace {@code default} with all of its defaults, so
 * without a network, and in the workspace {@code online} with the machine's.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class RealWorkTest {
    private final Folder online = Folder.create();
    private final RunningPair pair = new RunningPair(settings(online.path()));
    private RunningCommand up;

    RealWorkTest() throws IOException {}

    @BeforeAll
    void start() throws Exception {
        up = pair.up();
    }

    @AfterAll
    void stop() throws IOException {
        up.close();
        pair.close();
        online.close();
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    void aPatchCommitsToGitUnderTheUsualIdentityAndItsHooksRun() throws Exception {
        Path repository = Files.createDirectory(pair.file("repository"));
        outside(repository, "git init -q -b main .");
        Path hook = Files.writeString(
                repository.resolve(".git/hooks/pre-commit"), "#!/bin/sh\necho the hook ran; test -e a.txt\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

        done("default", "commit", "cd repository; echo a > a.txt; git add .; git commit -q -m 'Add a.txt'");

        assertThat(pair.sender().text("/patches/commit/log")).contains("the hook ran");
        assertThat(outside(repository, "git log --format='%an <%ae> %s'; git status --porcelain"))
                .isEqualTo("Patch Ferry <patch-ferry@localhost> Add a.txt\n");
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    void aNodeProjectInstallsItsPackagesColdAndIsBuiltOfflineFromAWarmHome() throws Exception {
        assumeInstalled("npm");
        assumeReached("https://registry.npmjs.org/ms");
        done("online", "npm-install", "npm install --no-fund --no-audit ms@2.1.3");
        assertThat(online.path().resolve("node_modules/ms/package.json")).exists();
        pair.copyHome("online", "default", ".npm");

        Path project = Files.createDirectory(pair.file("node"));
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(online.path().resolve(file), project.resolve(file));
        }
        Files.writeString(
                project.resolve("build.js"),
                "require('fs').writeFileSync('built.txt', String(require('ms')('2 days')));\n");

        done("default", "node", """
                cd node
                npm pkg set scripts.build='node build.js'
                npm ci --offline --no-fund --no-audit
                npm run build
                """);

        assertThat(project.resolve("built.txt")).hasContent("172800000");
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Test
    void aMavenProjectIsBuiltOfflineFromAWarmHome() throws Exception {
        assumeInstalled("mvn");
        assumeReached("https://repo.maven.apache.org/maven2/");
        mavenProject(online.path());
        done("online", "maven-online", "mvn -q -B package && rm -r target");
        pair.copyHome("online", "default", ".m2");

        mavenProject(Files.createDirectory(pair.file("maven")));
        done("default", "maven", "cd maven; mvn -q -B -o package");

        assertThat(pair.file("maven/target/tiny-1.jar")).exists();
    }

    private static void mavenProject(Path folder) throws IOException {
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>example</groupId>
                  <artifactId>tiny</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.source>11</maven.compiler.source>
                    <maven.compiler.target>11</maven.compiler.target>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                </project>
                """);
        Path sources = Files.createDirectories(folder.resolve("src/main/java/example"));
        Files.writeString(sources.resolve("Tiny.java"), "package example;\n\npublic class Tiny {}\n");
    }

    /** Runs a command to its end, which must be a good one. */
    private void done(String workspace, String id, String command) throws Exception {
        JsonNode patch = pair.sender()
                .send(Sender.shell(id, "set -e\n" + command).put("workspace", workspace))
                .body();
        while (!patch.path("terminal").asBoolean()) {
            patch = pair.sender().read("/patches/" + id + "?wait=40");
        }
        assertThat(patch.path("status").asText())
                .as("%s\n%s", patch.toPrettyString(), pair.sender().text("/patches/" + id + "/log"))
                .isEqualTo("succeeded");
        assertThat(patch.at("/receipt/enforced/sandbox").asText()).isEqualTo("full");
        assertThat(patch.at("/receipt/enforced/network").asText())
                .isEqualTo(workspace.equals("online") ? "host" : "none");
    }

    /** The machine's own certificate authorities are what an owner would hand to tools that bring others. */
    private static Map<String, String> settings(Path online) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ferry.workspaces.online.path", online.toString());
        settings.put("ferry.workspaces.online.network", "host");
        String authorities = System.getenv("NODE_EXTRA_CA_CERTS");
        if (authorities != null) {
            settings.put("ferry.workspaces.online.env.NODE_EXTRA_CA_CERTS", authorities);
        }
        return settings;
    }

    /** What the owner of the machine does, not a patch. */
    private static String outside(Path folder, String command) throws IOException {
        Command.Result result =
                Command.of(Environment.plain(), folder, "sh", "-c", command).run();
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private static void assumeInstalled(String tool) {
        Path system = Path.of("/usr/bin", tool);
        Path local = Path.of("/usr/local/bin", tool);
        assumeTrue(Files.isExecutable(system) || Files.isExecutable(local), "there is no " + tool + " for every user");
    }

    /** Whatever it answers. On CI it has to be. */
    private static void assumeReached(String registry) throws IOException {
        boolean reached = Command.of(Environment.plain(), Path.of("/"), "curl", "-sSI", "--max-time", "20", registry)
                        .run()
                        .exitCode()
                == 0;
        assumeTrue(reached || "true".equals(System.getenv("CI")), registry + " is not to be reached from here");
    }
}
