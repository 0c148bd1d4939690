package dev.patchferry.system.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A folder to be the whole PATH: links to what this machine has, without some of it, and with programs that the test
 * puts in their place.
 */
record ToolFolder(Path path) {

    /** Everything of the usual folders but the JDKs and what is named. */
    static ToolFolder without(Path folder, String... absent) throws IOException {
        ToolFolder tools = new ToolFolder(Files.createDirectories(folder));
        Set<String> left = Set.copyOf(List.of(absent));
        for (Path usual : List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"))) {
            tools.linkAll(usual, left);
        }
        return tools;
    }

    /** Puts a shell script there. */
    ToolFolder add(String name, String script) throws IOException {
        Path program = path.resolve(name);
        Files.deleteIfExists(program);
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    private void linkAll(Path usual, Set<String> left) throws IOException {
        try (DirectoryStream<Path> programs = Files.newDirectoryStream(usual)) {
            for (Path program : programs) {
                Path link = path.resolve(program.getFileName().toString());
                if (!left.contains(program.getFileName().toString()) && !Files.exists(link)) {
                    Files.deleteIfExists(link);
                    Files.createSymbolicLink(link, program);
                }
            }
        }
    }
}
