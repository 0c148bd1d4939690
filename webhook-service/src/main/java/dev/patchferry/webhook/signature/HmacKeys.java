package dev.patchferry.webhook.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of one kind of sender: several while they are rotated. */
final class HmacKeys {
    /** How long an HMAC-SHA256 is. */
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    private HmacKeys(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    static HmacKeys of(List<byte[]> secrets) {
        return new HmacKeys(secrets.stream()
                .map(secret -> new SecretKeySpec(secret, ALGORITHM))
                .toList());
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether one of these codes is that of the parts, one after the other, under one of the keys. */
    boolean made(List<byte[]> codes, byte[]... parts) {
        boolean one = false;
        for (SecretKeySpec key : keys) {
            byte[] right = code(key, parts);
            for (byte[] code : codes) {
                // No way out early: how long it takes tells nothing about which was right.
                one |= MessageDigest.isEqual(right, code);
            }
        }
        return one;
    }

    private static byte[] code(SecretKeySpec key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
