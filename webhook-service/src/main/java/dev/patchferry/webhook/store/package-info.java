/**
 * Where patches are kept, durably, before anybody hears that they were accepted.
 *
 * <p>Three doors on one database: {@link dev.patchferry.webhook.store.PatchStore} for what senders send and ask, {@link
 * dev.patchferry.webhook.store.Outbox} for what has yet to reach the runner, {@link
 * dev.patchferry.webhook.store.RunnerEventStore} for what the runner reports. A state changes only along {@link
 * dev.patchferry.contract.PatchStatus#mayBecome}, together with its history, in one transaction; {@link
 * dev.patchferry.webhook.store.StoreEvents} then tells those who wait. Imports no other feature.
 *
 * <p>More than 30 files: the doors with their records, and the tables of SQLite behind them, which have yet to become a package
 * of their own.
 */
@NullMarked
package dev.patchferry.webhook.store;

import org.jspecify.annotations.NullMarked;
