package dev.patchferry.engine.format;

import java.util.regex.Pattern;

/** Line ends of a command that was written where a line ends in CRLF: a shell would take the CR for a part of each last word. */
final class LineEnds {
    private static final Pattern LF_ALONE = Pattern.compile("(?<!\\r)\\n");
    private static final Pattern CR_AT_THE_END = Pattern.compile("\\r(?=\\n|\\z)");

    private LineEnds() {}

    /** The command with LF at its line ends, here-documents included, if every one of them is a CRLF; else as it is. */
    static String normalised(String command) {
        boolean mixed = LF_ALONE.matcher(command).find();
        return mixed ? command : CR_AT_THE_END.matcher(command).replaceAll("");
    }
}
