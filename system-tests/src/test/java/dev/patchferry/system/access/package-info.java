/**
 * Who is answered what: one table of every endpoint of the webhook and everybody who may call it, tried out cell by cell on
 * the packaged service, and printed in docs/security-model.md. An endpoint that is not in it fails the test.
 */
@NullMarked
package dev.patchferry.system.access;

import org.jspecify.annotations.NullMarked;
