/**
 * The runner's door: its HTTP interface, its credential, its settings, its health, and {@code ferry plan}. Resources
 * bind, call and map; what they call was put together in {@link dev.patchferry.runner.intake.RunnerAssembly}.
 */
@NullMarked
package dev.patchferry.runner.intake;

import org.jspecify.annotations.NullMarked;
