package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;

/**
 * The head of a lane, ready to be sent.
 *
 * @param hashRule the rule that the hash was taken by
 * @param enqueuedAt when it came into the outbox
 * @param dueAt when it is to be sent
 * @param failures how many attempts were made since then
 * @param sentBefore whether an earlier request may have reached the runner
 * @param document the bytes to send
 */
public record OutboxEntry(
        PatchId id,
        WorkspaceName workspace,
        ContentHash hash,
        HashRule hashRule,
        Sender sender,
        Instant enqueuedAt,
        Instant dueAt,
        int failures,
        boolean sentBefore,
        RawDocument document) {}
