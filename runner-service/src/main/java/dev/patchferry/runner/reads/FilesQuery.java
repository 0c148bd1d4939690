package dev.patchferry.runner.reads;

import org.jspecify.annotations.Nullable;

/**
 * What is to be listed.
 *
 * @param path the folder
 * @param glob which entries, as a line of a {@code .gitignore} would name them; null for all
 * @param depth how many folders deep
 * @param ignored whether also what git ignores
 * @param limit how many entries at most
 * @param after null from the beginning, else {@code next} of the page before
 */
public record FilesQuery(
        String path,
        @Nullable String glob,
        int depth,
        boolean ignored,
        int limit,
        @Nullable String after) {}
