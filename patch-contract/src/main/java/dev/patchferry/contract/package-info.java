/**
 * What the two services say to each other and to the world: documents, identities, states, receipts, events, problems
 * and the runner's HTTP interface.
 *
 * <p>Everything here is a value or an interface. Values validate themselves when they are made, so an invalid one does
 * not exist. Both services and the tests may use every public type; nothing here does I/O.
 *
 * <p>More than 30 files, since it is one vocabulary: nearly each value holds others of it.
 */
@NullMarked
package dev.patchferry.contract;

import org.jspecify.annotations.NullMarked;
