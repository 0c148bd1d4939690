package dev.patchferry.webhook.signature;

import java.util.Optional;

/** What the headers of a signed request say, before its body was looked at. */
public interface Claim {
    /** The principal that the request comes from if the claim is true. */
    String principal();

    /** What the sender calls this message: the same for each attempt to deliver it. */
    Optional<String> messageId();

    /** Whether one of the secrets makes one of the signatures out of these bytes, and so the claim is true. */
    boolean isProvedBy(byte[] body);
}
