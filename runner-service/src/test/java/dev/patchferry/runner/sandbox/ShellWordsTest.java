package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever text is given to a shell as a word comes out of it as that text. */
class ShellWordsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'",
                "''",
                "\\'; touch broken-out; '",
                "$(touch broken-out) `touch broken-out` $HOME ${x} \\ \" ! * ? ~ # & | ; < >",
                "two\nlines\n",
                "\r\n\t\u0007\u001b",
                "-n",
                "--",
                "~",
                "ünïcødé 漢字 🚢"
            })
    void comesOutAsItWentIn(String text) throws Exception {
        assertThat(fromTheShell(Map.of("variable", text), List.of(text, "next")))
                .isEqualTo("[" + text + "][" + text + "][next]");
        assertThat(folder.resolve("broken-out")).doesNotExist();
    }

    @Test
    void everyCharacterAndEveryByteOfUtf8ComesOut() throws Exception {
        String all = IntStream.concat(IntStream.range(1, 0x3000), IntStream.range(0x1F300, 0x1F700))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(fromTheShell(Map.of("variable", ""), List.of(all))).isEqualTo("[][" + all + "]");
    }

    @Test
    void refusesWhatCannotBeAnArgument() {
        assertThatIOException()
                .isThrownBy(() -> ShellWords.assignments(Map.of(), List.of("a\0b")))
                .withMessageContaining("NUL");
    }

    private String fromTheShell(Map<String, String> variables, List<String> parameters)
            throws IOException, InterruptedException {
        Path words = Files.writeString(folder.resolve("words"), ShellWords.assignments(variables, parameters));
        Path said = folder.resolve("said");
        int code = new ProcessBuilder(
                        "/bin/sh", "-c", ". \"$1\"; printf '[%s]' \"$variable\" \"$@\"", "sh", words.toString())
                .directory(folder.toFile())
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assertThat(code).isZero();
        return Files.readString(said, StandardCharsets.UTF_8);
    }
}
