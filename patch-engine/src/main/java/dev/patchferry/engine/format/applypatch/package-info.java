/**
 * Reads the form that begins with {@code *** Begin Patch}: files to add, delete, update and move, updates as chunks of
 * lines under {@code @@} anchors. Pure: text in, steps out. Call
 * {@link dev.patchferry.engine.format.applypatch.ApplyPatch}.
 */
@NullMarked
package dev.patchferry.engine.format.applypatch;

import org.jspecify.annotations.NullMarked;
