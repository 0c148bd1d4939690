package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.Receipt;
import java.util.Optional;

/**
 * A patch offered to the journal.
 *
 * @param document what was sent
 * @param principal who sent it
 * @param rejection the receipt of a patch that ends at once since it cannot be executed
 */
public record Offer(PatchDocument document, String principal, Optional<Receipt> rejection) {}
