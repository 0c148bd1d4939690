/**
 * Reads a stored document as one of the forms that models send and says what it will do: a plan, or why there is none.
 *
 * <p>Pure: no file is looked at and nothing is run. A form is told by an explicit {@code format}, else by how the text
 * opens, else by the role; what fits no rule is refused together with what to send instead, and text that is not known
 * to be a command never becomes one. One thing that cannot be done makes the whole document impossible. Call
 * {@link dev.patchferry.engine.format.DocumentParser}; all else is its parts.
 *
 * <p>More than 30 files: a small type for each field and form of a JSON document, all of them package-private. The forms
 * that are text have packages of their own below.
 */
@NullMarked
package dev.patchferry.engine.format;

import org.jspecify.annotations.NullMarked;
