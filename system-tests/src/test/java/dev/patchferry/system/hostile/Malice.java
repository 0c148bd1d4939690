package dev.patchferry.system.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes hostile requests, each kind about as often as the others. Every one asks for the connection to be closed. */
final class Malice {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "CONNECT", "BREW", "get");
    private static final List<String> PATHS = List.of(
            "/webhook",
            "/patches",
            "/patches/x",
            "/patches/x/log",
            "/patches/x/cancel",
            "/workspaces",
            "/health",
            "/q/metrics",
            "/q/health/ready",
            "/openapi.yaml",
            "/",
            "/nope");
    private static final List<String> ODD_TARGETS = List.of(
            "/../etc/passwd",
            "//",
            "/patches/%2e%2e/q/metrics",
            "/%zz",
            "/%",
            "/%00",
            "*",
            "http://x:y/z",
            "/patches/\\..\\x",
            "/patches/%c0%ae",
            "/patches?status=%zz",
            "/patches?after=99999999999999999999",
            "/patches?limit=-1",
            "/patches?limit=1e9",
            "/patches?wait=%00",
            "/webhook?wait=-1",
            "/webhook?wait=1&wait=x",
            "/patches/x/log?offset=-1",
            "/patches?" + "a=b&".repeat(500),
            "/\u0001",
            "/patches/" + "a".repeat(3_000),
            "/" + "x".repeat(9_000));
    private static final List<String> ODD_HEADERS = List.of(
            "Bad Header: x",
            ": x",
            "X",
            "X: a\u0000b",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 1\r\nContent-Length: 2",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
            "Transfer-Encoding: gzip, chunked, identity",
            "Host:",
            "Host: a\r\nHost: b",
            "Expect: 100-continue",
            "Expect: x",
            "Content-Type: application/json; charset=utf-7",
            "Content-Type: ;;;",
            "Content-Type: a/b/c",
            "Accept: ;q=x",
            "Accept: text/html",
            "Accept-Encoding: \u00ff",
            "Range: bytes=9-1,--",
            "Last-Event-ID: 0-0-0-0-x",
            "Authorization: Basic !!!",
            "Authorization: Bearer",
            "Authorization: Bearer a\r\nAuthorization: Bearer b",
            "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
            "webhook-signature: v1,x",
            "X-Hub-Signature-256: sha256=zz",
            "X: " + "x".repeat(30_000),
            " folded: x",
            "X-Forwarded-For: \u0007",
            "Cookie: " + "a=b;".repeat(900),
            "Origin: null");
    private static final List<String> JSON_STARTS = List.of(
            "",
            "{",
            "[",
            "nul",
            "\"",
            "{\"id\":",
            "{\"id\":\"a\",\"id\":\"a\"}",
            "{\"id\":1e999999999}",
            "{'id':1}",
            "{\"id\":\"a\"}}",
            "{\"patch\":[[[[[[",
            "-",
            "0x10",
            "NaN",
            "{\"id\":\"\\ud800\"}",
            "{\"id\":\"\\uZZZZ\"}",
            "\ufeff{\"id\":\"a\"}",
            "{\"id\":\"a\",\"patch\":{\"pattern\":1,\"replacement\":[]}}",
            "{\"id\":{},\"role\":[],\"target_file\":7,\"patch\":false}",
            "{\"id\":\"a/../b\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":\"p\",\"workspace\":\"..\"}",
            "{\"id\":\"a\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":\"p\",\"base\":{\"x\":\"y\"},\"format\":\"?\"}");

    private final RandomGenerator random;
    private final String token;

    Malice(RandomGenerator random, String token) {
        this.random = random;
        this.token = token;
    }

    /**
     * A request.
     *
     * @param bytes each as the character of that number
     * @param ends whether the sender says that nothing more comes; else the other end has all it needs to answer
     */
    record Attack(String bytes, boolean ends) {
        Attack(byte[] bytes, boolean ends) {
            this(new String(bytes, StandardCharsets.ISO_8859_1), ends);
        }
    }

    Attack next() {
        return switch (random.nextInt(10)) {
            case 0 -> new Attack(noise(), true);
            case 1 -> new Attack(bytes(line(any(METHODS), any(ODD_TARGETS)) + authorization() + "\r\n"), false);
            case 2 -> oddHeader(any(ODD_HEADERS));
            case 3 -> new Attack(version(), true);
            case 4 -> new Attack(cut(sent(document())), true);
            case 5 -> new Attack(chunked(), true);
            case 6 -> new Attack(sent(nested()), false);
            case 7 -> new Attack(sent(number()), false);
            case 8 -> new Attack(sent(mangled(bytes(any(JSON_STARTS) + "x".repeat(random.nextInt(3))))), false);
            default -> new Attack(sent(bytes(any(JSON_STARTS))), false);
        };
    }

    /** Those that speak of a body may leave the other end waiting for more of it; a folded one spoils the one before. */
    private Attack oddHeader(String header) {
        boolean waits = header.matches("(?s)( |Content-Length|Transfer-Encoding|Expect|Upgrade).*");
        return new Attack(bytes(line(any(METHODS), any(PATHS)) + header + "\r\n" + authorization() + "\r\nabc"), waits);
    }

    private byte[] version() {
        return bytes(
                any(METHODS) + " " + any(PATHS) + " HTTP/" + random.nextInt(4) + "." + random.nextInt(12) + "\r\n\r\n");
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(noise);
        return random.nextBoolean()
                ? joined(bytes("GET / HTTP/1.1\r\n"), noise, bytes("\r\n\r\n"))
                : joined(noise, bytes("\r\n\r\n"));
    }

    private byte[] chunked() {
        String head = line("POST", "/webhook") + authorization() + "Content-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
        String size = any(List.of("5", "zz", "-1", "FFFFFFFFFFFFFFFF", "0", "5;x=" + "y".repeat(5_000), "", "1 0"));
        return bytes(head + size + "\r\n{\"id\"\r\n0\r\n" + any(List.of("", "X: y\r\n", "\u0000\r\n")) + "\r\n");
    }

    private byte[] nested() {
        int depth = 50 + random.nextInt(60_000);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        return bytes("{\"id\":\"n\",\"patch\":" + open.repeat(depth));
    }

    private byte[] number() {
        String digits = "9".repeat(1 + random.nextInt(5_000));
        String number = any(
                List.of(digits, "-" + digits, "0." + digits, "1e" + digits, digits + "E-" + digits, "1e308", "1e-400"));
        return bytes("{\"id\":\"big\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":{\"x\":" + number
                + "},\"validate\":" + number + "}");
    }

    private byte[] document() {
        return bytes("{\"id\":\"cut-" + random.nextInt(1_000_000)
                + "\",\"role\":\"command_patch\",\"target_file\":\"-\",\"patch\":\""
                + "true;".repeat(random.nextInt(2_000)) + "\"}");
    }

    /** Some bytes are others. */
    private byte[] mangled(byte[] good) {
        byte[] bad = good.clone();
        for (int i = 0; i < bad.length; i += 1 + random.nextInt(4)) {
            bad[i] = (byte) random.nextInt(256);
        }
        return bad;
    }

    /** The end is missing; the sender closes instead. */
    private byte[] cut(byte[] whole) {
        byte[] part = new byte[1 + random.nextInt(whole.length - 1)];
        System.arraycopy(whole, 0, part, 0, part.length);
        return part;
    }

    private byte[] sent(byte[] body) {
        String type = random.nextInt(8) == 0 ? "text/html" : "application/json";
        return joined(
                bytes(line("POST", "/webhook") + authorization() + "Content-Type: " + type + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n"),
                body);
    }

    private String authorization() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "Authorization: Bearer not-a-token-of-anybody\r\n";
            default -> "Authorization: Bearer " + token + "\r\n";
        };
    }

    private static String line(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
