/** The main job, end to end: the launcher's real services, a sender's requests, and what becomes of the workspace. */
@NullMarked
package dev.patchferry.system.pair;

import org.jspecify.annotations.NullMarked;
