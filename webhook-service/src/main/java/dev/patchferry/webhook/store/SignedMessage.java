package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;

/**
 * The message that a signing sender put a patch into.
 *
 * @param id what the sender calls it, the same for each attempt to deliver it
 * @param body the SHA-256 of its body as it was received
 */
public record SignedMessage(String id, ContentHash body) {}
