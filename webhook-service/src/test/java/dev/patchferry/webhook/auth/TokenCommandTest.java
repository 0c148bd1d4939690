package dev.patchferry.webhook.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.patchferry.webhook.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
    @TempDir
    private Path home;

    private final HandClock clock = new HandClock();
    private TokenOffice office;

    @BeforeEach
    void open() {
        office = new TokenOffice(home, clock);
    }

    @Test
    void printsTheTokenOnceAndKeepsItsHashAlone() throws IOException {
        String token = added("ci", "--role", "submit");

        assertThat(token).matches("ferry_[A-Za-z0-9_-]{43}");
        assertThat(office.err()).doesNotContain(token);
        assertThat(file())
                .doesNotContain(token)
                .contains("\"name\" : \"ci\"", TokenHash.of(token).hex());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        assertThat(holds(token)).isTrue();
    }

    @Test
    void listsWhoThereIsWithoutAnythingSecret() throws IOException {
        String token =
                added("ci", "--role", "submit", "view", "--workspace", "site,docs", "--rate", "5", "--expires", "30d");

        assertThat(office.run("list")).isZero();

        assertThat(office.out())
                .containsPattern("ci +submit,view +docs,site +5/min +[0-9a-f]{8}… of 2026-03-01T12:00:00Z, until"
                        + " 2026-03-31T12:00:00Z")
                .doesNotContain(token, TokenHash.of(token).hex());
    }

    @Test
    void aTokenExpires() throws IOException {
        String token = added("guest", "--role", "view", "--expires", "1h");
        assertThat(holds(token)).isTrue();

        clock.advance(Duration.ofHours(1));

        assertThat(holds(token)).isFalse();
    }

    @Test
    void afterARotationBothAreGoodUntilTheOverlapEnds() throws IOException {
        String old = added("ci", "--role", "submit");
        assertThat(office.run("rotate", "ci", "--overlap", "2h")).isZero();
        String fresh = office.out().strip();
        assertThat(holds(old)).isTrue();
        assertThat(holds(fresh)).isTrue();

        clock.advance(Duration.ofHours(2));

        assertThat(holds(old)).isFalse();
        assertThat(holds(fresh)).isTrue();
    }

    @Test
    void aRotationKeepsTheExpiryUnlessAnotherIsAskedFor() throws IOException {
        added("ci", "--role", "submit", "--expires", "90d");
        clock.advance(Duration.ofDays(1));

        assertThat(office.run("rotate", "ci")).isZero();

        String fresh = office.out().strip();
        assertThat(office.err()).contains("the new one until 2026-05-30T12:00:00Z");
        clock.advance(Duration.ofDays(88));
        assertThat(holds(fresh)).isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(holds(fresh)).isFalse();

        assertThat(office.run("rotate", "ci")).isEqualTo(1);
        assertThat(office.err()).contains("expired at 2026-05-30T12:00:00Z", "--expires 90d");
        assertThat(office.run("rotate", "ci", "--expires", "never")).isZero();
        assertThat(office.err()).contains("the new one for ever");
    }

    @Test
    void aWorkspaceThatDoesNotExistIsRefusedWithThoseThatDo() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/application.properties"),
                "ferry.workspaces.site.path=/srv/site\nferry.workspaces.\"docs.old\".path=/srv/docs\n");
        office = new TokenOffice(
                home, clock, Map.of("FERRY_RUNNER_PORT", "1", "FERRY_WORKSPACES_SHOP_PATH", "/srv/shop"));

        assertThat(office.run("add", "ci", "--role", "submit", "--workspace", "nope"))
                .isEqualTo(64);

        assertThat(office.err()).contains("there is no workspace `nope`; there is default, docs.old, shop, site");
        assertThat(path()).doesNotExist();
        added("ci", "--role", "submit", "--workspace", "default,docs.old,shop,site");
    }

    @Test
    void theRunnersOwnAnswerSaysWhichWorkspacesThereAre() throws IOException {
        Files.createDirectories(home.resolve("tokens"));
        Files.writeString(home.resolve("tokens/runner"), "a-token-of-the-runner\n");
        HttpServer runner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        runner.createContext("/workspaces", exchange -> {
            boolean proven = "Bearer a-token-of-the-runner"
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] names = "[{\"name\":\"default\"},{\"name\":\"far\"}]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(proven ? 200 : 401, names.length);
            exchange.getResponseBody().write(names);
            exchange.close();
        });
        runner.start();
        try {
            String url = "http://127.0.0.1:" + runner.getAddress().getPort();
            office = new TokenOffice(home, clock, Map.of("FERRY_RUNNER_URL", url));

            assertThat(office.run("add", "ci", "--role", "submit", "--workspace", "near"))
                    .isEqualTo(64);
            assertThat(office.err()).contains("there is default, far");
            added("ci", "--role", "submit", "--workspace", "far");
        } finally {
            runner.stop(0);
        }
    }

    @Test
    void aWorkspaceThatNobodyCanAskAboutIsAcceptedWithAWord() {
        added("ci", "--role", "submit", "--workspace", "site");

        assertThat(office.err()).contains("the runner does not answer");
    }

    @Test
    void aRotationDoesNotProlongATokenAndDropsThoseThatAreOver() throws IOException {
        String first = added("ci", "--role", "submit", "--expires", "1h");
        office.run("rotate", "ci", "--overlap", "48h");
        clock.advance(Duration.ofHours(1));

        assertThat(holds(first)).isFalse();
        office.run("rotate", "ci", "--overlap", "0s", "--expires", "1h");
        assertThat(new PrincipalFile(path()).read().principals().getFirst().tokens())
                .hasSize(1);
    }

    @Test
    void aRevokedOneHasNoTokenAndIsStillNamed() throws IOException {
        String token = added("ci", "--role", "submit");

        assertThat(office.run("revoke", "ci")).isZero();

        assertThat(holds(token)).isFalse();
        office.run("list");
        assertThat(office.out()).containsPattern("ci .*revoked 2026-03-01T12:00:00Z");
        assertThat(office.run("rotate", "ci")).isEqualTo(1);
        assertThat(office.run("revoke", "ci")).isEqualTo(1);
        assertThat(office.run("add", "ci", "--role", "submit")).isZero();
    }

    @Test
    void aNameInUseIsNotGivenAgain() throws IOException {
        added("ci", "--role", "submit");
        String before = file();

        assertThat(office.run("add", "ci", "--role", "operate")).isEqualTo(1);

        assertThat(office.err()).contains("rotate");
        assertThat(file()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant ci",
                "add ci",
                "add --role submit",
                "add ci --role root",
                "add CI --role submit",
                "add a\r\nFerry-Roles:operate --role submit",
                "add operator --role submit",
                "add github --role submit",
                "add ci --role submit --workspace ../x",
                "add ci --role submit --rate 0",
                "add ci --role submit --rate many",
                "add ci --role submit --expires soon",
                "add ci --role submit --overlap 1h",
                "revoke",
                "revoke a b",
                "list all"
            })
    void refusesWhatMeansNothingAndChangesNothing(String line) {
        assertThat(office.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(64);

        assertThat(office.out()).isEmpty();
        assertThat(path()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"principals\":[{\"name\":\"a\",\"roles\":[\"submit\"],\"workspace\":[\"x\"],\"created_at\":\"2026-01-01T00:00:00Z\",\"tokens\":[]}]}",
                "{\"principals\":[{\"name\":\"a\",\"roles\":[],\"created_at\":\"2026-01-01T00:00:00Z\",\"tokens\":[]}]}",
                "{\"principals\":[{\"name\":\"a\",\"roles\":[\"submit\"],\"workspaces\":[],\"created_at\":\"2026-01-01T00:00:00Z\",\"tokens\":[]}]}",
                "{\"principals\":[{\"name\":\"a\",\"roles\":[\"submit\"],\"created_at\":\"2026-01-01T00:00:00Z\",\"tokens\":[{\"sha256\":\"12\",\"created_at\":\"2026-01-01T00:00:00Z\"}]}]}"
            })
    void neverOverwritesAFileThatItCannotRead(String content) throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), content);

        assertThat(office.run("add", "ci", "--role", "submit")).isEqualTo(73);

        assertThat(office.err()).contains(path().toString());
        assertThat(file()).isEqualTo(content);
    }

    @Test
    void theSameTokenForTwoIsRefused() throws IOException {
        added("a", "--role", "submit");
        added("b", "--role", "submit");
        String[] hashes = new PrincipalFile(path())
                .read().principals().stream()
                        .map(entry -> entry.tokens().getFirst().sha256().hex())
                        .toArray(String[]::new);
        Files.writeString(path(), file().replace(hashes[0], hashes[1]));

        assertThat(office.run("list")).isEqualTo(73);

        assertThat(office.err()).contains("a token of `b` is there twice");
    }

    private String added(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "add";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        assertThat(office.run(line)).as(office.err()).isZero();
        return office.out().strip();
    }

    private boolean holds(String token) throws IOException {
        return TokenIndex.of(Map.of(), new PrincipalFile(path()).read())
                .holder(token, clock)
                .isPresent();
    }

    private Path path() {
        return home.resolve("tokens/principals.json");
    }

    private String file() throws IOException {
        return Files.readString(path());
    }
}
