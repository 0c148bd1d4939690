/**
 * Tests that each service runs for itself, and what they need: a service extends a contract with a class of its own. Only tests
 * depend on this module.
 */
@NullMarked
package dev.patchferry.testing;

import org.jspecify.annotations.NullMarked;
