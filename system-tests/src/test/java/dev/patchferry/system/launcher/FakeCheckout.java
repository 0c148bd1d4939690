package dev.patchferry.system.launcher;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A copy of the real launcher beside a build that takes no time: its {@code mvnw} puts {@link FakeService} where the
 * services' jars belong and leaves a line in {@code mvnw-calls}. So the launcher is tested in seconds, and without
 * network.
 */
final class FakeCheckout implements AutoCloseable {
    private static final String BUILDS = """
            #!/bin/sh
            echo "$*" >>mvnw-calls
            echo '[INFO] Building Patch Ferry: fakes 1.0 [1/1]'
            for service in webhook runner; do
              mkdir -p "$service-service/target/quarkus-app"
              cp fake-service.jar "$service-service/target/quarkus-app/quarkus-run.jar"
            done
            """;

    private final Folder folder;
    private final Checkout checkout;
    private final Ferry ferry;

    private FakeCheckout(Folder folder, Checkout checkout, Ferry ferry) {
        this.folder = folder;
        this.checkout = checkout;
        this.ferry = ferry;
    }

    static FakeCheckout create() throws IOException {
        Folder folder = Folder.create();
        Checkout real = Checkout.underTest();
        Checkout checkout = real.copy(folder.path(), List.of("ferry", "launcher", "pom.xml", ".mvn"));
        real.copy(folder.path(), real.modulePoms());
        real.copy(folder.path(), List.of("service-foundation/src/main/resources/META-INF/patch-ferry/settings.txt"));
        writeServiceJar(folder.path().resolve("fake-service.jar"));
        FakeCheckout fake = new FakeCheckout(folder, checkout, Ferry.of(checkout));
        fake.mavenIs(BUILDS);
        return fake;
    }

    /** The one installation of it. */
    Ferry ferry() {
        return ferry;
    }

    Path root() {
        return checkout.root();
    }

    /** The Maven wrapper that it comes with, to be extended. */
    String buildScript() {
        return BUILDS;
    }

    /** Replaces the Maven wrapper by a script of the test's own. */
    void mavenIs(String script) throws IOException {
        Path mvnw = root().resolve("mvnw");
        Files.writeString(mvnw, script);
        Files.setPosixFilePermissions(mvnw, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** How often Maven was called. */
    int builds() throws IOException {
        Path calls = root().resolve("mvnw-calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    void giveTo(int user) throws IOException {
        folder.giveTo(user);
    }

    @Override
    public void close() throws IOException {
        ferry.close();
        folder.close();
    }

    private static void writeServiceJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = FakeService.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
            out.closeEntry();
        }
    }
}
