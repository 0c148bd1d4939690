/**
 * Commands of {@code ferry} that answer without a service: {@code plan} and {@code policy check}.
 *
 * <p>Each reads documents from files or standard input and prints one line of JSON for each; nothing is run and nothing is
 * written. The launcher starts their {@code main} by name; nobody else uses this package.
 */
@NullMarked
package dev.patchferry.runner.cli;

import org.jspecify.annotations.NullMarked;
