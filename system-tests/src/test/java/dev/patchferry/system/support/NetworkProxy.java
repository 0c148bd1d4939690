package dev.patchferry.system.support;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The network between a client and a service on this machine, as bad as a test wants it. It is told request by request what
 * to do with them, also on connections that are open already. Closing it ends all of them.
 */
public final class NetworkProxy implements AutoCloseable {
    private static final Duration DELAY = Duration.ofMillis(700);
    private static final byte[] BABBLE = "SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPRING =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What becomes of the requests that come from now on. */
    public enum Way {
        /** They arrive, and so do their answers. */
        OPEN,
        /** The connection is closed in place of an answer; nothing arrives. */
        DROPS,
        /** They arrive late, though not too late. */
        DELAYS,
        /** They arrive; the answer ends within its head. */
        CUTS_HEADS,
        /** They arrive; the answer ends within its body. */
        CUTS_BODIES,
        /** They arrive twice; the second answer is lost. */
        REPLAYS,
        /** Nothing arrives and nothing is answered. */
        IS_DEAF,
        /** Something else answers, in another protocol. */
        BABBLES,
        /** Something else answers, without an end. */
        POURS
    }

    private final ServerSocket door;
    private final int target;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Optional<Held>> wanted = new AtomicReference<>(Optional.empty());
    private volatile Way way = Way.OPEN;

    /** In front of a port of the loopback interface, on a free port of its own. */
    public NetworkProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("network-door").start(this::admit);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    public void become(Way next) {
        way = next;
    }

    /** Keeps the next request whose first line begins so until it is let go, whether or not its client still waits. */
    public Held holdNext(String beginning) {
        Held held = new Held(beginning);
        wanted.set(Optional.of(held));
        return held;
    }

    /** A request that is somewhere in the network. */
    public static final class Held {
        private final String beginning;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch gone = new CountDownLatch(1);
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        private Held(String beginning) {
            this.beginning = beginning;
        }

        public void awaitArrival(Duration patience) throws InterruptedException, TimeoutException {
            if (!arrived.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException("no request begins with " + beginning);
            }
        }

        /** Lets it arrive where it was sent to, and tells the first line of the answer. */
        public CompletableFuture<String> letGo() {
            gone.countDown();
            return answer;
        }

        private boolean isMeant(byte[] request) {
            return new String(request, StandardCharsets.ISO_8859_1).startsWith(beginning);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        door.close();
        for (Closeable each : open) {
            each.close();
        }
    }

    private void admit() {
        try {
            while (!door.isClosed()) {
                Socket client = door.accept();
                Thread.ofVirtual().name("network").start(() -> serve(client));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    /** One request after the other, each with its answer: nothing here pipelines. */
    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(service);
            Thread.ofVirtual().name("network-answers").start(() -> answers(client, service));
            InputStream requests = client.getInputStream();
            for (byte[] request = Requests.next(requests); request.length > 0; request = Requests.next(requests)) {
                if (!pass(request, client, service)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One of the two has gone; so has the other when this returns.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the connection goes on. */
    private boolean pass(byte[] request, Socket client, Socket service) throws IOException, InterruptedException {
        Optional<Held> held = wanted.get().filter(each -> each.isMeant(request));
        if (held.isPresent() && wanted.compareAndSet(held, Optional.empty())) {
            return deliverLate(held.get(), request);
        }
        switch (way) {
            case DROPS -> {
                return false;
            }
            case DELAYS -> {
                pause(DELAY);
                service.getOutputStream().write(request);
            }
            case REPLAYS -> {
                service.getOutputStream().write(request);
                again(request);
            }
            case IS_DEAF -> {
                return true;
            }
            case BABBLES -> {
                client.getOutputStream().write(BABBLE);
                return false;
            }
            case POURS -> pour(client.getOutputStream());
            case OPEN, CUTS_HEADS, CUTS_BODIES -> service.getOutputStream().write(request);
        }
        return true;
    }

    /** On a connection of its own: the client's may be gone by then. */
    private boolean deliverLate(Held held, byte[] request) throws IOException, InterruptedException {
        held.arrived.countDown();
        held.gone.await();
        held.answer.complete(again(request));
        return false;
    }

    /** The first line of what is answered. */
    private String again(byte[] request) throws IOException {
        try (Socket another = new Socket(InetAddress.getLoopbackAddress(), target)) {
            another.getOutputStream().write(request);
            byte[] head = new byte[1 << 10];
            int length = Math.max(0, another.getInputStream().read(head));
            return new String(head, 0, length, StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private void pour(OutputStream out) throws IOException {
        byte[] water = new byte[1 << 16];
        Arrays.fill(water, (byte) 'x');
        out.write(SPRING);
        while (closed.getCount() > 0 && way == Way.POURS) {
            out.write(water);
        }
    }

    private void pause(Duration pause) throws InterruptedException {
        if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the network is gone");
        }
    }

    private void answers(Socket client, Socket service) {
        byte[] buffer = new byte[1 << 16];
        try (client;
                service) {
            InputStream in = service.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int passed = passed(buffer, read);
                out.write(buffer, 0, passed);
                if (passed < read) {
                    return;
                }
            }
        } catch (IOException e) {
            // As above.
        }
    }

    /** How much of a piece of an answer goes through. */
    private int passed(byte[] buffer, int read) {
        return switch (way) {
            case CUTS_HEADS -> Math.min(read, 20);
            case CUTS_BODIES -> {
                int head = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
                yield head < 0 ? read : Math.min(read - 1, head + 5);
            }
            case OPEN, DROPS, DELAYS, REPLAYS, IS_DEAF, BABBLES, POURS -> read;
        };
    }
}
