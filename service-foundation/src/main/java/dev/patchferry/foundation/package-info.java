/**
 * What both services stand on and neither is about: one durable SQLite writer, problems as RFC 9457, credentials from
 * files, bounded request bodies, the named points at which a test may kill them. Knows the contract; knows no feature of either service.
 */
@NullMarked
package dev.patchferry.foundation;

import org.jspecify.annotations.NullMarked;
