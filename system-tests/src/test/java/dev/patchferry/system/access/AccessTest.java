package dev.patchferry.system.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("access")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
    private static final Path DOCUMENT = Checkout.underTest().root().resolve("docs/security-model.md");
    private static final Path WRITTEN = Checkout.underTest().root().resolve("system-tests/target/access-matrix.md");
    private static final String BEGIN = "<!-- the matrix begins -->\n";
    private static final String END = "<!-- the matrix ends -->";

    private Door door;

    @BeforeAll
    void open() throws Exception {
        door = new Door();
    }

    @AfterAll
    void close() throws IOException {
        door.close();
    }

    @Test
    void everyCellIsAnsweredAsTheMatrixSays() {
        List<String> wrong = Matrix.ENDPOINTS.stream()
                .flatMap(endpoint -> Arrays.stream(Who.values())
                        .filter(who -> status(endpoint, who) != endpoint.expected(who))
                        .map(who -> "%s as %s: %d instead of %d"
                                .formatted(
                                        endpoint.call(), who.title(), status(endpoint, who), endpoint.expected(who))))
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyEndpointOfTheApiIsInTheMatrix() throws Exception {
        List<String> described = calls(door.description());

        assertThat(described).isNotEmpty();
        assertThat(Matrix.ENDPOINTS).extracting(Endpoint::call).containsAll(described);
    }

    @Test
    void theDocumentShowsTheMatrix() throws IOException {
        String document = Files.readString(DOCUMENT);
        assertThat(document).contains(BEGIN, END);
        String shown = document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END));
        Files.writeString(WRITTEN, Matrix.table());

        assertThat(shown)
                .as("docs/security-model.md between its markers; what has to stand there is now in " + WRITTEN)
                .isEqualTo(Matrix.table());
    }

    private int status(Endpoint endpoint, Who who) {
        try {
            return door.status(endpoint, who);
        } catch (Exception e) {
            throw new AssertionError(endpoint.call() + " as " + who.title() + " was not answered", e);
        }
    }

    /** Method and path of every operation: a path stands at two blanks, a method below it at four. */
    private static List<String> calls(String openApi) {
        String[] path = {""};
        return openApi.substring(openApi.indexOf("\npaths:"), openApi.indexOf("\ncomponents:"))
                .lines()
                .flatMap(line -> {
                    if (line.matches(" {2}/.*:")) {
                        path[0] = line.strip().replace(":", "");
                    }
                    return Pattern.compile("^ {4}(get|post|put|delete|patch):")
                            .matcher(line)
                            .results()
                            .map(method -> method.group(1).toUpperCase(Locale.ROOT) + " " + path[0]);
                })
                .toList();
    }
}
