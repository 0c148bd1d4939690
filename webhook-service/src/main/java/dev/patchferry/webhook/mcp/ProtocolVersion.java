package dev.patchferry.webhook.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The versions of the protocol that are spoken here, the newest first. */
enum ProtocolVersion {
    /** Without a handshake: each request says everything about itself. */
    V2026_07_28("2026-07-28", true),
    V2025_11_25("2025-11-25", false),
    V2025_06_18("2025-06-18", false),
    /** What a request without a version is taken for. */
    V2025_03_26("2025-03-26", false);

    private final String date;
    private final boolean standalone;

    ProtocolVersion(String date, boolean standalone) {
        this.date = date;
        this.standalone = standalone;
    }

    String date() {
        return date;
    }

    /** Whether each request carries its version, client and capabilities, and repeats its method in a header. */
    boolean isStandalone() {
        return standalone;
    }

    static Optional<ProtocolVersion> of(String date) {
        return Arrays.stream(values())
                .filter(version -> version.date.equals(date))
                .findFirst();
    }

    /** What {@code initialize} answers: the version asked for, or the newest that begins so. */
    static ProtocolVersion negotiated(String asked) {
        return of(asked).filter(version -> !version.standalone).orElse(V2025_11_25);
    }

    static List<String> all() {
        return Arrays.stream(values()).map(ProtocolVersion::date).toList();
    }
}
