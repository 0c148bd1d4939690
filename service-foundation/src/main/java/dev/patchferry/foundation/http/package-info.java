/**
 * What both services hold every request to before any feature sees it: it arrives in time ({@code SlowSenders}), can be read
 * ({@code BrokenHeads}) and in one way only ({@code Target}), within bounds ({@link
 * dev.patchferry.foundation.http.RequestBody}). Whatever is wrong with it is answered with a problem.
 */
@NullMarked
package dev.patchferry.foundation.http;

import org.jspecify.annotations.NullMarked;
