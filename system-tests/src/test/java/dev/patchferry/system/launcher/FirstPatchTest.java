package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Folder;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The line that {@code up} prints, pasted into a shell that is somewhere else: the first minute of every user. */
@Tag("system")
class FirstPatchTest {
    /** No account has this number, as in a container: nothing may depend on there being one. */
    private static final int SOMEBODY = 31_337;

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    @Test
    void thePrintedLineWorksWhenPasted() throws Exception {
        try (Ferry ferry = Ferry.of(Checkout.underTest())) {
            pasteTheFirstPatch(ferry, ferry.launcher());
        }
    }

    @Test
    void itDoesForAnUnprivilegedUserToo() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to become somebody else");
        try (Folder folder = Folder.create();
                Ferry ferry = Ferry.of(Checkout.underTest().copyWithBuild(folder.path()))) {
            folder.giveTo(SOMEBODY);

            pasteTheFirstPatch(ferry, ferry.launcherOf(SOMEBODY));

            assertThat(Files.getAttribute(ferry.workspace().resolve("hello.txt"), "unix:uid"))
                    .isEqualTo(SOMEBODY);
        }
    }

    private static void pasteTheFirstPatch(Ferry ferry, Launcher launcher) throws IOException {
        try (RunningCommand up = launcher.start("up")) {
            up.awaitSaying("Ctrl-C stops.", READY_WITHIN);
            String line = up.out()
                    .lines()
                    .filter(each -> each.strip().startsWith("curl "))
                    .findFirst()
                    .orElseThrow();

            Command.Result pasted = Command.of(
                            launcher.environment(), Path.of("/"), "sh", "-c", line + " -w ' http=%{http_code}'")
                    .run();

            assertThat(pasted.out()).contains("\"exit_code\":0").endsWith("http=200");
            assertThat(ferry.workspace().resolve("hello.txt")).hasContent("Hello from Patch Ferry\n");
        }
    }
}
