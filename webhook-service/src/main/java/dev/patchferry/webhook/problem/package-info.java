/**
 * Problems that only this service has, beside those that the foundation maps for both. Imports no feature.
 */
@NullMarked
package dev.patchferry.webhook.problem;

import org.jspecify.annotations.NullMarked;
