/**
 * Where patches are kept, durably, before anybody hears that they were accepted.
 *
 * <p>Three doors on one database: {@link dev.patchferry.webhook.store.PatchStore} for what senders send and ask, {@link
 * dev.patchferry.webhook.store.Outbox} for what has yet to reach the runner, {@link
 * dev.patchferry.webhook.store.Outcomes} for what the runner reports. A state changes only along {@link
 * dev.patchferry.contract.PatchStatus#mayBecome}, together with its history, in one transaction; {@link
 * dev.patchferry.webhook.store.Signals} then tells those who wait. Imports no other feature.
 */
@NullMarked
package dev.patchferry.webhook.store;

import org.jspecify.annotations.NullMarked;
