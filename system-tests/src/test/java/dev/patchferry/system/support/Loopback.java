package dev.patchferry.system.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports of the loopback interface. */
public final class Loopback {
    /** Below the range that the kernel takes outgoing connections' ports from, so that none of them gets in between. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private Loopback() {}

    /** A port that nobody listens on. */
    public static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                .limit(100)
                .filter(Loopback::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = listenOn(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Takes a port until it is closed. */
    public static ServerSocket listenOn(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
