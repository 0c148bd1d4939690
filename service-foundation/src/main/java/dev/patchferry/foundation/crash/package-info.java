/**
 * The named boundaries between two durable steps, at which a test can have a service die as if by {@code kill -9}. Every
 * place of either service where a crash must not matter calls one of them by name; in a process where none is armed the
 * call is a comparison of two constants. Only the Quarkus profile {@code crash} can arm one.
 */
@NullMarked
package dev.patchferry.foundation.crash;

import org.jspecify.annotations.NullMarked;
