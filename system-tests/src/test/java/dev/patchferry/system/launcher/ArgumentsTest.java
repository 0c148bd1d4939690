package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every user of a machine sees the arguments of every process. */
@Tag("launcher")
class ArgumentsTest {
    private static final String TOKEN = "ferry_token-of-the-runner-for-tests";
    /** A header or a key that a shell puts into the arguments of a program. */
    private static final Pattern SECRET_ARGUMENT = Pattern.compile(
            "(-H|--header)[ =]*[\"']?(Proxy-)?Authorization|curl [^|]*-u [^ ]*:|-hmac|hexkey:|(-key|--token|--password)[ =]\"?\\$");

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    ArgumentsTest() throws IOException {}

    @Test
    void Y12_statusShowsNoTokenInTheArgumentsOfAnyProcess() throws Exception {
        Path seen = ferry.folder().resolve("seen");
        ToolFolder tools =
                ToolFolder.without(ferry.folder().resolve("tools"), "curl").add("curl", """
                        printf '%%s\\n' "curl $*" >>'%1$s'
                        cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' >>'%1$s'
                        exec /usr/bin/curl "$@"
                        """.formatted(seen));
        Files.createDirectories(ferry.home().resolve("tokens"));
        Files.writeString(ferry.home().resolve("tokens/runner"), TOKEN + "\n");
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            Command.Result status = ferry.launcher().with("PATH", tools.path()).run("status");

            assertThat(status.out()).contains("sandbox full; 0 waiting");
            assertThat(seen).content().contains("/status").doesNotContain(TOKEN);
        }
    }

    @Test
    void Y12_aTokenFromTheEnvironmentIsNotShownEither() throws Exception {
        Path seen = ferry.folder().resolve("seen");
        ToolFolder tools = ToolFolder.without(ferry.folder().resolve("tools"), "curl")
                .add("curl", "printf '%%s\\n' \"$*\" >>'%s'; exec /usr/bin/curl \"$@\"\n".formatted(seen));
        Files.createDirectories(ferry.home().resolve("tokens"));
        Files.writeString(ferry.home().resolve("tokens/runner"), TOKEN + "\n");
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            Command.Result status = ferry.launcher()
                    .with("PATH", tools.path())
                    .with("FERRY_RUNNER_TOKEN", TOKEN)
                    .run("status");

            assertThat(status.out()).contains("sandbox full; 0 waiting");
            assertThat(seen).content().contains("/status").doesNotContain(TOKEN);
        }
    }

    @Test
    void Y12_theFirstPatchIsPrintedWithoutATokenInItsArguments() throws Exception {
        for (String variable : List.of("FERRY_SUBMIT_TOKEN", "FERRY_SUBMIT_TOKEN_FILE", "NOTHING")) {
            try (RunningCommand up =
                    ferry.launcher().with(variable, "/a/path/that-is-long").start("up")) {
                up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

                String line = up.out()
                        .lines()
                        .filter(each -> each.contains("curl "))
                        .findFirst()
                        .orElseThrow();
                assertThat(line).containsPattern(" -H ('@[^']+submit\\.header'|@-) ");
                assertThat(line).doesNotContainPattern(SECRET_ARGUMENT);
            }
            ferry.launcher().run("stop");
        }
    }

    @Test
    void Y12_noDocumentedLinePutsASecretIntoArguments() throws Exception {
        assertThat("curl -H \"Authorization: Bearer $TOKEN\"").containsPattern(SECRET_ARGUMENT);
        assertThat(Guides.linesWith(SECRET_ARGUMENT)).isEmpty();
    }
}
