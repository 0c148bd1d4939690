/**
 * What stands between a command and the machine: bubblewrap with an allow-list, in namespaces of its own, over the
 * mounted transaction. Fails closed: where the self-test of the real command shape does not pass, nothing runs.
 *
 * <p>More than 30 files, since it is one boundary: what is mounted, filtered, limited and watched has to agree, and {@code
 * Sandbox} with its values is all that others see of it.
 */
@NullMarked
package dev.patchferry.runner.sandbox;

import org.jspecify.annotations.NullMarked;
