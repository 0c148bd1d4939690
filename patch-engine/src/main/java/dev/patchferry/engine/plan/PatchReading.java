package dev.patchferry.engine.plan;

import java.util.List;

/** What came of reading the text of a patch. */
public sealed interface PatchReading {
    /**
     * The text says what to do.
     *
     * @param steps at least one
     * @param unread what of the text nobody acts on, one phrase each
     */
    record Steps(List<Step> steps, List<String> unread) implements PatchReading {
        public Steps {
            steps = List.copyOf(steps);
            unread = List.copyOf(unread);
        }
    }

    /**
     * The text cannot be carried out.
     *
     * @param line where it goes wrong, from 1; 0 for the text as a whole
     * @param reason what is wrong and what to send instead
     */
    record Unusable(int line, String reason) implements PatchReading {
        /** Both, as a sentence begins. */
        public String inWords() {
            return line == 0 ? reason : "line " + line + " of the patch: " + reason;
        }
    }
}
