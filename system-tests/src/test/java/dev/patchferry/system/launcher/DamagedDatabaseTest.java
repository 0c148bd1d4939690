package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packaged service whose database cannot be used: ends with 78 and one line that names file, damage and chapter. */
@Tag("launcher")
class DamagedDatabaseTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Checkout checkout = Checkout.underTest();

    @AutoClose
    private final Ferry ferry = Ferry.of(checkout);

    DamagedDatabaseTest() throws IOException {}

    @BeforeEach
    void startOnce() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
            // In peace: what a kill leaves in the log would mend the file.
            assertThat(ferry.launcher().run("stop").exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"webhook, webhook/ferry.db", "runner, runner/journal.db"})
    void aServiceWithADamagedHeaderSaysSoInOneLine(String service, String file) throws Exception {
        Files.write(
                ferry.home().resolve(file),
                "no database at all".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.WRITE);

        refuses(service, file, "is damaged: ");
    }

    @Test
    void aWebhookWhoseStoreWasEmptiedSaysSoAndGoesOnOnceThatIsAccepted() throws Exception {
        Path store = ferry.home().resolve("webhook/ferry.db");
        Files.write(store, new byte[0]);

        refuses("webhook", "webhook/ferry.db", "is empty and was not before");

        try (RunningCommand up = ferry.launcher().start("up", "webhook", "--restored")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
        }
    }

    private void refuses(String service, String file, String damage) throws Exception {
        Command.Result ended = BareService.of(checkout, ferry, service).run();

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(78);
        assertThat(ended.err().lines().filter(line -> line.startsWith("The database ")))
                .singleElement()
                .asString()
                .contains(ferry.home().resolve(file).toString(), damage, "docs/operations.md, \"");
        assertThat(ended.out() + ended.err()).doesNotContain("Exception", "\tat ");
    }
}
