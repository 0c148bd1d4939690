/**
 * Reads unified diffs: what git and diff write, and what models write in their manner, with counts that are wrong,
 * numbers that are missing and prose around. Pure: text in, steps out. A well-formed diff is read exactly as
 * {@code git apply} reads it. Call {@link dev.patchferry.engine.format.diff.UnifiedDiff}.
 */
@NullMarked
package dev.patchferry.engine.format.diff;

import org.jspecify.annotations.NullMarked;
