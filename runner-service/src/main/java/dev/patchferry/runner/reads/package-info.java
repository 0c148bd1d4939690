/**
 * What somebody may read of a workspace without a patch: lists, files, searches. Each answer is bounded in time, size and
 * number, goes on from a cursor, has the secrets covered as in all output, and waits for no patch. Reads see the workspace as
 * it is at that moment; nothing is locked, nothing is changed. The API calls {@link
 * dev.patchferry.runner.reads.FileReads} and nothing else here.
 */
@NullMarked
package dev.patchferry.runner.reads;

import org.jspecify.annotations.NullMarked;
