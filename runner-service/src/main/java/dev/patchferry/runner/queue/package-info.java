/**
 * Who runs when: one lane per workspace takes patches, undos and approvals from the journal in the order of acceptance,
 * one at a time. Lanes wait for a signal, not for a clock; only a decision that nobody takes is waited for by one.
 */
@NullMarked
package dev.patchferry.runner.queue;

import org.jspecify.annotations.NullMarked;
