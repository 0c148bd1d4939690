/**
 * What the service does for a caller, whichever face the caller came through: store a patch, look at patches, act on one.
 * Every operation takes a {@link dev.patchferry.webhook.application.Caller} and returns a value; a refusal is a {@link
 * dev.patchferry.webhook.application.Refusal}, which each face puts into its own words. Knows no request, no response and
 * no path of any face. Calls the store and the runner; called by {@code intake}, {@code status}, {@code events} and {@code mcp}.
 */
@NullMarked
package dev.patchferry.webhook.application;

import org.jspecify.annotations.NullMarked;
