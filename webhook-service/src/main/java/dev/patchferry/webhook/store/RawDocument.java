package dev.patchferry.webhook.store;

import java.util.Arrays;

/** The bytes of a document as they were sent: stored and forwarded unread, unchanged and never logged. */
public final class RawDocument {
    private final byte[] bytes;

    private RawDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The array is not copied: its owner gives it away. */
    public static RawDocument of(byte[] bytes) {
        return new RawDocument(bytes);
    }

    /** Not a copy: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawDocument document && Arrays.equals(bytes, document.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RawDocument[" + bytes.length + " bytes]";
    }
}
