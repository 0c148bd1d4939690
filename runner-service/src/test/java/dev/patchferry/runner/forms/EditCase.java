package dev.patchferry.runner.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of {@code cases/edits/edits.jsonl}, or of its variants: a workspace, a document that somebody's tool sent, and
 * what is right.
 *
 * @param json {@code id}, {@code group}, {@code kind}, {@code files}, {@code document} or {@code raw}, and {@code want}:
 *     {@code REFUSE}, {@code ANY}, or the files that differ afterwards, {@code null} for one that is gone
 */
record EditCase(JsonNode json) {
    private static final String WORKSPACE = "{{workspace}}";

    static List<EditCase> all() throws IOException {
        List<EditCase> all = new ArrayList<>(in("edits.jsonl"));
        all.addAll(in("variants.jsonl"));
        return all;
    }

    private static List<EditCase> in(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(EditCase.class.getResourceAsStream("/cases/edits/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(EditCase::read)
                    .toList();
        }
    }

    private static EditCase read(String line) {
        try {
            return new EditCase(Json.MAPPER.readTree(line));
        } catch (IOException e) {
            throw new IllegalStateException("not a case: " + line, e);
        }
    }

    String id() {
        return json.path("id").textValue();
    }

    String group() {
        return json.path("group").textValue();
    }

    /** Whether the group's cases are clear to a person, so that a refusal is not enough. */
    boolean wantsToBeApplied() {
        return group().startsWith("3");
    }

    /** The body of the request, for a workspace in this folder. */
    byte[] body(String workspace) throws IOException {
        if (json.has("raw")) {
            return json.path("raw").textValue().getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode document = json.path("document").deepCopy();
        document.put("id", id());
        return Json.MAPPER
                .writeValueAsString(document)
                .replace(WORKSPACE, workspace)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The workspace before; contents as text in which every byte is a character. */
    SortedMap<String, String> before() {
        SortedMap<String, String> files = new TreeMap<>();
        json.path("files").properties().forEach(file -> files.put(file.getKey(), content(file.getValue())));
        return files;
    }

    /** What came of the case: whether it is said to have succeeded, and what the workspace holds now. */
    EditVerdict judge(boolean succeeded, Map<String, String> after) {
        JsonNode want = json.path("want");
        boolean changed = !after.equals(before());
        if (!succeeded) {
            return changed ? EditVerdict.WRONG : want.isObject() ? EditVerdict.REFUSED : EditVerdict.RIGHT;
        }
        if (want.asText().equals("ANY") || (want.isObject() && after.equals(wanted()))) {
            return EditVerdict.RIGHT;
        }
        return changed ? EditVerdict.WRONG : EditVerdict.UNTRUE;
    }

    private SortedMap<String, String> wanted() {
        SortedMap<String, String> files = before();
        json.path("want").properties().forEach(file -> {
            if (file.getValue().isNull()) {
                files.remove(file.getKey());
            } else {
                files.put(file.getKey(), content(file.getValue()));
            }
        });
        return files;
    }

    private static String content(JsonNode value) {
        byte[] bytes = value.isTextual()
                ? value.textValue().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(value.path("base64").textValue());
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return id() + " (" + json.path("kind").asText() + ")";
    }
}
