package dev.patchferry.webhook.mcp;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Says in tools what texts that all faces share say in calls of the REST interface. */
final class ToolWords {
    private static final String PATCH = "/patches/[^\\s/`?]+";
    private static final List<Map.Entry<Pattern, String>> CALLS = List.of(
            entry("GET /workspaces\\b", "list_workspaces"),
            entry("GET " + PATCH + "/log\\S*", "get_patch_log"),
            entry("GET " + PATCH + "/diff\\S*", "get_patch_diff"),
            entry("POST " + PATCH + "/undo\\S*", "undo_patch"),
            entry("POST " + PATCH + "/cancel\\b", "cancel_patch"),
            entry("GET " + PATCH + "(\\?wait=\\d+)?", "get_patch"),
            entry("GET /patches\\b", "list_patches"));

    private ToolWords() {}

    private static Map.Entry<Pattern, String> entry(String call, String tool) {
        return Map.entry(Pattern.compile(call), tool);
    }

    static String of(String text) {
        String words = text;
        for (Map.Entry<Pattern, String> call : CALLS) {
            words = call.getKey().matcher(words).replaceAll(call.getValue());
        }
        return words;
    }
}
