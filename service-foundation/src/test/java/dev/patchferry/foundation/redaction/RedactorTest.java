package dev.patchferry.foundation.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "s3cr/t+\"it's\\ä€ one";
    private static final Redactor REDACTOR = Redactor.of(List.of(SECRET));

    static Stream<Arguments> forms() {
        byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("as it is", SECRET),
                Arguments.of("in a form", url),
                Arguments.of("in a URL", url.replace("+", "%20")),
                Arguments.of(
                        "in a URL, in lower case",
                        url.replace("+", "%20")
                                .replaceAll("%2B", "%2b")
                                .replaceAll("%2F", "%2f")
                                .replaceAll("%5C", "%5c")
                                .replaceAll("%C3%A4", "%c3%a4")
                                .replaceAll("%E2%82%AC", "%e2%82%ac")),
                Arguments.of("by encodeURIComponent", "s3cr%2Ft%2B%22it's%5C%C3%A4%E2%82%AC%20one"),
                Arguments.of("by urllib", "s3cr/t%2B%22it%27s%5C%C3%A4%E2%82%AC%20one"),
                Arguments.of("in JSON", "s3cr/t+\\\"it's\\\\ä€ one"),
                Arguments.of("in JSON of ASCII", "s3cr/t+\\\"it's\\\\\\u00e4\\u20ac one"),
                Arguments.of("in JSON of PHP", "s3cr\\/t+\\\"it's\\\\\\u00e4\\u20ac one"),
                Arguments.of("traced by bash", "'s3cr/t+\"it'\\''s\\ä€ one'"),
                Arguments.of("traced by dash", "'s3cr/t+\"it'\"'\"'s\\ä€ one'"),
                Arguments.of("quoted by printf", "s3cr/t+\\\"it\\'s\\\\ä€\\ one"),
                Arguments.of("in base64", Base64.getEncoder().encodeToString(utf8)),
                Arguments.of("in URL-safe base64", Base64.getUrlEncoder().encodeToString(utf8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void X30_aSecretIsCoveredInEveryUsualForm(String how, String form) {
        String shown = REDACTOR.text("before: " + form + " :after\nnext line");

        assertThat(shown).matches("(?s)before: '?\\**'?=?=? :after\nnext line").contains("*******");
        assertThat(shown.getBytes(StandardCharsets.UTF_8))
                .hasSameSizeAs(("before: " + form + " :after\nnext line").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void X30_base64IsCoveredWhereverTheSecretBegins(int before) {
        String text = "x".repeat(before) + SECRET + "yyyyyyy";
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        String shown = REDACTOR.text(encoded);

        String stillThere =
                new String(Base64.getDecoder().decode(shown.replace('*', 'A')), StandardCharsets.ISO_8859_1);
        assertThat(shown).contains("*".repeat(20)).hasSameSizeAs(encoded);
        assertThat(stillThere)
                .startsWith("x".repeat(Math.max(0, before - 1)))
                .doesNotContain("s3c")
                .doesNotContain("one");
    }

    @Test
    void X30_base64IsCoveredWhereItIsWrapped() {
        String text = "PATH=/usr/bin\nLANG=C\nTOKEN=" + SECRET + "\nHOME=/home/patch\n".repeat(9);
        String wrapped = Base64.getMimeEncoder(40, "\n".getBytes(StandardCharsets.UTF_8))
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));

        String shown = REDACTOR.text(wrapped);

        assertThat(shown.lines().map(String::length))
                .containsExactlyElementsOf(wrapped.lines().map(String::length).toList());
        assertThat(shown.chars().filter(c -> c == '*').count()).isBetween(30L, 34L);
    }

    @Test
    void X30_aSecretIsCoveredWhereItIsWrapped() {
        assertThat(Redactor.of(List.of("abcdefgh")).text("1\r\nabc\r\nde\nfgh 2"))
                .isEqualTo("1\r\n***\r\n**\n*** 2");
    }

    @Test
    void X30_eachLineOfASecretIsCoveredByItself() {
        Redactor redactor = Redactor.of(List.of("first line of it\nsecond line of it\n{\n  third line\n}"));

        assertThat(redactor.text("+ echo 'second line of it'\nthird line, and {\n"))
                .isEqualTo("+ echo '*****************'\n**********, and {\n");
        assertThat(redactor.text("{\"key\":\"first line of it\\nsecond line of it\\n{\\n  third line\\n}\"}"))
                .isEqualTo("{\"key\":\"" + "*".repeat(55) + "\"}");
    }

    @Test
    void X30_aSecretIsCoveredInADiffAlsoWhereItGoesOnInTheNextLine() {
        String diff = "--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-old abcd\n+new abcd\n+efgh new\n context\n";

        byte[] covered = diff.getBytes(StandardCharsets.UTF_8);
        assertThat(Redactor.of(List.of("abcdefgh")).cover(covered)).isTrue();

        assertThat(new String(covered, StandardCharsets.UTF_8))
                .isEqualTo("--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-old abcd\n+new ****\n+**** new\n context\n");
    }

    @Test
    void X30_aSecretThatIsCutOffIsCoveredIfHalfOfItIsThere() {
        Redactor redactor = Redactor.of(List.of("0123456789abcdef"));

        assertThat(redactor.text("run `echo 0123456789a…`")).isEqualTo("run `echo ***********…`");
        assertThat(redactor.text("run `echo 0123456789a")).isEqualTo("run `echo ***********");
        assertThat(redactor.text("run `echo 0123456")).isEqualTo("run `echo 0123456");
    }

    @Test
    void X30_secretsWithinAndOverEachOtherAreAllCovered() {
        Redactor redactor = Redactor.of(List.of("abcabcabd", "bcabca", "abdxyz"));

        assertThat(redactor.text("abcabcabcabdxyz")).isEqualTo("a" + "*".repeat(14));
        assertThat(redactor.text("-bcabca-abcabca-")).isEqualTo("-******-a******-");
    }

    static Stream<String> tokens() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        return Stream.of(
                "ghp_" + letters.substring(0, 36),
                "github_pat_" + letters.substring(0, 22) + "_" + letters.substring(0, 59),
                "glpat-" + letters.substring(0, 20),
                "AKIA" + "ABCDEFGH23456789",
                "sk-ant-api03-" + letters,
                "xoxb-123456789012-1234567890123-" + letters.substring(0, 24),
                "ferry_" + letters.substring(0, 43),
                "whsec_" + letters.substring(0, 32),
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nQyNTUxOQAAACB\n-----END OPENSSH PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\n-----END PRIVATE KEY-----");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void X30_tokensOfKnownShapeAreCoveredThoughNobodyNamedThem(String token) {
        String shown = Redactor.SHAPES.text("key=" + token + ", next: fine");

        assertThat(shown).isEqualTo("key=" + token.replaceAll("[^\n]", "*") + ", next: fine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see the task-force-of-the-very-long-name-that-goes-on-and-on",
                "pushed to github",
                "ghp_short and sk-short and AKIASHORT",
                "SLAKIAABCDEFGH23456789",
                "eyJhbGciOiJIUzI1NiJ9 alone",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "------------------------------------------------------------------",
                "<div class=\"sk-fading-circle sk-circle1\">",
                "commit 9fceb02d0ae598e95dc970b74767f19372d61af8"
            })
    void whatOnlyLooksALittleLikeATokenIsLeft(String text) {
        assertThat(Redactor.SHAPES.text(text)).isSameAs(text);
    }

    @Test
    void aKeyWithoutAnEndIsCoveredAsFarAsItsLinesGo() {
        assertThat(Redactor.SHAPES.text("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n\nNot a key any more.\n"))
                .isEqualTo("*******************************\n****************\n\nNot a key any more.\n");
    }

    @Test
    void X30_aPartOfATextShowsWhatTheWholeShows() {
        String whole = mixture(new Random(7), 4_000);
        byte[] shown = REDACTOR.text(whole).getBytes(StandardCharsets.UTF_8);
        byte[] raw = whole.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            int from = random.nextInt(raw.length);
            int to = from + random.nextInt(Math.min(3_000, raw.length - from) + 1);
            int around = Math.max(0, from - REDACTOR.reach());
            byte[] part = Arrays.copyOfRange(raw, around, Math.min(raw.length, to + REDACTOR.reach()));

            REDACTOR.bytes(part, part.length, around + part.length == raw.length);

            assertThat(Arrays.copyOfRange(part, from - around, to - around))
                    .isEqualTo(Arrays.copyOfRange(shown, from, to));
        }
    }

    @Test
    void X30_whatIsSettledIsShownInTheEndAsItWasShownFirst() {
        Random random = new Random(9);
        byte[] raw = mixture(random, 60).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        for (int length = 1; length <= raw.length; length++) {
            byte[] soFar = Arrays.copyOf(raw, length);
            int settled = REDACTOR.bytes(soFar, length, length == raw.length).settled();
            if (settled > told.size()) {
                told.write(soFar, told.size(), settled - told.size());
            }
        }

        byte[] whole = raw.clone();
        REDACTOR.bytes(whole, whole.length, true);
        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualTo(new String(whole, StandardCharsets.UTF_8));
    }

    /** Words, secrets in several forms and tokens, in any order, some right behind each other. */
    private static String mixture(Random random, int parts) {
        List<String> words = Stream.concat(
                        Stream.concat(forms().map(form -> (String) form.get()[1]), tokens()),
                        Stream.of(
                                "\n",
                                " ",
                                "word ",
                                "ghp_",
                                "eyJ",
                                "s3cr",
                                SECRET.substring(0, 9),
                                "-----BEGIN ",
                                "=",
                                "é"))
                .toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    @Test
    void nothingTellsHowNearAGuessOfAHiddenSecretIs() {
        Redactor redactor = Redactor.of(List.of(), List.of("hidden-secret-42"));
        byte[] near = "hidden-secret-4".getBytes(StandardCharsets.UTF_8);

        assertThat(redactor.bytes(near, near.length, false).settled()).isEqualTo(near.length);
        assertThat(redactor.text("a hidden-secret-42 b")).isEqualTo("a **************** b");
    }

    @Test
    void aSecretThatIsTooShortOrTooLongIsRefused() {
        assertThatThrownBy(() -> Redactor.of(List.of("12345"))).hasMessageContaining("less than 6 characters");
        assertThatThrownBy(() -> Redactor.of(List.of("x".repeat(Redactor.MOST + 1))))
                .hasMessageContaining("more than 32768");
    }

    @Test
    void linesThatAreMeantToBeSlowTakeNoLongerThanOthers() {
        String text = "eyJ".repeat(100_000)
                + "sk-".repeat(100_000)
                + "-----BEGIN ".repeat(50_000)
                + "s3cr/t+\"it's".repeat(50_000);

        long start = System.nanoTime();
        REDACTOR.text(text);

        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
