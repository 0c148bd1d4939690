/**
 * Tells callers what happens to patches while it happens: the states of all patches that a caller may see, and one patch
 * with its output, as server-sent events. Each open stream has a connection, a thread and a slot; a slow reader holds up
 * itself alone. Reads the store and the runner's streams; nothing calls it.
 */
@NullMarked
package dev.patchferry.webhook.events;

import org.jspecify.annotations.NullMarked;
