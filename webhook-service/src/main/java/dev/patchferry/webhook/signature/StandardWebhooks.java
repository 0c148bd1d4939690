package dev.patchferry.webhook.signature;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The symmetric scheme {@code v1} of Standard Webhooks (github.com/standard-webhooks/standard-webhooks, specification):
 * HMAC-SHA256 over {@code id.timestamp.body}, in Base64, several with blanks between them.
 */
final class StandardWebhooks {
    static final String PRINCIPAL = "webhook";

    /** What the names of the headers begin with; Svix, from whose the standard came, still has its own. */
    private static final List<String> PREFIXES = List.of("webhook-", "svix-");

    private static final String ID = "id";
    private static final String TIMESTAMP = "timestamp";
    private static final String SIGNATURE = "signature";
    private static final String VERSION = "v1,";

    /** No dot: with one, {@code a.1} at 2 and {@code a} at 1.2 would be signed alike. */
    private static final Pattern ID_SHAPE = Pattern.compile("[A-Za-z0-9_:+@=/-]{1,128}");

    private static final Pattern TIMESTAMP_SHAPE = Pattern.compile("[1-9][0-9]{0,11}");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MOST_SIGNATURES = 16;

    private static final String SECRET_PREFIX = "whsec_";
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 64;

    private final HmacKeys keys;
    private final Clock clock;

    StandardWebhooks(String secrets, Clock clock) {
        this.keys = HmacKeys.of(Stream.of(secrets.strip().split("[\\s,]+"))
                .filter(secret -> !secret.isEmpty())
                .map(StandardWebhooks::key)
                .toList());
        this.clock = clock;
    }

    private static byte[] key(String secret) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
            if (secret.startsWith(SECRET_PREFIX) && key.length >= SHORTEST_SECRET && key.length <= LONGEST_SECRET) {
                return key;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw wrongSecret(e);
        }
        throw wrongSecret(null);
    }

    /** Says nothing of the secret itself. */
    private static IllegalArgumentException wrongSecret(@Nullable RuntimeException cause) {
        return new IllegalArgumentException(
                "FERRY_WEBHOOK_SECRET holds something other than whsec_ and the Base64 of " + SHORTEST_SECRET + " to "
                        + LONGEST_SECRET + " bytes",
                cause);
    }

    Reading read(Headers headers) {
        return PREFIXES.stream()
                .filter(prefix -> headers.has(prefix + SIGNATURE))
                .findFirst()
                .map(prefix -> read(headers, prefix))
                .orElseGet(Reading.Unsigned::new);
    }

    private Reading read(Headers headers, String prefix) {
        Optional<String> id =
                headers.only(prefix + ID).filter(text -> ID_SHAPE.matcher(text).matches());
        Optional<String> timestamp = headers.only(prefix + TIMESTAMP)
                .filter(text -> TIMESTAMP_SHAPE.matcher(text).matches());
        Optional<String> signature = headers.only(prefix + SIGNATURE);
        if (id.isEmpty()) {
            return new Reading.Unusable(
                    prefix + ID + " has to be there once, with 1 to 128 of A-Z a-z 0-9 _ : + @ = / -");
        }
        if (timestamp.isEmpty()) {
            return new Reading.Unusable(prefix + TIMESTAMP + " has to be there once, as seconds since 1970 in digits");
        }
        if (signature.isEmpty() || signature.get().split(" ", -1).length > MOST_SIGNATURES) {
            return new Reading.Unusable(
                    prefix + SIGNATURE + " has to be there once, with at most " + MOST_SIGNATURES + " signatures");
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
        if (Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            return new Reading.Unusable(prefix + TIMESTAMP + " is more than " + TOLERANCE.toSeconds()
                    + " s away from the time here, which is " + clock.instant().getEpochSecond());
        }
        return new Reading.Claimed(new Message(keys, id.get(), timestamp.get(), codes(signature.get())));
    }

    /** Those of this version that are whole; what other versions sign is nothing to go by. */
    private static List<byte[]> codes(String signatures) {
        List<byte[]> codes = new ArrayList<>();
        for (String signature : signatures.split(" ", -1)) {
            if (signature.startsWith(VERSION)) {
                decoded(signature.substring(VERSION.length())).ifPresent(codes::add);
            }
        }
        return codes;
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64))
                    .filter(code -> Base64.getEncoder().encodeToString(code).equals(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Message(HmacKeys keys, String id, String timestamp, List<byte[]> codes) implements Claim {
        @Override
        public String principal() {
            return PRINCIPAL;
        }

        @Override
        public Optional<String> messageId() {
            return Optional.of(id);
        }

        @Override
        public boolean isProvedBy(byte[] body) {
            return keys.made(codes, (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII), body);
        }
    }
}
