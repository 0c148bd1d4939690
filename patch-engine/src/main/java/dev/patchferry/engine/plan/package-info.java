/**
 * What a patch will do, decided before anything is done: an immutable list of steps, the paths they name and the bytes
 * they carry.
 *
 * <p>A plan is never empty, every path in it stays inside its workspace and out of any git directory, and no value here
 * can be changed after it was made. Everybody may read plans; only {@code format} makes them. Nothing in
 * this package touches a file system.
 */
@NullMarked
package dev.patchferry.engine.plan;

import org.jspecify.annotations.NullMarked;
