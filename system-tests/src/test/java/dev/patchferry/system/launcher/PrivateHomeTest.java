package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody else gets to see what is in FERRY_HOME. */
@Tag("launcher")
class PrivateHomeTest {
    private static final int SOMEBODY = 31_337;
    /** What a patch makes there has the mode that the patch gave it; nobody else gets that far. */
    private static final List<String> OF_PATCHES = List.of(
            "runner/homes/", "runner/tx/", "runner/undo/", "runner/scratch/", "runner/native/", "webhook/native/");

    @Test
    void Y18_aHomeThatIsOpenToOthersIsTightenedWithOneLine() throws Exception {
        try (FakeCheckout fake = FakeCheckout.create()) {
            Ferry ferry = fake.ferry();
            Path token = Files.createDirectories(ferry.home().resolve("tokens")).resolve("runner");
            Files.writeString(token, "a-token-that-others-could-read");
            mode(token, "rw-r--r--");
            mode(token.getParent(), "rwxr-xr-x");
            mode(ferry.home(), "rwxr-xr-x");
            try (RunningCommand up = ferry.launcher().start("up")) {
                up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

                assertThat(up.err()).containsOnlyOnce("was open to others (drwxr-xr-x)");
                assertThat(openToOthers(ferry.home())).isEmpty();
            }
            try (RunningCommand again = ferry.launcher().start("up")) {
                again.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

                assertThat(again.err()).doesNotContain("was open to others");
            }
        }
    }

    @Test
    void Y18_aHomeOfSomebodyElseIsRefusedForRootToo() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to give a folder away");
        try (FakeCheckout fake = FakeCheckout.create()) {
            Path home = Files.createDirectories(fake.ferry().home());
            Files.setAttribute(home, "unix:uid", SOMEBODY);

            Command.Result up = fake.ferry().launcher().run("up");

            assertThat(up.exitCode()).isEqualTo(73);
            assertThat(up.err())
                    .contains("FERRY_HOME (" + home + ") belongs to somebody else, the user with id " + SOMEBODY);
        }
    }

    @Test
    void Y18_everythingThatTheServicesKeepIsForTheirUserAlone() throws Exception {
        try (Ferry ferry = Ferry.of(Checkout.underTest());
                RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(90));
            String token =
                    Files.readString(ferry.home().resolve("tokens/submit")).strip();
            new Sender(ferry.webhook(), token)
                    .post(
                            "/webhook?wait=25",
                            Sender.shell("private", "umask 022; echo hi > hi.txt")
                                    .toString());

            assertThat(ferry.workspace().resolve("hi.txt")).exists();
            assertThat(openToOthers(ferry.home())).isEmpty();
            assertThat(ferry.home().resolve("tokens/submit.header"))
                    .hasContent("Authorization: Bearer " + token + "\n");
        }
    }

    @Test
    void Y18_theBareServicesTightenTheirHomeToo() throws Exception {
        Checkout checkout = Checkout.underTest();
        try (Ferry ferry = Ferry.of(checkout)) {
            for (String service : List.of("webhook", "runner")) {
                Path home = Files.createDirectories(ferry.home());
                mode(home, "rwxr-xr-x");
                try (RunningCommand running =
                        BareService.of(checkout, ferry, service).start()) {
                    running.awaitSaying("FERRY_HOME was open to others", Duration.ofSeconds(60));
                    running.awaitSaying("Installed features", Duration.ofSeconds(60));

                    assertThat(openToOthers(home)).isEmpty();
                }
            }
        }
    }

    private static List<String> openToOthers(Path home) throws IOException {
        List<String> open = new ArrayList<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                look(folder);
                return OF_PATCHES.contains(home.relativize(folder) + "/")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isSymbolicLink()) {
                    look(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // gone since it was listed
                return FileVisitResult.CONTINUE;
            }

            private void look(Path path) {
                if (isOpen(path)) {
                    open.add(home.relativize(path).toString());
                }
            }
        });
        return open;
    }

    private static boolean isOpen(Path path) {
        try {
            return ((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 077) != 0;
        } catch (IOException e) {
            // Gone since it was listed.
            return false;
        }
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
