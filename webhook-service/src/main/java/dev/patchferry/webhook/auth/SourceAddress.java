package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.StartOrder;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the other end of the connection or, if that is a proxy that is trusted, whom the proxy names.
 * Anybody can send {@value #HEADER}, so it means nothing from anywhere else.
 */
@Startup(StartOrder.SETTINGS)
@Singleton
public final class SourceAddress {
    private static final String HEADER = "CF-Connecting-IP";
    private static final Pattern RANGE = Pattern.compile("([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?");
    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    private final List<IpSubnetFilterRule> trusted;

    SourceAddress(AuthConfig config) {
        this.trusted = config.trustedProxies().orElse(List.of()).stream()
                .map(SourceAddress::range)
                .toList();
    }

    private static IpSubnetFilterRule range(String text) {
        Matcher parts = RANGE.matcher(text.strip());
        try {
            if (parts.matches()) {
                InetAddress address = InetAddress.ofLiteral(parts.group(1));
                int all = address.getAddress().length * Byte.SIZE;
                int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
                return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            throw noRange(text, e);
        }
        throw noRange(text, null);
    }

    private static SettingException noRange(String text, @Nullable Throwable cause) {
        return new SettingException(
                "FERRY_TRUSTED_PROXIES holds `" + text + "`; it lists addresses, or ranges like 10.0.0.0/8", cause);
    }

    /** The other end of the connection; empty where that has no address. */
    public static Optional<String> peer(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress()).map(SocketAddress::hostAddress);
    }

    /** Whom the header names, if that looks like an address. Anybody can send it. */
    public static Optional<String> claimed(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .filter(text -> LITERAL.matcher(text).matches());
    }

    InetAddress of(HttpServerRequest request) {
        InetAddress peer = peer(request)
                .map(address -> literal(address, InetAddress.getLoopbackAddress()))
                .orElseGet(InetAddress::getLoopbackAddress);
        InetSocketAddress socket = new InetSocketAddress(peer, 0);
        if (trusted.stream().noneMatch(range -> range.matches(socket))) {
            return peer;
        }
        List<String> named = request.headers().getAll(HEADER);
        return named.size() == 1 ? literal(named.getFirst().strip(), peer) : peer;
    }

    private static InetAddress literal(String text, InetAddress otherwise) {
        if (!LITERAL.matcher(text).matches()) {
            return otherwise;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
