/**
 * Bearer tokens: made, kept in files that only their owner can read, and compared in constant time. A token's text is
 * held only while it is read or created; what is kept to compare with is its SHA-256.
 */
@NullMarked
package dev.patchferry.foundation.token;

import org.jspecify.annotations.NullMarked;
