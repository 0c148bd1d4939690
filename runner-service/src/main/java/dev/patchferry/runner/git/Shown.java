package dev.patchferry.runner.git;

/** Names that a patch may have made, as a line of text can show them. */
final class Shown {
    private Shown() {}

    /** The name; in quotes and escaped, as git does it, if anything in it does not print as itself. */
    static String name(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED -> shown.append("\\x{%x}".formatted(c));
                default -> shown.append(c == '"' || c == '\\' ? "\\" : "").appendCodePoint(c);
            }
        });
        return shown.toString().equals(name) ? name : '"' + shown.toString() + '"';
    }
}
