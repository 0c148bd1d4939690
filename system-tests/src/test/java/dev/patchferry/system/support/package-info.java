/**
 * What every black-box test needs: the checkout under test, a ferry of its own (state, workspace, ports) and commands
 * run as real processes. Nothing here knows a class of the services; they are met as a person or a sender meets them.
 *
 * <p>Everything that starts a process is {@link AutoCloseable} and leaves no process behind when it is closed, whatever
 * the test did. Ports are free ones on the loopback interface; folders are temporary; the environment of a process is
 * the test's own without any setting of Patch Ferry.
 */
@NullMarked
package dev.patchferry.system.support;

import org.jspecify.annotations.NullMarked;
