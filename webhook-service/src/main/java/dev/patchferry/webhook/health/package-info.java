/**
 * What an orchestrator and a person may ask without a credential: does the process live, has it started, could it
 * accept a patch now. Being ready means a writable store; it never depends on the runner, since patches are accepted
 * without it. Nothing calls it.
 */
@NullMarked
package dev.patchferry.webhook.health;

import org.jspecify.annotations.NullMarked;
