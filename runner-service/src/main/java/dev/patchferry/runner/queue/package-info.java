/**
 * Who runs when: one lane per workspace takes patches, undos and approvals from the journal in the order of acceptance,
 * one at a time. Lanes wait for a signal, not for a clock. What an undo and an approval are is said by the packages of that name.
 */
@NullMarked
package dev.patchferry.runner.queue;

import org.jspecify.annotations.NullMarked;
