/**
 * Files and folders that nobody but a service's own user may touch: {@code FERRY_HOME} and what is in it, and secrets that
 * lie elsewhere. Both services use it when they start, before they read or write anything.
 */
@NullMarked
package dev.patchferry.foundation.files;

import org.jspecify.annotations.NullMarked;
