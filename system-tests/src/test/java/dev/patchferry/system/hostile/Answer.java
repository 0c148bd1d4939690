package dev.patchferry.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back on a connection before it ended.
 *
 * @param text all of it, an interim {@code 100 Continue} included
 */
record Answer(String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) .*?\r\n\r\n", Pattern.DOTALL);
    private static final Pattern INTERIM = Pattern.compile("\\AHTTP/1\\.1 100 Continue\r\n\r\n");
    private static final Pattern PROBLEM = Pattern.compile("(?i)\r\ncontent-type: application/problem\\+json\r\n");
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)<html|<!doctype|\\bat [a-z.]+\\([A-Za-z]+\\.java|Exception\\b|\nserver:|quarkus|vert\\.x|netty");

    /** The status; {@code closed} if the connection just ended, {@code other} if what came is no HTTP. */
    String status() {
        String last = last();
        Matcher head = HEAD.matcher(last);
        return head.lookingAt() ? head.group(1) : last.isEmpty() ? "closed" : "other";
    }

    /** Fails unless it is whole, tells nothing of the inside and no secret, and is a problem if it is a refusal. */
    void assertHarmless(Malice.Attack attack, Iterable<String> secrets) throws JsonProcessingException {
        assertThat(text)
                .as(attack::bytes)
                .doesNotContainPattern(INSIDES)
                .doesNotContain(Wire.NO_END)
                .doesNotContain(secrets);
        Matcher head = HEAD.matcher(last());
        if (head.lookingAt() && head.group(1).compareTo("400") >= 0) {
            assertThat(head.group()).as(attack::bytes).containsPattern(PROBLEM);
            assertProblem(attack, head.group(1), last().substring(head.end()));
        }
    }

    private static void assertProblem(Malice.Attack attack, String status, String body) throws JsonProcessingException {
        // Where the head is broken, nobody can tell that it asks for a head alone.
        if (attack.bytes().startsWith("HEAD ") && body.isEmpty()) {
            return;
        }
        JsonNode problem = JSON.readTree(body);
        assertThat(problem.path("status").asText()).as(attack::bytes).isEqualTo(status);
        assertThat(problem.path("type").asText()).as(attack::bytes).startsWith("urn:patchferry:problem:");
        assertThat(problem.path("detail").asText()).as(attack::bytes).isNotBlank();
    }

    private String last() {
        return INTERIM.matcher(text).replaceFirst("");
    }
}
