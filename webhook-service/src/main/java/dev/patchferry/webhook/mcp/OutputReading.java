package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.OutputText;
import dev.patchferry.webhook.application.RefusalReason;
import dev.patchferry.webhook.application.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a text of the runner's into something that may have enough of it before its end. */
final class OutputReading {
    private static final int MAX_COST = 72_000;

    private OutputReading() {}

    /** Why there is nothing to read; empty once all that is wanted was read. */
    static Optional<ToolResult> of(Result<Optional<OutputText>> text, OutputStream into) {
        return switch (text) {
            case Result.Refused<Optional<OutputText>>(var refusal) -> Optional.of(RefusalResults.of(refusal));
            case Result.Ok<Optional<OutputText>>(Optional<OutputText> source) ->
                source.flatMap(open -> read(open, into));
        };
    }

    private static Optional<ToolResult> read(OutputText open, OutputStream into) {
        try (OutputText source = open) {
            source.writeTo(into);
            if (into instanceof LineSearch search) {
                search.end();
            }
            return Optional.empty();
        } catch (TextWindow.Enough e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(RefusalResults.of(new RefusalReason.RunnerSilent()));
        }
    }

    /** A page, and where the next one begins if there is one. */
    static ObjectNode page(TextWindow window, long offset) {
        byte[] bytes = window.bytes();
        String all = new String(bytes, StandardCharsets.UTF_8);
        String shown = all.substring(0, Cut.fitting(all, MAX_COST));
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("text", shown);
        if (window.hasMore() || shown.length() < all.length()) {
            long read = shown.length() < all.length() ? shown.getBytes(StandardCharsets.UTF_8).length : bytes.length;
            result.put("next_offset", offset + read).put("cut", true);
        }
        return result;
    }
}
