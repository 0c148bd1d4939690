package dev.patchferry.foundation.http;

import dev.patchferry.contract.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** Before the decoder: refuses bytes whose {@linkplain RequestFraming framing} is ambiguous, and ends the connection. */
final class FramingGate extends ChannelInboundHandlerAdapter {
    private final RequestTimeoutHandler sender;
    private final RequestFraming framing = new RequestFraming();

    FramingGate(RequestTimeoutHandler sender) {
        this.sender = sender;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        Optional<Problem> fault = message instanceof ByteBuf bytes ? framing.fault(bytes) : Optional.empty();
        if (fault.isPresent()) {
            ReferenceCountUtil.release(message);
            sender.refuseOrClose(here.channel(), fault.get());
            return;
        }
        here.fireChannelRead(message);
    }
}
