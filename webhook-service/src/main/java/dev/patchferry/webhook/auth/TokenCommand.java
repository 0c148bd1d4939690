package dev.patchferry.webhook.auth;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.settings.ServiceMain;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.SettingsCheck;
import dev.patchferry.foundation.token.Token;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ferry token}: who may use the service beside the two that are there anyway. Changes the file of principals, which
 * a running service notices; needs no service. A new token is all that goes to standard output, once.
 */
public final class TokenCommand {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 64;
    private static final int CANNOT_WRITE = 73;

    private static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);
    private static final String HELP = """
        Usage: ferry token add NAME --role ROLE... [--workspace W...] [--rate N] [--expires TIME]
               ferry token list
               ferry token revoke NAME
               ferry token rotate NAME [--overlap TIME] [--expires TIME|never]
        Roles: submit (send patches; read, cancel and undo its own), view (read all), operate (everything).
        Without --workspace all of them; --rate is patches per minute; TIME is like 90s, 30m, 24h, 365d. After rotate
        the old token is good for another 24h, or for the overlap (0s: no longer); the new one expires when the old one
        would have, or after --expires. A new token is printed once, on standard output; only its SHA-256 is kept. A
        running webhook notices at once.
        """;

    private final PrincipalFile file;
    private final WorkspaceNames workspaces;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    TokenCommand(PrincipalFile file, WorkspaceNames workspaces, Clock clock, PrintStream out, PrintStream err) {
        this.file = file;
        this.workspaces = workspaces;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        try {
            new SettingsCheck().checkNames(System.getenv());
        } catch (SettingException e) {
            System.err.println("ferry token: " + e.getMessage());
            System.exit(ServiceMain.WRONG_SETTING);
        }
        Path home = variable("FERRY_HOME").orElse(Path.of(".ferry"));
        TokenCommand command = new TokenCommand(
                PrincipalFile.of(variable("FERRY_PRINCIPALS_FILE"), home),
                new WorkspaceNames(home, System.getenv()),
                Clock.systemUTC(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.exit(command.run(List.of(arguments)));
    }

    private static Optional<Path> variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    int run(List<String> words) {
        try {
            TokenArguments asked = TokenArguments.parse(words);
            return switch (asked.action()) {
                case "add" -> add(asked);
                case "revoke" -> revoke(asked.name());
                case "rotate" -> rotate(asked);
                default -> list();
            };
        } catch (IllegalArgumentException e) {
            err.print("ferry token: " + e.getMessage() + "\n" + HELP);
            return MISUSED;
        } catch (IOException e) {
            err.println("ferry token: " + e.getMessage());
            return CANNOT_WRITE;
        }
    }

    private int add(TokenArguments asked) throws IOException {
        requireWorkspaces(asked.workspaces().orElse(Set.of()));
        Instant now = clock.instant();
        String token = Token.random();
        PrincipalEntry entry = new PrincipalEntry(
                asked.name(),
                asked.roles(),
                asked.workspaces(),
                asked.rate(),
                now,
                Optional.empty(),
                List.of(new PrincipalEntry.Key(
                        TokenHash.of(token), now, asked.duration("--expires").map(now::plus))));
        if (!file.change(list -> list.with(entry))) {
            return failed("`" + asked.name() + "` is there already; `ferry token rotate " + asked.name()
                    + "` gives it a new token, `revoke` ends it");
        }
        return tell(token, "`" + asked.name() + "` may " + String.join(", ", asked.roles()) + ".");
    }

    /** A name that no workspace has would let its holder do nothing, without a word. */
    private void requireWorkspaces(Set<WorkspaceName> asked) throws IOException {
        if (asked.isEmpty()) {
            return;
        }
        Optional<Set<String>> known = workspaces.known();
        for (WorkspaceName name : asked) {
            if (known.isPresent() && !known.get().contains(name.value())) {
                throw new IllegalArgumentException(
                        "there is no workspace `" + name + "`; there is " + String.join(", ", known.get()));
            }
        }
        if (known.isEmpty()) {
            err.println("ferry token: the runner does not answer, so nobody can say whether it has this workspace.");
        }
    }

    private int revoke(String name) throws IOException {
        if (!file.change(list -> list.revoking(name, clock.instant()))) {
            return failed(nobody(name));
        }
        err.println("ferry token: no token of `" + name + "` is good any more.");
        return DONE;
    }

    private int rotate(TokenArguments asked) throws IOException {
        Instant now = clock.instant();
        String token = Token.random();
        Instant end = now.plus(asked.duration("--overlap").orElse(DEFAULT_OVERLAP));
        Optional<PrincipalEntry> entry = file.read().named(asked.name()).filter(found -> !found.isRevoked());
        if (entry.isEmpty()) {
            return failed(nobody(asked.name()));
        }
        Optional<Instant> expiry = asked.expiry(now, entry.get().expiresAt());
        if (expiry.filter(at -> !at.isAfter(now)).isPresent()) {
            return failed("the token of `" + asked.name() + "` expired at " + expiry.get()
                    + "; say how long the new one is to be good, for example --expires 90d, or --expires never");
        }
        PrincipalEntry.Key fresh = new PrincipalEntry.Key(TokenHash.of(token), now, expiry);
        if (!file.change(list -> list.rotating(asked.name(), fresh, end))) {
            return failed(nobody(asked.name()));
        }
        return tell(
                token,
                "what `" + asked.name() + "` had before is good until " + end + " at most, the new one "
                        + expiry.map(at -> "until " + at).orElse("for ever") + ".");
    }

    private int list() throws IOException {
        out.printf("%-24s %-22s %-20s %-8s %s%n", "NAME", "ROLES", "WORKSPACES", "RATE", "TOKENS");
        file.read().principals().stream()
                .map(entry -> TokenLine.of(entry, clock.instant()))
                .forEach(out::println);
        err.println("ferry token: `submit` and `operator` are there, too; their tokens are in FERRY_HOME/tokens/ or"
                + " where FERRY_SUBMIT_TOKEN and FERRY_OPERATOR_TOKEN say.");
        return DONE;
    }

    private int tell(String token, String what) {
        err.println("ferry token: " + what + " This is its token; it is shown only now:");
        out.println(token);
        return DONE;
    }

    private int failed(String why) {
        err.println("ferry token: " + why + ". Nothing was changed.");
        return FAILED;
    }

    private static String nobody(String name) {
        return "there is no `" + name + "` with a token; `ferry token list` shows who there is";
    }
}
