package dev.patchferry.webhook.signature;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** GitHub's scheme (docs.github.com, "Validating webhook deliveries"): HMAC-SHA256 over the body, in hex. */
final class Github {
    static final String PRINCIPAL = "github";

    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final Pattern SHAPE = Pattern.compile("sha256=[0-9a-f]{64}");
    private static final int SHORTEST_SECRET = 16;

    private final HmacKeys keys;

    Github(String secrets) {
        this.keys = HmacKeys.of(secrets.lines()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .map(Github::key)
                .toList());
    }

    private static byte[] key(String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "FERRY_GITHUB_SECRET is shorter than " + SHORTEST_SECRET + " characters; it could be guessed");
        }
        return key;
    }

    Reading read(Headers headers) {
        if (!headers.has(SIGNATURE)) {
            return new Reading.Unsigned();
        }
        Optional<String> signature =
                headers.only(SIGNATURE).filter(text -> SHAPE.matcher(text).matches());
        return signature.isEmpty()
                ? new Reading.Unusable(SIGNATURE + " has to be there once, as sha256= and 64 digits of 0-9 a-f")
                : new Reading.Claimed(new Delivery(keys, List.of(code(signature.get()))));
    }

    private static byte[] code(String signature) {
        return HexFormat.of().parseHex(signature.substring(signature.indexOf('=') + 1));
    }

    private record Delivery(HmacKeys keys, List<byte[]> codes) implements Claim {
        @Override
        public String principal() {
            return PRINCIPAL;
        }

        /** GitHub has one, but does not sign it. */
        @Override
        public Optional<String> messageId() {
            return Optional.empty();
        }

        @Override
        public boolean isProvedBy(byte[] body) {
            return keys.made(codes, body);
        }
    }
}
