package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** Roles that say what a text is which opens with nothing. */
    Set<String> TELLING_ROLES = Set.of("command_patch", "content_patch");

    /** A file that holds a diff. */
    Pattern PATCH_FILE = Pattern.compile("(?i).*\\.(?:patch|diff|rej)");

    /** A call of a tool, with the patch as an argument. */
    Pattern CALL =
            Pattern.compile("\\s*[\\[{]\\s*\"[^\\n]*\"(?:\\*\\*\\* Begin Patch|diff --git |<<<<<<< SEARCH)\\\\n");

    static TextForm of(String text, Envelope envelope, FormatContext context) {
        Optional<TextForm> explicit =
                envelope.format().map(format -> new Told(format, "format is " + format.wireName()));
        return explicit.or(() -> aPatchFile(envelope))
                .or(() -> byOpening(text, envelope.role()))
                .or(() -> damaged(text, envelope.role()))
                .orElseGet(() -> byRole(text, envelope, context));
    }

    /** The content of a file that holds a diff is a diff. */
    private static Optional<TextForm> aPatchFile(Envelope envelope) {
        boolean written = envelope.role().equals("content_patch")
                && envelope.targetFile()
                        .text()
                        .filter(path -> PATCH_FILE.matcher(path).matches())
                        .isPresent();
        return written
                ? Optional.of(new Told(PatchFormat.CONTENT, "role is content_patch and target_file holds patches"))
                : Optional.empty();
    }

    private static Optional<TextForm> byOpening(String text, String role) {
        Wrapped wrapped = Wrapped.of(text);
        return FormatMarker.of(wrapped.text()).map(found -> {
            String because = "patch opens with " + found.marker() + wrapped.around();
            boolean sure = found.strong() && wrapped.certain();
            return sure || !TELLING_ROLES.contains(role)
                    ? new Told(found.format(), because)
                    : new Unclear(because + ", but role is " + role + "; send `format`: `"
                            + found.format().wireName() + "` if it is that, or `format`: `"
                            + (role.equals("command_patch") ? "shell" : "content") + "` if it is not");
        });
    }

    /** What was escaped once too often opens with nothing, and is neither a command nor a content. */
    private static Optional<TextForm> damaged(String text, String role) {
        if (text.strip().indexOf('\n') < 0 && text.contains("\\n") && isPatch(text.replace("\\n", "\n"), role)) {
            return Optional.of(new Unclear("is a patch whose lines end in \\n, a backslash and a letter: it was escaped"
                    + " twice; send it with line feeds"));
        }
        if (!role.equals("content_patch") && CALL.matcher(text).lookingAt()) {
            return Optional.of(new Unclear("is JSON around a patch; send the patch itself, as text"));
        }
        if (text.contains("&lt;") || text.contains("&gt;")) {
            String plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            if (FormatMarker.of(plain).isPresent()) {
                return Optional.of(
                        new Unclear("is a patch in HTML escapes such as &lt;; send the characters themselves"));
            }
        }
        return Optional.empty();
    }

    /** A command may well print line breaks, and a diff behind them. */
    private static boolean isPatch(String text, String role) {
        Optional<EmbeddedPatch> embedded =
                role.equals("command_patch") ? EmbeddedPatch.inCommand(text) : EmbeddedPatch.in(text);
        return FormatMarker.of(text).isPresent() || embedded.isPresent();
    }

    private static TextForm byRole(String text, Envelope envelope, FormatContext context) {
        String role = envelope.role();
        String choices = EmbeddedPatch.in(text)
                        .map(found -> "; " + found.inWords() + ": send the text from there, or name that format")
                        .orElse("")
                + "; send role command_patch (or format shell) if it is a command to be run, or role"
                + " content_patch (or format content) if it is the content of target_file";
        if (role.contains("|")) {
            return new Unclear("role " + quoted(role) + " is a list to choose from, not a choice" + choices);
        }
        return switch (role) {
            case "command_patch" -> unlessItHoldsAPatch(text, envelope, PatchFormat.SHELL, "role is command_patch");
            case "content_patch" -> unlessItHoldsAPatch(text, envelope, PatchFormat.CONTENT, "role is content_patch");
            case "instruction_patch" ->
                new Unclear("role instruction_patch is for a reader; instructions are not executed" + choices);
            case "ui_patch" ->
                new Unclear("role ui_patch wants {\"pattern\": …, \"replacement\": …}, but this is text" + choices);
            default -> byDefault(text, envelope, context, choices);
        };
    }

    /** A diff is no script and no file. */
    private static TextForm unlessItHoldsAPatch(String text, Envelope envelope, PatchFormat format, String because) {
        Optional<EmbeddedPatch> found = switch (format) {
            case SHELL -> EmbeddedPatch.inCommand(text);
            case CONTENT ->
                EmbeddedPatch.inContent(text, envelope.targetFile().text().orElse(""));
            default -> Optional.empty();
        };
        return found.<TextForm>map(patch -> new Unclear(patch.inWords() + ", but " + because
                        + "; send the text from there, or `format`: `" + patch.form()
                        + "` if that is meant, or `format`: `"
                        + format.wireName() + "` if all of it is "
                        + (format == PatchFormat.SHELL ? "a command" : "the content")))
                .orElseGet(() -> new Told(format, because));
    }

    private static TextForm byDefault(String text, Envelope envelope, FormatContext context, String choices) {
        return context.defaultFormat()
                .filter(format -> format != PatchFormat.AUTO)
                .map(format -> unlessItHoldsAPatch(
                        text, envelope, format, "the workspace's default format is " + format.wireName()))
                .orElseGet(() -> new Unclear(
                        "is text, and role " + quoted(envelope.role()) + " does not say what it is for" + choices));
    }

    private static String quoted(String role) {
        return "`" + (role.length() > 100 ? role.substring(0, 100) + "…" : role) + "`";
    }
}
