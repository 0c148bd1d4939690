package dev.patchferry.runner.format;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A text and what it came in.
 *
 * @param text without a Markdown fence or a here-document around it
 * @param around what was, as a phrase that follows the text's own; empty if nothing
 * @param strip how many parts in front of a diff's names are said to be no part of the path
 */
record Wrapped(String text, String around, OptionalInt strip) {
    static Wrapped of(String patch) {
        Optional<Fence> fence = Fence.around(patch);
        String inner = fence.map(Fence::body).orElse(patch);
        String inFence = fence.isPresent() ? ", in a Markdown fence" : "";
        return HereDocument.around(inner)
                .map(here ->
                        new Wrapped(here.body(), inFence + ", in a here-document" + given(here.tool()), here.strip()))
                .orElseGet(() -> new Wrapped(inner, inFence, OptionalInt.empty()));
    }

    private static String given(String tool) {
        return tool.isEmpty() ? "" : " for `" + tool + "`";
    }
}
