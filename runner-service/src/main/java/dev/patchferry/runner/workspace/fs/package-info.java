/**
 * Files by their descriptors: what Java's own files cannot do safely beside programs that change the same folders.
 *
 * <p>Every path is resolved beneath an open folder without following links ({@code DirectoryHandle}, {@code EntryHandle}), and
 * whatever is done to a file is done by its descriptor. Also here: names and paths as bytes, owners, access lists, the marks
 * that overlayfs leaves, and the calls of the system that all this takes ({@code NativeCall}). Knows no workspace and no patch;
 * the packages beside it use it.
 */
@NullMarked
package dev.patchferry.runner.workspace.fs;

import org.jspecify.annotations.NullMarked;
