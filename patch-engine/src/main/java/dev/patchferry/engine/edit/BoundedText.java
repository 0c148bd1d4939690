package dev.patchferry.engine.edit;

/** A text that is being put together and must not outgrow what may be edited: `$&` can ask for terabytes. */
final class BoundedText {
    private final StringBuilder text = new StringBuilder();

    /** @throws EditLimitExceeded when the text grows too long */
    BoundedText append(CharSequence source, int start, int end) {
        if (text.length() + (end - start) > EditEngine.MAX_BYTES) {
            throw new EditLimitExceeded("the result would be longer than " + EditEngine.MAX_BYTES_IN_WORDS);
        }
        text.append(source, start, end);
        return this;
    }

    BoundedText append(CharSequence source) {
        return append(source, 0, source.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
