/**
 * Who did what, and who was refused: {@code GET /audit} over the store's activity log, and whatever has to be noted there
 * beside the states of patches. Acceptances and states are read from where they are, so that accepting costs nothing;
 * what somebody asked for is noted before the answer leaves; refusals, which strangers can cause, are counted in memory and
 * noted together. Nothing of it can be changed, and no credential is in it. May use {@code auth} and {@code store}.
 */
@NullMarked
package dev.patchferry.webhook.audit;

import org.jspecify.annotations.NullMarked;
