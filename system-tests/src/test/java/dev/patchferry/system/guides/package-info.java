/**
 * The guides, tried as a new user would: every command that they print is read from the Markdown and run against a pair that
 * was started by the first of them. Only ports, paths and the names of what is not there until a reader makes it are
 * replaced. A block that cannot be run says so in a comment above it, with the reason.
 */
@NullMarked
package dev.patchferry.system.guides;

import org.jspecify.annotations.NullMarked;
