/**
 * Everything between a stored document and an edited file that needs no machine: forms, plans, edits, the owner's policy.
 *
 * <p>Pure: values in, values out. Nothing here opens a file, starts a process or asks for the time of day, and no package
 * imports more of Patch Ferry than {@code contract}. One package per feature; this one is empty.
 */
@NullMarked
package dev.patchferry.engine;

import org.jspecify.annotations.NullMarked;
