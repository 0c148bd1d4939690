package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service whose database was damaged or exchanged does not start; it says so in one line and leaves the file as it is. */
@Tag("system")
class DamagedStoreTest {
    private static final int PAGE = 4096;
    private static final int WRONG = 78;

    /** What happens to a folder with a database. */
    private interface Harm {
        void to(Path folder) throws IOException;
    }

    @Test
    void theWebhookRefusesAStoreThatIsNotWhatItWas() throws Exception {
        try (RunningPair pair = new RunningPair()) {
            Path store = pair.home().resolve("webhook");
            Path stopped = pair.home().resolve("stopped");
            Path killed = pair.home().resolve("killed");
            try (RunningCommand _ = pair.up("webhook")) {
                accepts(pair, "first");
                pair.stop();
            }
            copy(store, stopped);
            try (RunningCommand up = pair.up("webhook")) {
                accepts(pair, "second");
                accepts(pair, "third");
                ProcessHandle webhook = pair.process("webhook");
                up.killSparing(webhook);
                webhook.destroyForcibly();
                webhook.onExit().get(10, TimeUnit.SECONDS);
            }
            copy(store, killed);

            refuses(
                    pair,
                    killed,
                    "is empty and was not before",
                    folder -> Files.write(folder.resolve("ferry.db"), new byte[0]));
            refuses(pair, killed, "is gone, and its mark is there", folder -> Files.delete(folder.resolve("ferry.db")));
            refuses(pair, killed, "or its -wal deleted", folder -> Files.delete(folder.resolve("ferry.db-wal")));
            refuses(pair, killed, "an older file was put in its place", folder -> {
                Files.copy(
                        stopped.resolve("ferry.db"), folder.resolve("ferry.db"), StandardCopyOption.REPLACE_EXISTING);
                Files.delete(folder.resolve("ferry.db-wal"));
            });
            refuses(pair, stopped, "is damaged: ", folder -> overwrite(folder.resolve("ferry.db"), PAGE));
            refuses(pair, stopped, "is damaged: ", folder -> overwrite(folder.resolve("ferry.db"), 0));

            restore(killed, store);
            try (RunningCommand up = pair.up("webhook")) {
                for (String id : new String[] {"first", "second", "third"}) {
                    assertThat(pair.sender()
                                    .read("/patches/" + id)
                                    .path("status")
                                    .asText())
                            .isEqualTo("accepted");
                }
                assertThat(up.isAlive()).isTrue();
            }
        }
    }

    @Test
    void theRunnerRefusesADamagedJournal() throws Exception {
        try (RunningPair pair = new RunningPair()) {
            try (RunningCommand _ = pair.up("runner")) {
                pair.stop();
            }
            Path journal = pair.home().resolve("runner/journal.db");
            overwrite(journal, PAGE);

            assertRefused(pair.failingUp("runner"), journal + " is damaged: ");
        }
    }

    private static void refuses(RunningPair pair, Path from, String what, Harm harm) throws IOException {
        Path store = pair.home().resolve("webhook");
        restore(from, store);
        harm.to(store);
        Path database = store.resolve("ferry.db");
        byte[] before = Files.exists(database) ? Files.readAllBytes(database) : new byte[0];

        Command.Result up = pair.failingUp("webhook");

        assertRefused(up, what);
        assertThat(up.err()).contains(database.toString());
        assertThat(Files.exists(database) ? Files.readAllBytes(database) : new byte[0])
                .as(what)
                .isEqualTo(before);
    }

    private static void assertRefused(Command.Result up, String what) {
        assertThat(up.exitCode()).as(up.err()).isEqualTo(WRONG);
        assertThat(up.err())
                .contains(what, "docs/operations.md, \"A damaged or exchanged database\"")
                .doesNotContain("Exception", "\tat ");
    }

    private static void accepts(RunningPair pair, String id) throws Exception {
        assertThat(pair.sender()
                        .post("/webhook", Sender.shell(id, "true").toString())
                        .status())
                .isEqualTo(202);
    }

    /** All of it with zeros, from here on. */
    private static void overwrite(Path file, long from) throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(from);
            damaged.write(new byte[(int) (from == 0 ? PAGE / 2 : damaged.length() - from)]);
        }
    }

    private static void restore(Path kept, Path store) throws IOException {
        command("rm", "-rf", store.toString());
        copy(kept, store);
    }

    private static void copy(Path from, Path to) throws IOException {
        command("cp", "-a", from.toString(), to.toString());
    }

    private static void command(String... line) throws IOException {
        Command.Result result =
                Command.of(Environment.plain(), Path.of("/"), line).run();
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
