package dev.patchferry.engine.format;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A text and what it came in.
 *
 * @param text without a Markdown fence, a tag, a here-document or a command around it
 * @param around what was, as a phrase that follows the text's own; empty if nothing
 * @param strip how many parts in front of a diff's names are said to be no part of the path
 * @param folder where the paths in it begin; empty for the workspace's own folder
 * @param certain whether it is certain that what was around it is no part of it
 */
record Wrapped(String text, String around, OptionalInt strip, String folder, boolean certain) {
    private static final int MOST_LAYERS = 5;

    static Wrapped of(String patch) {
        Wrapped wrapped = new Wrapped(patch, "", OptionalInt.empty(), "", true);
        for (int layer = 0; layer < MOST_LAYERS; layer++) {
            Optional<Wrapped> inner = wrapped.unwrapped();
            if (inner.isEmpty()) {
                return wrapped;
            }
            wrapped = inner.get();
        }
        return wrapped;
    }

    private Optional<Wrapped> unwrapped() {
        return Fence.around(text)
                .map(fence -> new Wrapped(
                        fence.body(), around + ", in a Markdown fence", strip, folder, certain && fence.certain()))
                .or(() -> HereDocument.around(text).map(this::within))
                .or(() -> ToolCall.around(text).filter(this::isForATool).map(this::within))
                .or(() -> Tags.within(text)
                        .filter(inner ->
                                FormatMarker.of(Wrapped.of(inner).text()).isPresent())
                        .map(inner -> new Wrapped(inner, around + ", in a tag", strip, folder, certain)))
                .or(() -> withoutBeginOfADiff());
    }

    private Wrapped within(HereDocument here) {
        String given = here.tool().isEmpty() ? "" : " for `" + here.tool() + "`";
        return new Wrapped(
                here.body(),
                around + ", in a here-document" + given,
                here.strip().isPresent() ? here.strip() : strip,
                folder,
                certain);
    }

    private Wrapped within(ToolCall call) {
        String inside =
                folder.isEmpty() || call.folder().isEmpty() ? folder + call.folder() : folder + "/" + call.folder();
        return new Wrapped(call.text(), around + call.around(), strip, inside, certain);
    }

    /** Whether nothing but a patch is handed to a tool; any other command is the shell's. */
    private boolean isForATool(ToolCall call) {
        Wrapped inner = Wrapped.of(call.text());
        return FormatMarker.of(inner.text()).isPresent()
                && (!inner.around().isEmpty() || call.text().stripLeading().startsWith("*** Begin Patch"));
    }

    /** A diff that stands between the first and the last line of another form. */
    private Optional<Wrapped> withoutBeginOfADiff() {
        String begin = "*** Begin Patch";
        String end = "*** End Patch";
        String bare = text.strip();
        if (!bare.startsWith(begin + "\n") || !bare.endsWith("\n" + end)) {
            return Optional.empty();
        }
        String inner = bare.substring(begin.length() + 1, bare.length() - end.length());
        return FormatMarker.ofADiff(inner)
                ? Optional.of(new Wrapped(inner, around + ", between " + begin + " and " + end, strip, folder, certain))
                : Optional.empty();
    }
}
