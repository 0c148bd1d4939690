package dev.patchferry.webhook.auth;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a token: all that is kept of it, and the key that it is looked up by. Two are compared in constant time;
 * which bucket of a map is looked at depends on the hash alone, which tells nothing about the token.
 */
final class TokenHash {
    private static final int BYTES = 32;

    private final byte[] sha256;

    private TokenHash(byte[] sha256) {
        if (sha256.length != BYTES) {
            throw new IllegalArgumentException("the hash of a token is its SHA-256 as 64 hexadecimal digits");
        }
        this.sha256 = sha256;
    }

    static TokenHash of(String token) {
        try {
            return new TokenHash(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @JsonCreator
    static TokenHash parse(String hex) {
        return new TokenHash(HexFormat.of().parseHex(hex));
    }

    @JsonValue
    String hex() {
        return HexFormat.of().formatHex(sha256);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash that && MessageDigest.isEqual(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return "TokenHash[…]";
    }
}
