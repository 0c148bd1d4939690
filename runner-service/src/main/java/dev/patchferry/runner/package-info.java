/**
 * The private service: journals a patch, plans it, executes it in a transaction inside a sandbox, and commits or rolls
 * back. One package per feature.
 */
@NullMarked
package dev.patchferry.runner;

import org.jspecify.annotations.NullMarked;
