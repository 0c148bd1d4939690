package dev.patchferry.system.launcher;

import dev.patchferry.system.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people copy commands from, and the programs of the checkout that are written in shell. */
final class Guides {
    private Guides() {}

    /** The lines in which the pattern is found, each behind the name of its file. */
    static List<String> linesWith(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : all()) {
            Files.readAllLines(file).stream()
                    .filter(line -> pattern.matcher(line).find())
                    .forEach(line -> found.add(file.getFileName() + ": " + line));
        }
        return found;
    }

    private static List<Path> all() throws IOException {
        Path root = Checkout.underTest().root();
        List<Path> guides = new ArrayList<>(List.of(
                root.resolve("README.md"), root.resolve("docker-compose.yml"), root.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "cloudflared", "bench", "docker", "launcher", ".ci")) {
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                files.filter(Files::isRegularFile).forEach(guides::add);
            }
        }
        return guides;
    }
}
