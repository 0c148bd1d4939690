package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 over the RFC 8785 form of the fields that decide what a patch does. Two documents with one hash are one
 * patch, however they were spelled, ordered or described.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ContentHash(@JsonValue String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public ContentHash {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + hex.length() + " characters");
        }
    }

    public static boolean isValid(String hex) {
        return SHAPE.matcher(hex).matches();
    }

    @JsonCreator
    public static ContentHash of(String hex) {
        return new ContentHash(hex);
    }

    /** The hash of bytes as they are. */
    public static ContentHash ofBytes(byte[] bytes) {
        try {
            return new ContentHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The hash of these deciding fields, whatever their order.
     *
     * @throws IllegalArgumentException if they have no canonical form
     */
    static ContentHash over(ObjectNode decidingFields) {
        return ofBytes(CanonicalJson.of(decidingFields));
    }

    @Override
    public String toString() {
        return hex;
    }
}
