/**
 * One SQLite file with one writer and several readers. Every write is durable (WAL, {@code synchronous=FULL}) before
 * its caller hears of it. The services' stores and journals are built on this and own their tables.
 */
@NullMarked
package dev.patchferry.foundation.sqlite;

import org.jspecify.annotations.NullMarked;
