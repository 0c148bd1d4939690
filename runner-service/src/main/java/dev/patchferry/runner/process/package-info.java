/**
 * Starting processes, waiting for them within a time, and ending them with everything they started. The only place of
 * the runner where a process begins: from an argument list, with an environment built from empty, with no standard
 * input, and without a pipe that Java would have to read; what waits for its turn gets one line on its input.
 */
@NullMarked
package dev.patchferry.runner.process;

import org.jspecify.annotations.NullMarked;
