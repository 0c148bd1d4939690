package dev.patchferry.foundation.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How fast 64 MiB of output are looked through, a megabyte at a time, as {@code bench/redaction} prints it. */
final class RedactorBench {
    private static final int BYTES = 64 << 20;
    private static final int WINDOW = 1 << 20;
    private static final int ROUNDS = 3;
    private static final String PROSE = """
            [INFO] Building the shelf-service 1.0.4 ... 214 tests, 0 failures
            src/main/java/shelf/Shelf.java:81: warning: [deprecation] get(int) in Shelf has been deprecated
            + echo 'fetching https://registry.example/shelf/-/shelf-1.0.4.tgz'
            diff --git a/f b/f --- a/f +++ b/f the quick brown fox jumps over the lazy dog again and again
            """;

    private RedactorBench() {}

    public static void main(String[] arguments) {
        Redactor secrets = Redactor.of(List.of(
                "correct horse battery staple",
                "s3cr3t/with+specials=",
                "-----BEGIN RSA PRIVATE KEY-----\n"
                        + "MIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL\n".repeat(25)
                        + "-----END RSA PRIVATE KEY-----"));
        inputs().forEach((name, input) -> {
            print(name, "token shapes", Redactor.SHAPES, input);
            print(name, "and 3 secrets", secrets, input);
        });
    }

    private static Map<String, byte[]> inputs() {
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        inputs.put("build output", repeated(PROSE.getBytes(StandardCharsets.UTF_8)));
        byte[] noise = new byte[BYTES];
        new Random(1).nextBytes(noise);
        inputs.put("noise", noise);
        inputs.put("base64", repeated(Base64.getMimeEncoder().encode(noise)));
        return inputs;
    }

    private static byte[] repeated(byte[] text) {
        byte[] all = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            all[i] = text[i % text.length];
        }
        return all;
    }

    private static void print(String input, String what, Redactor redactor, byte[] text) {
        double best = Double.MAX_VALUE;
        byte[] window = new byte[WINDOW];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int at = 0; at < text.length; at += WINDOW) {
                System.arraycopy(text, at, window, 0, WINDOW);
                redactor.bytes(window, WINDOW, false);
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        System.out.printf("%-14s %-14s %5.0f MB/s%n", input, what, BYTES / best / 1e6);
    }
}
