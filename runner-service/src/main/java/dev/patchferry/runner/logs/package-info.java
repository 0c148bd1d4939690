/**
 * The files a person or a model reads about a patch: its output, its diff, and the view of patches as files. Written for
 * readers, never read back as truth. Imports no other feature but the journal's values.
 */
@NullMarked
package dev.patchferry.runner.logs;

import org.jspecify.annotations.NullMarked;
