/**
 * Finds secrets in text that is about to be shown, and puts stars over them, one for each byte, so that lengths, offsets
 * and lines stay what they were. A secret is found as it is and in the forms in which programs usually write it ({@link
 * dev.patchferry.foundation.redaction.SecretForms}); tokens of well-known services are found by their shape ({@link
 * dev.patchferry.foundation.redaction.TokenShape}). One pass, linear, with memory that depends on the secrets alone. Knows
 * no feature of either service and may be used by all of them.
 */
@NullMarked
package dev.patchferry.foundation.redaction;

import org.jspecify.annotations.NullMarked;
