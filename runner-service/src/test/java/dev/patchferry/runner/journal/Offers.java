package dev.patchferry.runner.journal;

import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.Offer.Beginning;
import dev.patchferry.runner.journal.Offer.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Documents as they are offered to the journal; by the sender {@code me} unless said otherwise. */
public final class Offers {
    private static final Sender ME = new Sender("me", List.of("submit"));

    private Offers() {}

    public static Offer waiting(PatchDocument document) {
        return Offer.of(document, ME, new Beginning.Waits());
    }

    public static Offer by(String principal, PatchDocument document) {
        return Offer.of(document, new Sender(principal, List.of("submit")), new Beginning.Waits());
    }

    static Offer waiting(PatchDocument document, HashRule rule) {
        return Offer.of(document, rule, ME, new Beginning.Waits());
    }

    public static Offer held(PatchDocument document) {
        return Offer.of(
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

    public static Offer over(PatchDocument document, Receipt receipt) {
        return Offer.of(document, ME, new Beginning.Over(receipt));
    }
}
