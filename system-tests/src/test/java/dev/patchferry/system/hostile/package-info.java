/**
 * Requests that nobody sends who means well, by the thousand, at the packaged webhook: whatever comes, it answers problems,
 * keeps its memory, and goes on serving others. Seeded, so that a run can be repeated.
 */
@NullMarked
package dev.patchferry.system.hostile;

import org.jspecify.annotations.NullMarked;
