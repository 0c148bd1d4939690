/**
 * Every error leaves a service as an RFC 9457 problem, made here. Features throw {@link
 * dev.patchferry.foundation.problem.ProblemException} for an error they can name; what nobody named becomes {@code
 * internal}, logged with its trace, and never shows a trace to the caller.
 */
@NullMarked
package dev.patchferry.foundation.problem;

import org.jspecify.annotations.NullMarked;
