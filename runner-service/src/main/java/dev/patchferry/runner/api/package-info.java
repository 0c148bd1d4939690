/**
 * The runner's HTTP interface: its resources, who is let in, and how patches and workspaces are shown.
 *
 * <p>Resources bind, call and map; {@link dev.patchferry.runner.api.Intake} is what takes a document into the journal. What they
 * call is put together by {@code bootstrap}, and nothing else may use this package.
 */
@NullMarked
package dev.patchferry.runner.api;

import org.jspecify.annotations.NullMarked;
