/**
 * Learns what became of the patches: follows the runner's numbered journal without end and applies each event once.
 *
 * <p>The cursor is stored with the event, so nothing is missed or applied twice after a restart of either side. When
 * the runner has begun a new journal, every patch that may have reached the old one is asked for by name. Calls the
 * store and the runner; is called by nobody.
 */
@NullMarked
package dev.patchferry.webhook.outcome;

import org.jspecify.annotations.NullMarked;
