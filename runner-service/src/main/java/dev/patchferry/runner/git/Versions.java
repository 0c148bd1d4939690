package dev.patchferry.runner.git;

import java.io.IOException;
import java.util.Optional;

/** The files of a workspace before a patch and after it. */
public interface Versions {
    /** What a file had; empty if there was none, or if it is none that can be read. */
    Optional<byte[]> before(String path) throws IOException;

    /** What it has now. */
    Optional<byte[]> after(String path) throws IOException;
}
