package dev.patchferry.foundation.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * The client's side of one request. The framework's own close handlers have room for one listener and take none once the
 * connection is closed, so a closed connection is learned of from Netty.
 */
public final class ClientConnection {
    private final RoutingContext request;
    private final Channel channel;

    private ClientConnection(RoutingContext request, Channel channel) {
        this.request = request;
        this.channel = channel;
    }

    public static ClientConnection of(RoutingContext request) {
        return new ClientConnection(request, ((ConnectionBase) request.request().connection()).channel());
    }

    /**
     * Runs an action when the response has been sent or the connection closes; at once if it is closed already.
     *
     * @param action must not block, since it runs on a thread that serves other connections; may run more than once
     */
    public void onEnd(Runnable action) {
        ChannelFutureListener listener = _ -> action.run();
        channel.closeFuture().addListener(listener);
        request.addEndHandler(_ -> {
            channel.closeFuture().removeListener(listener);
            action.run();
        });
    }
}
