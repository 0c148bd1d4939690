/**
 * What callers are shown of a stored patch, and what all answers about one have in common: the caller's eyes, links,
 * advice on what to do next, and bounds. Used by every feature that answers about patches; reads the store's records
 * and stores nothing.
 */
@NullMarked
package dev.patchferry.webhook.view;

import org.jspecify.annotations.NullMarked;
