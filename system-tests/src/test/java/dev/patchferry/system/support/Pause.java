package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that says that it has begun and waits to be let go. Both are seen in the layer that its HOME has beside its
 * transaction: of a mounted overlay, the size of a file that is there is never cached.
 *
 * @param name tells several apart
 * @param transactions where the runner keeps them
 */
public record Pause(String name, Path transactions) {
    /** The shell's part; what follows runs once it is let go. */
    public static String command(String name) {
        return command(name, "");
    }

    /** The same with something that it does before it waits. */
    public static String command(String name, String first) {
        return ": > ~/%1$s.go; : > ~/%1$s.begun; %2$s while [ ! -s ~/%1$s.go ]; do sleep 0.05; done; rm ~/%1$s.*; "
                .formatted(name, first);
    }

    public boolean hasBegun() throws IOException {
        return !files("begun").isEmpty();
    }

    /** Lets go whoever has begun. */
    public void letGo() throws IOException {
        for (Path file : files("go")) {
            Files.writeString(file, "go");
        }
    }

    private List<Path> files(String what) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> layers = Files.newDirectoryStream(transactions, "*.home")) {
            for (Path layer : layers) {
                Path file = layer.resolve("upper").resolve(name + "." + what);
                if (Files.exists(file)) {
                    files.add(file);
                }
            }
        }
        return files;
    }
}
