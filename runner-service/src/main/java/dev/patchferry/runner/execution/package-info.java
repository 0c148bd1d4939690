/**
 * One patch from its journal entry to its receipt: plan, transaction, steps in order, commit or rollback. Says what
 * happened as a value; a patch that fails is an outcome, not an exception.
 */
@NullMarked
package dev.patchferry.runner.execution;

import org.jspecify.annotations.NullMarked;
