package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that holds the launcher and what it builds.
 *
 * @param root absolute
 */
public record Checkout(Path root) {

    /** The one that these tests belong to, with its packaged services. */
    public static Checkout underTest() {
        return new Checkout(Path.of(Objects.requireNonNull(
                System.getProperty("ferry.checkout"), "run the system tests through ./ferry test or Maven")));
    }

    /** The launcher's path. */
    public String ferry() {
        return root.resolve("ferry").toString();
    }

    /** The runnable jar of {@code webhook} or {@code runner}. */
    public Path jarOf(String service) {
        return root.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
    }

    /** Every module's {@code pom.xml}, relative to the root. */
    public List<String> modulePoms() throws IOException {
        return Pattern.compile("<module>(.+)</module>")
                .matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1) + "/pom.xml")
                .toList();
    }

    /** Copies files or whole folders, named relative to the root, into another folder. */
    public Checkout copy(Path target, List<String> names) throws IOException {
        for (String name : names) {
            copyTree(root.resolve(name), target.resolve(name));
        }
        return new Checkout(target);
    }

    /** Copies the launcher, the sources that decide about a build and what a fresh build leaves, so that none is made again. */
    public Checkout copyWithBuild(Path target) throws IOException {
        List<String> names =
                new ArrayList<>(List.of("ferry", "launcher", "pom.xml", ".mvn", "target/ferry-build.stamp"));
        for (String service : List.of("webhook", "runner")) {
            names.add(service + "-service/target/quarkus-app");
        }
        for (String pom : modulePoms()) {
            names.add(pom);
            String sources = pom.replace("pom.xml", "src/main");
            if (Files.exists(root.resolve(sources))) {
                names.add(sources);
            }
        }
        return copy(target, names);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : (Iterable<Path>) tree::iterator) {
                Files.copy(each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
