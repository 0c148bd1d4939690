package dev.patchferry.system.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON as a guide prints it, against what a command printed: the guide may leave out fields, {@code …} stands for anything
 * (in a text, and for what follows in a list), and a time that something took is any number.
 */
final class DocumentedOutput {
    private static final String ANYTHING = "…";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DocumentedOutput() {}

    static void assertShows(String documented, String printed) throws IOException {
        compare("", JSON.readTree(documented), JSON.readTree(printed));
    }

    private static void compare(String at, JsonNode documented, JsonNode printed) {
        if (documented.isObject()) {
            documented.fieldNames().forEachRemaining(name -> {
                if (!name.equals(ANYTHING)) {
                    compare(at + "/" + name, documented.get(name), printed.path(name));
                }
            });
        } else if (documented.isArray()) {
            compareElements(at, documented, printed);
        } else if (documented.isNumber() && at.endsWith("_ms")) {
            assertThat(printed.isNumber()).as("%s is a number: %s", at, printed).isTrue();
        } else if (documented.isTextual()) {
            assertThat(printed.asText()).as(at).matches(pattern(documented.asText()));
        } else {
            assertThat(printed).as(at).isEqualTo(documented);
        }
    }

    private static void compareElements(String at, JsonNode documented, JsonNode printed) {
        for (int i = 0; i < documented.size(); i++) {
            if (documented.get(i).asText().equals(ANYTHING)) {
                return;
            }
            compare(at + "/" + i, documented.get(i), printed.path(i));
        }
        assertThat(printed).as(at).hasSameSizeAs(documented);
    }

    private static Pattern pattern(String documented) {
        return Pattern.compile(
                Arrays.stream(documented.split(ANYTHING, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
