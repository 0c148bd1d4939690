package dev.patchferry.engine.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name that git gives a file's content: the hash of {@code blob}, its length, a NUL and the bytes. */
public final class BlobId {
    private static final int SHA_256_DIGITS = 64;

    private BlobId() {}

    /**
     * The id in lower-case hex.
     *
     * @param digits how long it is in this repository: 64 for SHA-256, else SHA-1
     */
    public static String of(byte[] content, int digits) {
        try {
            MessageDigest digest = MessageDigest.getInstance(digits == SHA_256_DIGITS ? "SHA-256" : "SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", e);
        }
    }
}
