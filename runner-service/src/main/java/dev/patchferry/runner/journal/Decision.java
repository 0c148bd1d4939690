package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;

/**
 * What somebody decided about a patch.
 *
 * @param number in the order of deciding, never used again
 * @param patchSeq the patch's number
 * @param about the state that was decided about: {@code held} or {@code proposed}
 * @param principal who decided
 * @param comment what they said; may be empty
 * @param state how far it is carried out
 */
public record Decision(
        long number, long patchSeq, PatchStatus about, Verdict verdict, String principal, String comment, State state) {
    /** What was decided. */
    public enum Verdict {
        APPROVED,
        DENIED
    }

    /** How far it came. */
    public enum State {
        WAITING,
        RUNNING,
        DONE
    }

    /** A decision that is made now. */
    public record Made(Verdict verdict, String principal, String comment) {
        /** For example {@code approved: alice approved it: looks good}. */
        public String words() {
            return Decision.words(verdict, principal, comment);
        }
    }

    public String words() {
        return words(verdict, principal, comment);
    }

    private static String words(Verdict verdict, String principal, String comment) {
        String said = comment.isEmpty() ? "" : ": " + comment;
        return switch (verdict) {
            case APPROVED -> "approved: " + principal + " approved it" + said;
            case DENIED -> "denied: " + principal + " denied it" + said;
        };
    }
}
