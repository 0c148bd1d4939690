/**
 * The launcher as a person meets it: what it prints, its exit codes, and which processes there are before and after.
 * Most of these tests run the real launcher in a {@link dev.patchferry.system.launcher.FakeCheckout}, whose build and
 * services take no time; what depends on the real services carries the tag {@code system}.
 */
@NullMarked
package dev.patchferry.system.launcher;

import org.jspecify.annotations.NullMarked;
