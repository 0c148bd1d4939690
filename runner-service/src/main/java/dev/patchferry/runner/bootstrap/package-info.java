/**
 * Starts the runner: its settings, the folders of its home, the parts and how they are put together, its health.
 *
 * <p>{@link dev.patchferry.runner.bootstrap.RunnerAssembly} and two more assemblies make each part once; no other package
 * knows the settings' names or CDI's producers. Only {@code cli} uses this package, to read the same settings.
 */
@NullMarked
package dev.patchferry.runner.bootstrap;

import org.jspecify.annotations.NullMarked;
