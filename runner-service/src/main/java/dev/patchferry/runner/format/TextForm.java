package dev.patchferry.runner.format;

import dev.patchferry.contract.PatchFormat;
import java.util.Optional;

/** What kind of text a {@code patch} is. An explicit format wins, then how it opens, then what its role says. */
sealed interface TextForm {
    /**
     * The kind is known.
     *
     * @param format anything but {@code auto}
     * @param because how it is known, as a short sentence
     */
    record Told(PatchFormat format, String because) implements TextForm {}

    /** Nothing says what the text is, and it is not guessed at. */
    record Unclear(String reason) implements TextForm {}

    static TextForm of(String text, Envelope envelope, FormatContext context) {
        Optional<TextForm> explicit =
                envelope.format().map(format -> new Told(format, "format is " + format.wireName()));
        Optional<TextForm> asPatchFile = envelope.role().equals("content_patch")
                        && EmbeddedPatch.isPatchFile(
                                envelope.targetFile().text().orElse(""))
                ? Optional.of(
                        new Told(PatchFormat.CONTENT, "role is content_patch, and target_file is a file of diffs"))
                : Optional.empty();
        return explicit.or(() -> asPatchFile)
                .or(() -> byOpening(text))
                .orElseGet(() -> byRole(text, envelope, context));
    }

    private static Optional<TextForm> byOpening(String text) {
        Wrapped wrapped = Wrapped.of(text);
        return Opening.of(wrapped.text())
                .map(found -> new Told(found.format(), "patch opens with " + found.marker() + wrapped.around()));
    }

    private static TextForm byRole(String text, Envelope envelope, FormatContext context) {
        String role = envelope.role();
        String choices = Opening.furtherDown(text)
                        .map(found -> "; " + found + ": send the text from there, or name that format")
                        .orElse("")
                + "; send role command_patch (or format shell) if it is a command to be run, or role"
                + " content_patch (or format content) if it is the content of target_file";
        if (role.contains("|")) {
            return new Unclear("role " + quoted(role) + " is a list to choose from, not a choice" + choices);
        }
        return switch (role) {
            case "command_patch" -> unless(EmbeddedPatch.inCommand(text), PatchFormat.SHELL, "role is command_patch");
            case "content_patch" ->
                unless(
                        EmbeddedPatch.inContent(
                                text, envelope.targetFile().text().orElse("")),
                        PatchFormat.CONTENT,
                        "role is content_patch");
            case "instruction_patch" ->
                new Unclear("role instruction_patch is for a reader; instructions are not executed" + choices);
            case "ui_patch" ->
                new Unclear("role ui_patch wants {\"pattern\": …, \"replacement\": …}, but this is text" + choices);
            default -> byDefault(role, context, choices);
        };
    }

    /** A role says what its text is, unless a patch stands there in its place. */
    private static TextForm unless(Optional<EmbeddedPatch> found, PatchFormat format, String because) {
        return found.<TextForm>map(patch ->
                        new Unclear(patch.inWords() + "; send the text from there, or format " + format.wireName()
                                + " if all of it is a " + (format == PatchFormat.SHELL ? "command" : "content")))
                .orElseGet(() -> new Told(format, because));
    }

    private static TextForm byDefault(String role, FormatContext context, String choices) {
        return context.defaultFormat()
                .filter(format -> format != PatchFormat.AUTO)
                .<TextForm>map(format -> new Told(format, "the workspace's default format is " + format.wireName()))
                .orElseGet(() ->
                        new Unclear("is text, and role " + quoted(role) + " does not say what it is for" + choices));
    }

    private static String quoted(String role) {
        return "`" + (role.length() > 100 ? role.substring(0, 100) + "…" : role) + "`";
    }
}
