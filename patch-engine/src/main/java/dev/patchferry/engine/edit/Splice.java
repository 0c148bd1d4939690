package dev.patchferry.engine.edit;

import java.util.List;

/**
 * Lines taken out of a file and lines put in their place.
 *
 * @param at the first line, from 0
 * @param removed how many lines go
 * @param added the lines that come, each with what ends it; the last of a file may be without
 */
record Splice(int at, int removed, List<byte[]> added) {}
