package dev.patchferry.runner.journal;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A patch offered to the journal.
 *
 * @param hashRule the rule that the hash was taken by; empty if only the hash is known
 * @param document what was sent, as JSON
 * @param sender who sent it
 * @param beginning where it begins
 */
public record PatchOffer(
        PatchId id,
        ContentHash hash,
        Optional<HashRule> hashRule,
        WorkspaceName workspace,
        Sender sender,
        String document,
        Beginning beginning) {
    /** Why most patches are queued. */
    public static final String WAITS = "it waits for its turn in the workspace";

    /**
     * Who sent a patch.
     *
     * @param roles as attested
     */
    public record Sender(String principal, List<String> roles) {
        public Sender {
            roles = List.copyOf(roles);
        }
    }

    /** What becomes of it first. */
    public sealed interface Beginning {
        /** It waits for its turn. */
        record Waits() implements Beginning {}

        /**
         * It waits for somebody's approval.
         *
         * @param tooMany its end instead, if as many of its sender's patches wait for that in the workspace as may
         */
        record Held(String reason, Receipt tooMany) implements Beginning {}

        /** It ends at once. */
        record Over(Receipt receipt) implements Beginning {}
    }

    /** A document that has arrived. */
    public static PatchOffer of(PatchDocument document, Sender sender, Beginning beginning) {
        return of(document, document.rule(), sender, beginning);
    }

    /** A document that has arrived from a sender who knows it by its hash under this rule. */
    public static PatchOffer of(PatchDocument document, HashRule rule, Sender sender, Beginning beginning) {
        return new PatchOffer(
                document.id(),
                document.under(rule).hash(),
                Optional.of(rule),
                document.workspace(),
                sender,
                document.json().toString(),
                beginning);
    }

    /** A patch that was cancelled before it arrived: its place is taken, so that it will not run when it does. */
    public static PatchOffer tombstone(
            PatchId id, ContentHash hash, WorkspaceName workspace, String principal, Receipt cancelled) {
        return new PatchOffer(
                id,
                hash,
                Optional.empty(),
                workspace,
                new Sender(principal, List.of()),
                "{\"id\":\"" + id + "\"}",
                new Beginning.Over(cancelled));
    }

    /** The same, over at once. */
    PatchOffer over(Receipt receipt) {
        return new PatchOffer(id, hash, hashRule, workspace, sender, document, new Beginning.Over(receipt));
    }

    /** The same with each text of where it begins as this makes it. */
    PatchOffer withTexts(UnaryOperator<String> text) {
        Beginning shown = switch (beginning) {
            case Beginning.Waits waits -> waits;
            case Beginning.Held(String reason, Receipt tooMany) ->
                new Beginning.Held(text.apply(reason), tooMany.withTexts(text));
            case Beginning.Over(Receipt receipt) -> new Beginning.Over(receipt.withTexts(text));
        };
        return new PatchOffer(id, hash, hashRule, workspace, sender, document, shown);
    }

    /**
     * Whether this is the patch of a journalled hash.
     *
     * @param rule what that was taken by, if anybody knows
     */
    boolean isContent(ContentHash journalled, Optional<Integer> rule) {
        if (rule.isEmpty() || hashRule.isEmpty() || hashRule.get().number() == rule.get()) {
            return hash.equals(journalled);
        }
        return PatchDocument.isContent(
                document.getBytes(StandardCharsets.UTF_8), HashRule.numbered(rule.get()), journalled);
    }

    PatchStatus status() {
        return switch (beginning) {
            case Beginning.Waits() -> PatchStatus.QUEUED;
            case Beginning.Held _ -> PatchStatus.HELD;
            case Beginning.Over(Receipt receipt) -> receipt.outcome();
        };
    }

    String reason() {
        return switch (beginning) {
            case Beginning.Waits() -> WAITS;
            case Beginning.Held(String reason, Receipt _) -> reason;
            case Beginning.Over(Receipt receipt) -> receipt.reason();
        };
    }

    Optional<Receipt> receipt() {
        return beginning instanceof Beginning.Over(Receipt receipt) ? Optional.of(receipt) : Optional.empty();
    }
}
