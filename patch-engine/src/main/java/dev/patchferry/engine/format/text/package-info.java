/**
 * The lines of a patch's text as its parser walks over them, and how it says where they go wrong. Pure; used by the
 * parsers of the textual forms alone.
 */
@NullMarked
package dev.patchferry.engine.format.text;

import org.jspecify.annotations.NullMarked;
