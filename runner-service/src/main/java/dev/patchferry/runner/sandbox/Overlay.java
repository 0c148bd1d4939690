package dev.patchferry.runner.sandbox;

import java.nio.file.Path;

/**
 * An overlay to be mounted.
 *
 * @param lower is only read
 * @param upper takes what is changed
 * @param work scratch space beside it, used by no mount before
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
record Overlay(Path lower, Path upper, Path work) {
    /** What the kernel is to know of it. A workspace with what separates options is refused before. */
    String options() {
        return "lowerdir=%s,upperdir=%s,workdir=%s,userxattr,volatile".formatted(lower, upper, work);
    }

    /** The line of an fstab(5) that mounts it, with the end of the line. */
    String line(Path where) {
        return "overlay %s overlay nosuid,nodev,%s 0 0%n".formatted(escaped(where.toString()), escaped(options()));
    }

    /** What separates fields stands as an octal number. */
    private static String escaped(String field) {
        return field.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("#", "\\043");
    }
}
