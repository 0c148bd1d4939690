/**
 * Starting processes, waiting for them within a time, and ending them with everything they started. The only place of
 * the runner where a process begins: from an argument list, with an environment built from empty, with no standard
 * input. A sandbox that is built ahead gets its task on its input and says on its output which process namespace it made.
 * The only other pipe that Java reads takes the output of a command. The end of a namespace is waited for by the descriptor of its first process.
 */
@NullMarked
package dev.patchferry.runner.process;

import org.jspecify.annotations.NullMarked;
