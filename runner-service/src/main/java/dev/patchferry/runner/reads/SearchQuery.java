package dev.patchferry.runner.reads;

import org.jspecify.annotations.Nullable;

/**
 * What is to be found.
 *
 * @param wanted a text, or an expression as RE2 has it; looked for within lines
 * @param regex whether it is an expression
 * @param anyCase whether {@code A} is found as {@code a}, too
 * @param path the folder, or the one file, to look in
 * @param glob which files, as a line of a {@code .gitignore} would name them; null for all
 * @param ignored whether also in what git ignores
 * @param context how many lines above and below are shown
 * @param limit how many lines at most
 * @param after null from the beginning, else {@code next} of the page before
 */
public record SearchQuery(
        String wanted,
        boolean regex,
        boolean anyCase,
        String path,
        @Nullable String glob,
        boolean ignored,
        int context,
        int limit,
        @Nullable String after) {}
