/**
 * Brings stored patches to the runner: one lane per workspace, in the order of acceptance, for as long as it takes.
 *
 * <p>The outbox in the store is the queue; nothing here remembers what a restart would need. Acceptance wakes a lane;
 * only a planned retry waits on a timer. All fault tolerance is in {@link
 * dev.patchferry.webhook.delivery.GuardedRunner}. Calls the store and the runner; is called by nobody.
 */
@NullMarked
package dev.patchferry.webhook.delivery;

import org.jspecify.annotations.NullMarked;
