package dev.patchferry.foundation.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A credential that can be checked but not shown: its SHA-256. */
public final class Token {
    /** Tokens shorter than this many characters are refused: they could be guessed. */
    public static final int SHORTEST = 16;

    private static final int RANDOM_BYTES = 32;

    private final byte[] sha256;

    private Token(byte[] sha256) {
        this.sha256 = sha256;
    }

    /**
     * @throws IllegalArgumentException if the secret is shorter than {@link #SHORTEST}
     */
    public static Token of(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("a token needs at least " + SHORTEST + " characters");
        }
        return new Token(sha256(secret));
    }

    /** A secret that nobody can guess. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "ferry_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether this is the secret, in a time that does not tell how much of it was right. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(sha256, sha256(candidate));
    }

    @Override
    public String toString() {
        return "Token[…]";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
