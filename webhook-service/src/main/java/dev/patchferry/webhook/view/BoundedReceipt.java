package dev.patchferry.webhook.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Receipt;

/** Keeps a receipt small enough for the readers of an answer, whatever the runner's own bounds are. */
public final class BoundedReceipt {
    private static final int LONGEST_JSON = 60_000;
    private static final int TEXT = 8_000;
    private static final int ENTRIES = 40;

    private BoundedReceipt() {}

    /** The receipt, or one whose texts and lists are cut and counted if it is too long. */
    public static Receipt of(Receipt receipt) {
        return length(receipt) <= LONGEST_JSON ? receipt : cut(receipt);
    }

    private static Receipt cut(Receipt r) {
        int steps = Math.min(ENTRIES, r.steps().size());
        int files = Math.min(ENTRIES, r.files().size());
        int diff = Math.min(TEXT, r.diff().length());
        int log = Math.min(TEXT, r.logTail().length());
        return new Receipt(
                start(r.summary(), TEXT / 4),
                r.outcome(),
                start(r.reason(), TEXT / 4),
                r.format(),
                r.detectedBy(),
                r.startedAt(),
                r.finishedAt(),
                r.steps().subList(0, steps),
                r.stepsOmitted() + r.steps().size() - steps,
                r.files().subList(0, files),
                r.filesOmitted() + r.files().size() - files,
                r.diff().substring(0, diff),
                r.diffOmitted() + r.diff().length() - diff,
                r.logTail().substring(r.logTail().length() - log),
                r.logOmitted() + r.logTail().length() - log,
                r.ignored().subList(0, Math.min(ENTRIES, r.ignored().size())),
                r.enforced(),
                r.undo(),
                r.review().map(BoundedReceipt::cut));
    }

    private static Receipt.Review cut(Receipt.Review review) {
        int hidden = Math.min(ENTRIES / 2, review.hidden().size());
        return new Receipt.Review(
                review.changeSet(),
                review.covered(),
                review.hidden().subList(0, hidden),
                review.hiddenOmitted() + review.hidden().size() - hidden);
    }

    private static String start(String text, int longest) {
        return text.substring(0, Math.min(longest, text.length()));
    }

    private static int length(Receipt receipt) {
        try {
            return Json.MAPPER.writeValueAsString(receipt).length();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt is always JSON", e);
        }
    }
}
