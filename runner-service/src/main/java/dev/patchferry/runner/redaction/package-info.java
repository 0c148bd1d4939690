/**
 * What must not be shown of a workspace's commands: the secrets that its owner hands them, and the runner's own. Whatever
 * leaves the runner, or is kept where somebody reads it, goes through here first. Imports no other feature; everybody who
 * writes for readers asks here.
 */
@NullMarked
package dev.patchferry.runner.redaction;

import org.jspecify.annotations.NullMarked;
