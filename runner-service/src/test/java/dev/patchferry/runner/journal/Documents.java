package dev.patchferry.runner.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Documents as senders send them. */
public final class Documents {
    private Documents() {}

    /** A command for the workspace {@code default}. */
    public static PatchDocument shell(String id, String command) {
        return shell(id, command, document -> {});
    }

    /** A command, with further fields. */
    public static PatchDocument shell(String id, String command, Consumer<ObjectNode> further) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("id", id)
                .put("role", "command_patch")
                .put("target_file", "informative")
                .put("patch", command);
        further.accept(document);
        return read(document.toString());
    }

    /** Any JSON that is a document. */
    public static PatchDocument read(String json) {
        return switch (PatchDocument.read(json.getBytes(StandardCharsets.UTF_8))) {
            case Reading.Valid(PatchDocument document) -> document;
            case Reading.Invalid invalid -> throw new AssertionError(invalid);
            case Reading.NotJson notJson -> throw new AssertionError(notJson);
        };
    }
}
