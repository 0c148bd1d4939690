package dev.patchferry.system.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who signs as Standard Webhooks has it, with this key. */
public record Signer(String key) {
    private static final String ALGORITHM = "HmacSHA256";

    /** The key as {@code FERRY_WEBHOOK_SECRET} takes it. */
    public String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes(key));
    }

    /** The headers of a message that is sent now. */
    public Map<String, String> headers(String id, String body) {
        String now = Long.toString(Instant.now().getEpochSecond());
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", now,
                "webhook-signature", "v1," + Base64.getEncoder().encodeToString(code(id + "." + now + "." + body)));
    }

    private byte[] code(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(key), ALGORITHM));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
