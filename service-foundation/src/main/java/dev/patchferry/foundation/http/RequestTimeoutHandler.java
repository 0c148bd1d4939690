package dev.patchferry.foundation.http;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first to see the bytes of a connection: ends it if a request, once begun, does not arrive in time. Between requests
 * the server's own bound on silence holds. A request that comes in one piece, as nearly all do, costs no timer.
 *
 * <p>{@link FramingGate} stands before the decoder. {@link MalformedRequestHandler}, behind it, tells it how far a request has come.
 */
// What Netty returns of a write or a close is the promise that it was given or nobody waits for.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestTimeoutHandler extends ChannelDuplexHandler {
    private static final String DECODER = "httpDecoder";
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Problem TOO_SLOW = Problem.of(
            ProblemType.REQUEST_TIMEOUT,
            "The request did not arrive in time. Nothing was stored or changed. Send it again, faster.");

    private final RequestTimeouts requestTimeouts;
    private @Nullable ChannelHandlerContext messages;
    private boolean underway;
    private boolean headArrived;
    private boolean headLookedFor;
    private boolean answered;
    private boolean refused;
    private @Nullable Future<?> timer;

    RequestTimeoutHandler(RequestTimeouts requestTimeouts) {
        this.requestTimeouts = requestTimeouts;
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        if (refused) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        // With TLS there is no decoder before the handshake is done.
        if (messages == null && connection.pipeline().get(DECODER) != null) {
            connection
                    .pipeline()
                    .addBefore(DECODER, null, new FramingGate(this))
                    .addAfter(DECODER, null, new MalformedRequestHandler(this));
        }
        if (!underway) {
            begin();
        }
        connection.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext connection) {
        if (underway && timer == null && !refused) {
            expect(connection, requestTimeouts.head());
        }
        connection.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext connection, Object bytes, ChannelPromise promise) {
        if (refused) {
            ReferenceCountUtil.release(bytes);
            promise.tryFailure(new IllegalStateException("the request was refused"));
            return;
        }
        answered = true;
        connection.write(bytes, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) {
        stopTimer();
        connection.fireChannelInactive();
    }

    /** From now on it is told of messages, and may answer where they are written. */
    void messagesArriveAt(ChannelHandlerContext place) {
        messages = place;
    }

    /** A head is there, perhaps of a request whose first byte came with the end of the one before. */
    void headArrived() {
        if (!underway) {
            begin();
        }
        headArrived = true;
    }

    void requestArrived() {
        underway = false;
        stopTimer();
    }

    private void begin() {
        underway = true;
        headArrived = false;
        headLookedFor = false;
        answered = false;
    }

    private void expect(ChannelHandlerContext connection, Duration within) {
        timer = connection.executor().schedule(() -> look(connection), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(ChannelHandlerContext connection) {
        timer = null;
        if (headArrived && !headLookedFor) {
            headLookedFor = true;
            expect(connection, requestTimeouts.whole().minus(requestTimeouts.head()));
        } else {
            refuseOrClose(connection.channel(), TOO_SLOW);
        }
    }

    /** Ends the connection, with a problem unless the request is being answered already. */
    void refuseOrClose(Channel connection, Problem problem) {
        if (answered) {
            refused = true;
            connection.close();
        } else {
            refuse(connection, problem);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /**
     * Answers with a problem and ends the connection, not before the sender had time to read that: what it still sends is
     * dropped meanwhile, since closing over unread bytes would take the answer away.
     */
    void refuse(Channel connection, Problem problem) {
        stopTimer();
        if (messages == null) {
            connection.close();
            return;
        }
        messages.writeAndFlush(RawProblemResponse.of(problem)).addListener(_ -> {
            if (connection instanceof DuplexChannel channel) {
                channel.shutdownOutput();
            }
        });
        refused = true;
        connection.config().setAutoRead(true);
        connection.eventLoop().schedule(() -> connection.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
