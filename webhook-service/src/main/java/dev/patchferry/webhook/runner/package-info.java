/**
 * The runner as this service sees it: where it is, the credential it wants, the client of its interface, and whether
 * it answers. Used by {@code delivery}, {@code outcome}, {@code application} and {@code events}, which know nothing of one
 * another; knows the contract only.
 */
@NullMarked
package dev.patchferry.webhook.runner;

import org.jspecify.annotations.NullMarked;
