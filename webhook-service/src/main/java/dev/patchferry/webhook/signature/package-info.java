/**
 * Who signs instead of holding a token: Standard Webhooks and GitHub. Reads the headers of a request into a claim, which
 * the bytes of the body prove or not, exactly as they were received; compares in constant time. Headers that could be read
 * in two ways (missing, given twice, misshapen) are no claim. Called by {@code auth}; imports no other feature.
 */
@NullMarked
package dev.patchferry.webhook.signature;

import org.jspecify.annotations.NullMarked;
