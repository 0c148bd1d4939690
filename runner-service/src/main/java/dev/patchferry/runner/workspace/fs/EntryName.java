package dev.patchferry.runner.workspace.fs;

import java.util.Arrays;

/** What an entry of a folder is called: any bytes but NUL and a slash, as the file system has them; one name, no path. */
public final class EntryName implements Comparable<EntryName> {
    private final byte[] bytes;

    private EntryName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A name as the file system gave it.
     *
     * @param bytes are not changed any more
     */
    public static EntryName of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a name is not empty");
        }
        for (byte b : bytes) {
            if (b == 0 || b == '/') {
                throw new IllegalArgumentException("a name is neither a path nor holds NUL");
            }
        }
        return new EntryName(bytes);
    }

    /** A name in the form of {@link PathText}. */
    public static EntryName of(String name) {
        return of(PathText.bytes(name));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** In the form of {@link PathText}, so that nothing of it is lost. */
    @Override
    public String toString() {
        return PathText.of(bytes);
    }

    @Override
    public int compareTo(EntryName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
