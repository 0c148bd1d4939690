/**
 * What stands between a command and the machine: bubblewrap with an allow-list, in namespaces of its own, over the
 * mounted transaction. Fails closed: where the self-test of the real command shape does not pass, nothing runs.
 */
@NullMarked
package dev.patchferry.runner.sandbox;

import org.jspecify.annotations.NullMarked;
