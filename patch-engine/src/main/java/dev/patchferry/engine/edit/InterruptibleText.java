package dev.patchferry.engine.edit;

/**
 * Text that stops whoever reads it once a deadline has passed. A backtracking regular expression reads characters all
 * the time, so this is the place where it can be stopped without a second thread.
 */
final class InterruptibleText implements CharSequence {
    /** The clock is looked at every so many characters; a power of two. */
    private static final int STRIDE = 1 << 12;

    private final CharSequence text;
    private final Deadline deadline;
    private int reads;

    InterruptibleText(CharSequence text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
    }

    @Override
    public char charAt(int index) {
        if ((++reads & (STRIDE - 1)) == 0) {
            deadline.check();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
