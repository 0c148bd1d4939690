package dev.patchferry.webhook.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./ferry token} for a home, within this process. */
public final class TokenOffice {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final TokenCommand command;

    /** In a home whose runner is elsewhere and does not answer. */
    public TokenOffice(Path home, Clock clock) {
        this(home, clock, Map.of("FERRY_RUNNER_URL", "http://127.0.0.1:1"));
    }

    TokenOffice(Path home, Clock clock, Map<String, String> environment) {
        this.command = new TokenCommand(
                PrincipalFile.of(Optional.empty(), home),
                new WorkspaceNames(home, environment),
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Somebody new; their token. */
    public static String add(Path home, String... arguments) {
        TokenOffice office = new TokenOffice(home, Clock.systemUTC());
        String[] line = new String[arguments.length + 1];
        line[0] = "add";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        assertThat(office.run(line)).as(office.err()).isZero();
        return office.out().strip();
    }

    public int run(String... arguments) {
        out.reset();
        err.reset();
        return command.run(List.of(arguments));
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
