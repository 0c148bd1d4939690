package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A secret that commands get, and everything that both services say and keep for readers. */
@Tag("system")
class SecretsTest {
    private static final String TOKEN = "s3cret/of+the=owner";
    private static final String KEY = "first line of the key\nsecond line of the key";
    private static final String GIVES_IT_AWAY = """
            echo "plain $TOKEN"
            printf '%s' "${TOKEN:0:7}"; sleep 0.3; echo "${TOKEN:7}"
            set -x
            : "$TOKEN" "$KEY"
            printf 'x%s' "$TOKEN" | base64
            env | base64 -w 30
            printf '{"t":"%s"}\\n' "$KEY"
            echo "$TOKEN" > kept
            echo x > "named-$KEY"
            cat "/nowhere/$TOKEN"
            """;

    @Test
    void X30_aSecretIsInNothingThatEitherServiceSaysOrKeepsForReaders() throws Exception {
        try (RunningPair pair = new RunningPair()) {
            configure(pair);
            try (RunningCommand up = pair.up()) {
                Sender sender = pair.sender();
                sender.sendShell("well", GIVES_IT_AWAY + "true");
                sender.sendShell("badly", GIVES_IT_AWAY + "exit 3");
                sender.sendShell("later", "echo other > \"named-$KEY\"");

                List<String> said = new ArrayList<>();
                for (String id : List.of("well", "badly", "later")) {
                    for (String what : List.of("", "/log", "/log?offset=9", "/diff", "/events")) {
                        said.add(sender.text("/patches/" + id + what));
                    }
                }
                said.add(sender.post("/patches/well/undo", "").body().toString());
                said.add(sender.text("/patches"));

                assertThat(pair.file("kept")).hasContent(TOKEN);
                assertThat(said.getFirst()).contains("\"succeeded\"").contains("plain *******************");
                assertThat(pieces(String.join("\n", said))).isEmpty();
                assertThat(up.isAlive()).isTrue();
            }
            assertThat(keptWithSecrets(pair.home())).isEmpty();
        }
    }

    private static void configure(RunningPair pair) throws IOException {
        Path config = Files.createDirectories(pair.home().resolve("config"));
        Path token = Files.writeString(config.resolve("token"), TOKEN + "\n");
        Path key = Files.writeString(config.resolve("key"), KEY + "\n");
        Files.writeString(
                config.resolve("application.properties"),
                "ferry.workspaces.default.env-files.TOKEN=" + token + "\nferry.workspaces.default.env-files.KEY=" + key
                        + "\n");
    }

    /** Logs of the services, and what is kept of patches: files for people, logs, diffs. */
    private static List<Path> keptWithSecrets(Path home) throws IOException {
        List<Path> with = new ArrayList<>();
        for (String kept : List.of("run", "runner/patches", "runner/logs")) {
            try (Stream<Path> files = Files.walk(home.resolve(kept))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().contains("-app"))
                        .toList()) {
                    if (!pieces(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .isEmpty()) {
                        with.add(file);
                    }
                }
            }
        }
        return with;
    }

    private static List<String> pieces(String text) {
        String base64 = Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_8));
        return Stream.of("s3cret/", "of+the", "of%2Bthe", "first line of", "second line of", base64.substring(4, 16))
                .filter(text::contains)
                .toList();
    }
}
