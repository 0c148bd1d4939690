/**
 * The public service: authenticates, validates and durably stores a patch, forwards it to the runner, and tells what
 * became of it. One package per feature.
 */
@NullMarked
package dev.patchferry.webhook;

import org.jspecify.annotations.NullMarked;
