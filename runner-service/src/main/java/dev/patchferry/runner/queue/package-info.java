/**
 * Who runs when: one lane per workspace takes patches from the journal in the order of acceptance, one at a time. Lanes
 * wait for a signal, not for a clock.
 */
@NullMarked
package dev.patchferry.runner.queue;

import org.jspecify.annotations.NullMarked;
