package dev.patchferry.contract;

import java.time.Instant;

/**
 * One entry of a patch's history.
 *
 * @param status the state it came to
 * @param at when
 * @param reason why
 */
public record StatusChange(PatchStatus status, Instant at, String reason) {}
