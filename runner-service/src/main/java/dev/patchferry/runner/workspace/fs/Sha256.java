package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The hash by which files are told apart on the wire: SHA-256 in lower-case hex. */
public final class Sha256 {
    private Sha256() {}

    /** Of a regular file; empty if this process may not read it. */
    public static Optional<String> ifReadable(EntryHandle file) throws IOException {
        try (InputStream content = file.read()) {
            return Optional.of(of(content));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    /** Reads to the end, in constant memory. */
    public static String of(InputStream content) throws IOException {
        try {
            DigestInputStream digested = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
