package dev.patchferry.foundation.http;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Behind the decoder: answers heads that it could not read, odd {@linkplain RequestTarget targets} and odd {@linkplain HostHeader
 * hosts}, which the framework would refuse in ways of its own, with a problem; tells {@link RequestTimeoutHandler} of the others.
 */
final class MalformedRequestHandler extends ChannelInboundHandlerAdapter {
    private final RequestTimeoutHandler sender;

    MalformedRequestHandler(RequestTimeoutHandler sender) {
        this.sender = sender;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext here) {
        sender.messagesArriveAt(here);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (message instanceof HttpRequest head) {
            Optional<Problem> fault = fault(head);
            if (fault.isPresent()) {
                ReferenceCountUtil.release(message);
                sender.refuse(here.channel(), fault.get());
                return;
            }
            sender.headArrived();
        }
        if (message instanceof LastHttpContent) {
            sender.requestArrived();
        }
        here.fireChannelRead(message);
    }

    private static Optional<Problem> fault(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return Optional.of(problem(head.decoderResult().cause()));
        }
        return version(head)
                .or(() -> HostHeader.fault(head))
                .or(() -> RequestTarget.fault(head.uri()).map(fault -> "The request's target " + fault + "."))
                .map(fault -> Problem.of(ProblemType.BAD_REQUEST, fault));
    }

    private static Optional<String> version(HttpRequest head) {
        HttpVersion version = head.protocolVersion();
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0)
                ? Optional.empty()
                : Optional.of("The request's version is neither HTTP/1.1 nor HTTP/1.0.");
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(ProblemType.URI_TOO_LONG, "The request line is longer than 4 KiB.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.of(ProblemType.HEADERS_TOO_LARGE, "The headers are larger than 20 KiB.");
        }
        return Problem.of(ProblemType.BAD_REQUEST, "This is not a request that HTTP/1.1 knows.");
    }
}
