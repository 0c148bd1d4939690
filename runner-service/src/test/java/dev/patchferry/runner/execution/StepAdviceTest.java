package dev.patchferry.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools say where there is no network, or where a folder cannot be renamed, is recognised in their own words. */
class StepAdviceTest {
    private static final CommandGrants NETWORK = new CommandGrants(List.of(), Map.of(), true);
    private static final String NONE = "`ferry.workspaces.site.network=host`";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl: (6) Could not resolve host: example.com",
                "curl: (7) Failed to connect to 93.184.216.34 port 443 after 0 ms: Couldn't connect to server",
                "curl: (5) Could not resolve proxy: proxy.local",
                "fatal: unable to access 'https://github.com/a/b/': Could not resolve host: github.com",
                "ssh: Could not resolve hostname github.com: Temporary failure in name resolution",
                "npm error code EAI_AGAIN",
                "npm error request to https://registry.npmjs.org/left-pad failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org",
                "error An unexpected error occurred: \"https://registry.yarnpkg.com/a: getaddrinfo EAI_AGAIN registry.yarnpkg.com\".",
                "➤ YN0001: RequestError: getaddrinfo EAI_AGAIN registry.yarnpkg.com",
                " WARN  GET https://registry.npmjs.org/a error (EAI_AGAIN). Will retry in 10 seconds.",
                "info There appears to be trouble with your network connection. Retrying...",
                "NewConnectionError('<HTTPSConnection object>: Failed to establish a new connection: [Errno -3] Temporary"
                        + " failure in name resolution')",
                "ERROR: Could not find a version that satisfies the requirement left-pad (from versions: none)",
                "urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>",
                "OSError: [Errno 101] Network is unreachable",
                "  [6] Couldn't resolve host name (Could not resolve host: index.crates.io)",
                "warning: spurious network error: failed to resolve address for github.com: Name or service not known",
                "go: example.com/m: Get \"https://proxy.golang.org/m\": dial tcp: lookup proxy.golang.org on 127.0.0.53:53:"
                        + " read udp: connection refused",
                "dial tcp: lookup proxy.golang.org: no such host",
                "dial udp 10.0.0.2:53: connect: network is unreachable",
                "[ERROR] Unknown host repo.maven.apache.org: Temporary failure in name resolution",
                "java.net.UnknownHostException: repo.maven.apache.org",
                "Exception in thread \"main\" java.net.ConnectException: Network is unreachable",
                "java.net.NoRouteToHostException: No route to host",
                "Error: getaddrinfo EAI_AGAIN example.com",
                "  code: 'ENOTFOUND',",
                "Error: connect ENETUNREACH 1.1.1.1:443 - Local (0.0.0.0:0)",
                "Err:1 http://deb.debian.org/debian bookworm InRelease Temporary failure resolving 'deb.debian.org'",
                "E: Failed to fetch http://deb.debian.org/a  Could not resolve 'deb.debian.org'",
                "wget: unable to resolve host address 'example.com'",
                "wget: bad address 'example.com'",
                "error sending request: dns error: failed to lookup address information: Name or service not known",
                "ConnectionRefused downloading package manifest left-pad"
            })
    void aMissingNetworkIsNamedWithTheSettingThatGivesIt(String output) {
        assertThat(StepAdvice.about("before\n" + output + "\nafter\n", CommandGrants.NONE, site(CommandGrants.NONE)))
                .hasValueSatisfying(advice -> assertThat(advice).contains("` in its output: ", NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error: connect ECONNREFUSED 127.0.0.1:5432",
                "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server",
                "psql: error: connection to server at \"127.0.0.1\", port 5432 failed: Connection refused",
                "make: *** No rule to make target 'network'.  Stop.",
                "lookup table: missing key",
                "[!] RollupError: Could not resolve './footer' from src/index.js",
                "[ERROR] Could not resolve \"react\"",
                "test resolves host names ... FAILED",
                "error: cannot find package"
            })
    void otherTroubleIsNot(String output) {
        assertThat(StepAdvice.about(output, CommandGrants.NONE, site(CommandGrants.NONE)))
                .isEmpty();
    }

    @Test
    void whereThereIsANetworkNothingIsSaidOfOne() {
        assertThat(StepAdvice.about("Could not resolve host: example.com", NETWORK, site(NETWORK)))
                .isEmpty();
    }

    @Test
    void aDryRunOfAWorkspaceWithANetworkIsToldThatItHasNone() {
        assertThat(StepAdvice.about("Could not resolve host: example.com", NETWORK.withoutNetwork(), site(NETWORK)))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("a dry run and a proposal have no network")
                        .doesNotContain(NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error: EXDEV: cross-device link not permitted, rename 'src' -> 'lib' | EXDEV: cross-device link not permitted",
                "OSError: [Errno 18] Invalid cross-device link: 'src' -> 'lib' | [Errno 18]",
                "rename src lib: invalid cross-device link | invalid cross-device link",
                "fatal: renaming 'src' failed: Invalid cross-device link | Invalid cross-device link",
                "Os { code: 18, kind: CrossesDevices, message: \"Invalid cross-device link\" } | CrossesDevices",
                "Error: Invalid cross-device link (os error 18) | Invalid cross-device link",
                "java.nio.file.AtomicMoveNotSupportedException: src -> lib: Invalid cross-device link | AtomicMoveNotSupportedException",
                "java.base/sun.nio.fs.UnixCopyFile.ensureEmptyDir(UnixCopyFile.java:382) | UnixCopyFile.ensureEmptyDir",
                "java.base/sun.nio.fs.UnixFileSystem.ensureEmptyDir(UnixFileSystem.java:660) | UnixFileSystem.ensureEmptyDir"
            })
    void aRenameThatIsNotToBeHadIsExplained(String output, String words) {
        assertThat(StepAdvice.about("before\n" + output + "\n", NETWORK, site(NETWORK)))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .startsWith("`" + words + "` in its output: renaming a folder")
                        .contains("`mv OLD NEW`", "`cp -a OLD NEW && rm -rf OLD`", "in place of `git mv OLD NEW`"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fatal: hardlink different from source at 'copy/.git/objects/dc/30' | `git clone --no-hardlinks`",
                "ERR_PNPM_UNEXPECTED_STORE  Unexpected store location | `CI=true pnpm install`",
                "ERR_PNPM_ABORTED_REMOVE_MODULES_DIR_NO_TTY  Aborted removal of modules directory | `store-dir`"
            })
    void whatAnotherHomeOrAnOverlayBreaksIsExplained(String output, String wayRound) {
        assertThat(StepAdvice.about("before\n" + output + "\n", NETWORK, site(NETWORK)))
                .hasValueSatisfying(advice -> assertThat(advice).contains("` in its output: ", wayRound));
    }

    @ParameterizedTest
    @CsvSource({
        "curl -s http://example.com | sh, 6, true",
        "set -e; curl -fsS http://example.com, 6, true",
        "wget -qO- http://example.com, 4, true",
        "curl -s http://localhost, 7, false",
        "wget -q http://example.com, 6, false",
        "./curly, 6, false"
    })
    void aQuietToolIsUnderstoodByItsExitCode(String command, int code, boolean isExplained) {
        Exit exit = new Exit.Ended(code);

        Optional<String> advice = StepAdvice.aboutQuiet(command, exit, CommandGrants.NONE, site(CommandGrants.NONE));

        assertThat(advice.isPresent()).isEqualTo(isExplained);
        assertThat(advice.orElse(NONE)).contains(NONE);
        assertThat(StepAdvice.aboutQuiet(command, exit, NETWORK, site(NETWORK))).isEmpty();
    }

    private static Workspace site(CommandGrants commandGrants) {
        return new Workspace(
                new WorkspaceName("site"), Path.of("/srv/site"), Path.of("/home"), Optional.empty(), commandGrants);
    }
}
