package dev.patchferry.system.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Folder;
import dev.patchferry.system.support.GuideBlock;
import dev.patchferry.system.support.Killed;
import dev.patchferry.system.support.Loopback;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A new user with an empty folder and a shell, who pastes what the guides say. The repository that is cloned has a build in
 * it; all else is as a reader has it: state and workspace in the clone, variables that a block sets are there in the next
 * one of the same guide.
 */
final class GuideReader implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);

    /** An HTTP error ends curl, and so the block, with an error. */
    private static final String STRICT = "set -eu\ncurl() { command curl --fail-with-body \"$@\"; }\n";

    private final Folder folder;
    private final int port = Loopback.freePort();
    private final Environment environment;
    private final Map<String, String> replacements = new HashMap<>();
    private final List<RunningCommand> terminals = new ArrayList<>();

    private GuideReader(Folder folder) {
        this.folder = folder;
        this.environment = Environment.plain()
                .with("FERRY_WEBHOOK_PORT", port)
                .with("FERRY_RUNNER_PORT", Loopback.freePort())
                // So that a patch that nobody takes ends while somebody looks.
                .with("FERRY_DELIVERY_GIVE_UP_AFTER", "3s")
                .with(
                        "SECRET",
                        "whsec_"
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "a key of enough bytes to sign".getBytes(StandardCharsets.UTF_8)))
                .with("GITHUB_SECRET", "another key of enough bytes")
                .with("GIT_CONFIG_GLOBAL", "/dev/null");
        replacements.put("127.0.0.1:5555", "127.0.0.1:" + port);
        replacements.put("YOUR-COPY-OF-THIS-REPOSITORY", quoted(folder.path().resolve("origin")));
        replacements.put("/home/you/patch-ferry", checkout().toString());
    }

    static GuideReader create() throws IOException {
        GuideReader reader = new GuideReader(Folder.create());
        BuiltRepository.create(reader.folder.path().resolve("origin"));
        return reader;
    }

    Path checkout() {
        return folder.path().resolve("patch-ferry");
    }

    Path folder() {
        return folder.path();
    }

    Sender submitter() throws IOException {
        return sender("submit");
    }

    Sender operator() throws IOException {
        return sender("operator");
    }

    private Sender sender(String token) throws IOException {
        return new Sender(
                URI.create("http://127.0.0.1:" + port),
                Files.readString(checkout().resolve(".ferry/tokens").resolve(token))
                        .strip());
    }

    /** The process of a service. */
    ProcessHandle process(String service) throws IOException {
        Path record = checkout().resolve(".ferry/run").resolve(service + ".pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(record).getFirst()))
                .orElseThrow();
    }

    /** What a reader puts in place of what a guide says. */
    void replace(String documented, String real) {
        replacements.put(documented, real);
    }

    /** The text of a block as this reader types it. */
    String typed(GuideBlock block) {
        return typed(block.text());
    }

    String typed(String text) {
        String typed = text;
        for (Map.Entry<String, String> each : replacements.entrySet()) {
            typed = typed.replace(each.getKey(), each.getValue());
        }
        return typed;
    }

    /** Pastes commands that end. */
    Command.Result paste(GuideBlock block) throws IOException {
        Path variables = folder.path().resolve(block.file().replace('/', '-') + ".variables");
        String script = STRICT + "set -a\n[ ! -f " + quoted(variables) + " ] || . " + quoted(variables) + "\n"
                + typed(block) + "\nunset PWD OLDPWD\nexport -p >" + quoted(variables) + "\n";
        return command(script).run();
    }

    /** Pastes commands the last of which starts the services and stays; returns when they are ready. */
    void pasteAndStay(GuideBlock block) throws IOException {
        stay(typed(block));
    }

    /** A command of the reader's own, the last in a terminal, which starts services and stays. */
    void stay(String line) throws IOException {
        RunningCommand terminal = command(STRICT + line).start();
        terminals.add(terminal);
        terminal.awaitSaying("Ctrl-C stops.", READY_WITHIN);
    }

    /** Something between two blocks that a reader does without being told; has to work. */
    void run(String line) throws IOException {
        Command.Result result = command(STRICT + typed(line)).run();
        assertThat(result.exitCode()).as(line + result.out() + result.err()).isZero();
    }

    /** Every terminal but the one that was opened last ended, and ended well, since its services were stopped. */
    void assertEarlierTerminalsEndedWell() {
        for (RunningCommand terminal : terminals.subList(0, Math.max(0, terminals.size() - 1))) {
            assertThat(terminal.awaitEnd(STOPPED_WITHIN).exitCode()).isZero();
        }
    }

    private Command command(String script) {
        return Command.of(
                environment
                        .with("FERRY_WEBHOOK_SECRET", environment.variables().get("SECRET"))
                        .with("FERRY_GITHUB_SECRET", environment.variables().get("GITHUB_SECRET")),
                Files.isDirectory(checkout()) ? checkout() : folder.path(),
                "sh",
                "-c",
                script);
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    @Override
    public void close() throws IOException {
        if (Files.isDirectory(checkout())) {
            command("./ferry stop; FERRY_HOME=restored ./ferry stop").run();
        }
        for (RunningCommand terminal : terminals) {
            terminal.close();
        }
        Killed.all(ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(checkout() + "/"))
                .toList());
        folder.close();
    }
}
