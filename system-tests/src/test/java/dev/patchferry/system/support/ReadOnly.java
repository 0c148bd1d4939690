package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that nobody can write to until this is closed, root and who has them open included, as on a file system that the
 * kernel has made read-only: the immutable attribute. Needs root and a file system that knows it.
 */
public final class ReadOnly implements AutoCloseable {
    private final List<Path> files;

    public ReadOnly(List<Path> files) throws IOException {
        this.files = List.copyOf(files);
        change("+i");
    }

    @Override
    public void close() throws IOException {
        change("-i");
    }

    private void change(String attribute) throws IOException {
        List<String> line = new ArrayList<>(List.of("chattr", attribute));
        files.forEach(file -> line.add(file.toString()));
        Command.Result result = Command.of(Environment.plain(), Path.of("/"), line.toArray(String[]::new))
                .run();
        if (result.exitCode() != 0) {
            throw new IOException("chattr: " + result.err());
        }
    }
}
