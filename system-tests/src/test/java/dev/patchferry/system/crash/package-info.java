/**
 * Whether the promises "nothing lost" and "nothing twice" hold when services are killed: at every named boundary between
 * two durable steps, and at random under load. The real processes are started as the launcher's supervisor starts them
 * and killed as {@code kill -9} does; then what senders were told, what both services say, and what is in the workspaces
 * are held against each other. docs/reliability.md says how to run it and what came of it.
 */
@NullMarked
package dev.patchferry.system.crash;

import org.jspecify.annotations.NullMarked;
