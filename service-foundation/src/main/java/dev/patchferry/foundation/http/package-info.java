/** Reading requests within bounds, the same way in both services. */
@NullMarked
package dev.patchferry.foundation.http;

import org.jspecify.annotations.NullMarked;
