package dev.patchferry.foundation.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Has every connection of the HTTP server watched by a {@link RequestTimeoutHandler} and a {@link MalformedRequestHandler}. The framework offers
 * no bound on how long a head may take, and answers a broken one without a body; Netty offers extensions of every
 * connection it accepts, loaded by name and switched on by a system property.
 */
@Singleton
final class ServerGuard implements HttpServerOptionsCustomizer {
    private final HttpConfig config;

    ServerGuard(HttpConfig config) {
        this.config = config;
    }

    /** Before the server listens; HTTP/2 without TLS has heads of its own, and nobody speaks it to us. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
        Extension.requestTimeouts = new RequestTimeouts(config.headTimeout(), config.requestTimeout());
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    /** Made by Netty (META-INF/services), not by CDI: what it needs is handed over through a static field. */
    public static final class Extension extends ChannelInitializerExtension {
        private static volatile RequestTimeouts requestTimeouts =
                new RequestTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));

        @Override
        public void postInitializeServerChildChannel(Channel connection) {
            connection.pipeline().addFirst(new RequestTimeoutHandler(requestTimeouts));
        }
    }
}
