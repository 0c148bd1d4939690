package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;

/**
 * A valid document that asks to be stored.
 *
 * @param document the bytes as sent; they are forwarded as they are.
 */
public record NewPatch(PatchId id, WorkspaceName workspace, ContentHash hash, Sender sender, RawDocument document) {}
