package dev.patchferry.runner.sandbox;

import java.nio.file.Path;

/**
 * A folder of this machine that commands can read.
 *
 * @param source where it is; an absolute path
 * @param seenAs the path under which commands find it
 */
record ShownFolder(Path source, Path seenAs) {
    /** One that commands find where it is. */
    ShownFolder(Path source) {
        this(source, source);
    }

    /** The path under which commands find something that lies in it. */
    Path seen(Path real, Path below) {
        return seenAs.resolve(real.relativize(below));
    }
}
