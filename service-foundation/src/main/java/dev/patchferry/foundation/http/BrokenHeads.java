package dev.patchferry.foundation.http;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Behind the decoder: answers heads that it could not read, and odd {@linkplain Target targets}, which the framework would
 * refuse without a word, with a problem; tells {@link SlowSenders} of the others.
 */
final class BrokenHeads extends ChannelInboundHandlerAdapter {
    private final SlowSenders sender;

    BrokenHeads(SlowSenders sender) {
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
        return head.decoderResult().isFailure()
                ? Optional.of(problem(head.decoderResult().cause()))
                : Target.fault(head.uri())
                        .map(fault -> Problem.of(ProblemType.BAD_REQUEST, "The request's target " + fault + "."));
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
