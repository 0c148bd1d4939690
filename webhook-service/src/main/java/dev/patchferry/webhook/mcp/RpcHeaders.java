package dev.patchferry.webhook.mcp;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The headers that repeat a part of the body, so that what stands between can route by them.
 *
 * @param version {@code MCP-Protocol-Version}
 * @param method {@code Mcp-Method}
 * @param name {@code Mcp-Name}: the tool
 */
record RpcHeaders(Optional<String> version, Optional<String> method, Optional<String> name) {
    private static final String BASE64 = "=?base64?";
    private static final String END = "?=";
    /** What is sent twice agrees with nothing. */
    private static final String TWICE = "(sent more than once)";

    static RpcHeaders of(MultiMap headers) {
        return new RpcHeaders(
                one(headers, "MCP-Protocol-Version"),
                one(headers, "Mcp-Method"),
                one(headers, "Mcp-Name").map(RpcHeaders::decoded));
    }

    private static Optional<String> one(MultiMap headers, String name) {
        List<String> all = headers.getAll(name);
        return switch (all.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(all.getFirst().strip());
            default -> Optional.of(TWICE);
        };
    }

    /** A name that is not plain ASCII comes as Base64 of its UTF-8. */
    private static String decoded(String value) {
        if (!value.startsWith(BASE64) || !value.endsWith(END) || value.length() < BASE64.length() + END.length()) {
            return value;
        }
        try {
            String code = value.substring(BASE64.length(), value.length() - END.length());
            return new String(Base64.getDecoder().decode(code), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
