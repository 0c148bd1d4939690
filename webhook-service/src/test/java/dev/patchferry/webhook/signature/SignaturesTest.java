package dev.patchferry.webhook.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    /** The first is the example of the Standard Webhooks and Svix libraries' own tests. */
    private static final Vector SVIX = new Vector(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "{\"test\": 2432232314}",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    /** From the documentation of senders that follow the specification. */
    private static final Vector OTHER = new Vector(
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            "1649367553",
            "{\"email\":\"test@example.com\",\"username\":\"test_user\"}",
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");

    private static final Vector SHORT_SECRET = new Vector(
            "whsec_plJ3nmyCDGBKInavdOK15jsl",
            "msg_loFOjxBNrRLzqYUf",
            "1731705121",
            "{\"event_type\":\"ping\",\"data\":{\"success\":true}}",
            "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");

    /** docs.github.com, "Validating webhook deliveries", testing the payload validation. */
    private static final String GITHUB_SECRET = "It's a Secret to Everybody";

    private static final String GITHUB_BODY = "Hello, World!";
    private static final String GITHUB_SIGNATURE =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private record Vector(String secret, String id, String timestamp, String body, String signature) {
        Given headers() {
            return new Given()
                    .with("webhook-id", id)
                    .with("webhook-timestamp", timestamp)
                    .with("webhook-signature", signature);
        }

        Signatures signatures() {
            return signatures(0);
        }

        Signatures signatures(long secondsLater) {
            return new Signatures(secret, "", at(timestamp, secondsLater));
        }
    }

    @Test
    void provesThePublishedExamples() {
        for (Vector vector : List.of(SVIX, OTHER, SHORT_SECRET)) {
            Claim claim = claimed(vector.signatures(), vector.headers());

            assertThat(claim.principal()).isEqualTo("webhook");
            assertThat(claim.messageId()).contains(vector.id());
            assertThat(proved(claim, vector.body())).isTrue();
        }
        Claim github = claimed(
                new Signatures("", GITHUB_SECRET, Clock.systemUTC()),
                new Given().with("X-Hub-Signature-256", GITHUB_SIGNATURE));
        assertThat(github.principal()).isEqualTo("github");
        assertThat(github.messageId()).isEmpty();
        assertThat(proved(github, GITHUB_BODY)).isTrue();
    }

    @Test
    void isNothingWithoutTheSignatureHeader() {
        assertThat(SVIX.signatures().read(new Given().with("webhook-id", "a").with("webhook-timestamp", "1")))
                .isEqualTo(new Reading.Unsigned());
        assertThat(SVIX.signatures().read(new Given().with("X-Hub-Signature", "sha1=0123")))
                .isEqualTo(new Reading.Unsigned());
    }

    @Test
    void aBodyThatWasWrittenAnewIsAnotherOne() {
        assertThat(proved(claimed(SVIX.signatures(), SVIX.headers()), "{\"test\":2432232314}"))
                .isFalse();
        assertThat(proved(claimed(SVIX.signatures(), SVIX.headers()), SVIX.body() + "\n"))
                .isFalse();
        assertThat(proved(claimed(SVIX.signatures(), SVIX.headers()), "")).isFalse();
    }

    @Test
    void everyPartIsSigned() {
        assertThat(proved(claimed(SVIX.signatures(), SVIX.headers().instead("webhook-id", "msg_other")), SVIX.body()))
                .isFalse();
        assertThat(proved(
                        claimed(SVIX.signatures(), SVIX.headers().instead("webhook-timestamp", "1614265331")),
                        SVIX.body()))
                .isFalse();
    }

    @Test
    void oneGoodSignatureAmongOthersIsEnough() {
        String several = "v1a,zzz v1,AAAA v2," + SVIX.signature().substring(3) + " " + SVIX.signature() + " v1,";

        assertThat(proved(
                        claimed(SVIX.signatures(), SVIX.headers().instead("webhook-signature", several)), SVIX.body()))
                .isTrue();
    }

    @Test
    void eachOfSeveralSecretsProves() {
        String both = OTHER.secret() + ",\n " + SVIX.secret();

        assertThat(proved(claimed(new Signatures(both, "", at(SVIX.timestamp(), 0)), SVIX.headers()), SVIX.body()))
                .isTrue();
        assertThat(proved(claimed(new Signatures(both, "", at(OTHER.timestamp(), 0)), OTHER.headers()), OTHER.body()))
                .isTrue();
        assertThat(proved(
                        claimed(
                                new Signatures("", "another secret of github\n" + GITHUB_SECRET, Clock.systemUTC()),
                                new Given().with("x-hub-signature-256", GITHUB_SIGNATURE)),
                        GITHUB_BODY))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
                "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJE",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=v1,",
                "v1,!!!!",
                "v1,",
                "v1",
                "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,83484cf52b04f8e4cf253192dfd9882ad4b2665137b852442d594d20e2c9d4e1",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                ""
            })
    void provesNothingWithASignatureThatIsNotExactlyOne(String signature) {
        assertThat(proved(
                        claimed(SVIX.signatures(), SVIX.headers().instead("webhook-signature", signature)),
                        SVIX.body()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-id,msg.p5jXN8",
        "webhook-id,''",
        "webhook-id,msg p5",
        "webhook-timestamp,+1614265330",
        "webhook-timestamp,1614265330.0",
        "webhook-timestamp,-1614265330",
        "webhook-timestamp,01614265330",
        "webhook-timestamp,0x6037BFB2",
        "webhook-timestamp,99999999999999999999",
        "webhook-timestamp,'1614265330 '",
        "webhook-timestamp,''"
    })
    void cannotUseHeadersThatCouldBeReadInTwoWays(String header, String value) {
        assertThat(SVIX.signatures().read(SVIX.headers().instead(header, value)))
                .isInstanceOfSatisfying(
                        Reading.Unusable.class,
                        unusable -> assertThat(unusable.reason()).contains(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void cannotUseAHeaderThatIsThereTwiceOrNotAtAll(String header) {
        String again = SVIX.headers().all(header).getFirst();

        assertThat(SVIX.signatures().read(SVIX.headers().with(header, again))).isInstanceOf(Reading.Unusable.class);
        if (!header.equals("webhook-signature")) {
            assertThat(SVIX.signatures().read(SVIX.headers().without(header))).isInstanceOf(Reading.Unusable.class);
        }
    }

    @Test
    void cannotUseMoreSignaturesThanAnybodySends() {
        String many = (SVIX.signature() + " ").repeat(16) + SVIX.signature();

        assertThat(SVIX.signatures().read(SVIX.headers().instead("webhook-signature", many)))
                .isInstanceOf(Reading.Unusable.class);
    }

    @Test
    void takesFiveMinutesOfDifferenceAndNoMore() {
        for (long within : new long[] {-300, 0, 300}) {
            assertThat(SVIX.signatures(within).read(SVIX.headers())).isInstanceOf(Reading.Claimed.class);
        }
        for (long beyond : new long[] {-301, 301}) {
            assertThat(SVIX.signatures(beyond).read(SVIX.headers()))
                    .isInstanceOfSatisfying(
                            Reading.Unusable.class,
                            unusable -> assertThat(unusable.reason()).contains("300 s"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
                "sha512=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, sha256=00",
                "sha256="
            })
    void cannotUseWhatGithubNeverSends(String signature) {
        assertThat(new Signatures("", GITHUB_SECRET, Clock.systemUTC())
                        .read(new Given().with("X-Hub-Signature-256", signature)))
                .isInstanceOf(Reading.Unusable.class);
    }

    @Test
    void cannotUseTwoKindsAtOnce() {
        Signatures both = new Signatures(SVIX.secret(), GITHUB_SECRET, at(SVIX.timestamp(), 0));

        assertThat(both.read(SVIX.headers().with("X-Hub-Signature-256", GITHUB_SIGNATURE)))
                .isInstanceOf(Reading.Unusable.class);
    }

    @Test
    void provesNothingWithoutASecret() {
        Signatures none = new Signatures("", "", at(SVIX.timestamp(), 0));

        assertThat(proved(claimed(none, SVIX.headers()), SVIX.body())).isFalse();
        assertThat(proved(claimed(none, new Given().with("X-Hub-Signature-256", GITHUB_SIGNATURE)), GITHUB_BODY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_short",
                "whsec_!fKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "x"
            })
    void refusesASecretThatIsNone(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signatures(secret, "", Clock.systemUTC()))
                .withMessageContaining("FERRY_WEBHOOK_SECRET")
                .withMessageNotContaining("Z" + "Io2LaLaSw");
        assertThatIllegalArgumentException().isThrownBy(() -> new Signatures("", "too short", Clock.systemUTC()));
    }

    private static Clock at(String timestamp, long secondsLater) {
        return Clock.fixed(Instant.ofEpochSecond(Long.parseLong(timestamp) + secondsLater), ZoneOffset.UTC);
    }

    private static Claim claimed(Signatures signatures, Headers headers) {
        Reading reading = signatures.read(headers);
        assertThat(reading).isInstanceOf(Reading.Claimed.class);
        return ((Reading.Claimed) reading).claim();
    }

    private static boolean proved(Claim claim, String body) {
        return claim.isProvedBy(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Headers as they were given. Immutable. */
    private record Given(Map<String, List<String>> values) implements Headers {
        Given() {
            this(Map.of());
        }

        Given with(String name, String value) {
            Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            more.putAll(values);
            List<String> all = new ArrayList<>(more.getOrDefault(name, List.of()));
            all.add(value);
            more.put(name, List.copyOf(all));
            return new Given(more);
        }

        Given without(String name) {
            Map<String, List<String>> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            fewer.putAll(values);
            fewer.remove(name);
            return new Given(fewer);
        }

        Given instead(String name, String value) {
            return without(name).with(name, value);
        }

        @Override
        public List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }
    }
}
