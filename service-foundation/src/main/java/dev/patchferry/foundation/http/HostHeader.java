package dev.patchferry.foundation.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;

/**
 * The {@code Host} of a request, as RFC 9112 section 3.2 demands it: once, and a host with or without a port; an old sender
 * may leave it out. The framework fails on others, with an answer and an entry in the log of its own.
 */
final class HostHeader {
    private static final int NO_PORT = -1;

    private HostHeader() {}

    /** What is wrong with it, in a sentence; empty if nothing is. */
    static Optional<String> fault(HttpRequest head) {
        List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return head.protocolVersion().equals(HttpVersion.HTTP_1_0)
                    ? Optional.empty()
                    : Optional.of("The header Host is missing.");
        }
        if (hosts.size() > 1) {
            return Optional.of("The header Host was sent more than once.");
        }
        String host = hosts.getFirst();
        return host.isEmpty() || HostAndPort.parseAuthority(host, NO_PORT) != null
                ? Optional.empty()
                : Optional.of("The header Host is neither a host nor a host and a port.");
    }
}
