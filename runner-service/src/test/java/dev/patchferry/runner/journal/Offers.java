package dev.patchferry.runner.journal;

import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.PatchOffer.Beginning;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Documents as they are offered to the journal; by the sender {@code me} unless said otherwise. */
public final class Offers {
    private static final Sender ME = new Sender("me", List.of("submit"));

    private Offers() {}

    public static PatchOffer waiting(PatchDocument document) {
        return PatchOffer.of(document, ME, new Beginning.Waits());
    }

    public static PatchOffer by(String principal, PatchDocument document) {
        return PatchOffer.of(document, new Sender(principal, List.of("submit")), new Beginning.Waits());
    }

    static PatchOffer waiting(PatchDocument document, HashRule rule) {
        return PatchOffer.of(document, rule, ME, new Beginning.Waits());
    }

    public static PatchOffer held(PatchDocument document) {
        return PatchOffer.of(
                document,
                ME,
                new Beginning.Held(
                        "held: a rule says so",
                        Receipt.nothingRan(
                                PatchStatus.REJECTED,
                                "too_many_held: a test",
                                Optional.empty(),
                                Optional.empty(),
                                Instant.EPOCH)));
    }

    public static PatchOffer over(PatchDocument document, Receipt receipt) {
        return PatchOffer.of(document, ME, new Beginning.Over(receipt));
    }
}
