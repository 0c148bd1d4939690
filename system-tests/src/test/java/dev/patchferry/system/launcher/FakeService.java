package dev.patchferry.system.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stands in for either service in a {@link FakeCheckout}: starts at once, answers the readiness probe and whoever knows
 * {@code tokens/runner}, and behaves as marker files in FERRY_HOME say ({@code fake-unready}, {@code fake-dies}, {@code fake-refuses}). It becomes a jar of its own, so it uses the
 * JDK alone.
 */
public final class FakeService {
    private static final String UP = "{\"status\": \"UP\", \"checks\": []}";
    private static final String DOWN = """
            {
                "status": "DOWN",
                "checks": [
                    {
                        "name": "journal",
                        "status": "UP"
                    },
                    {
                        "name": "sandbox",
                        "status": "DOWN",
                        "data": {
                            "reason": "the kernel forbids user namespaces"
                        }
                    }
                ]
            }
            """;

    private static final String STATUS = "{\"sandbox\": {\"level\": \"full\"}, \"queue_depth\": 0, \"patches\": {}}";

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(System.getenv("FERRY_HOME"));
        boolean runner = System.getProperty("java.class.path").contains("runner-app");
        if (Files.exists(home.resolve("fake-dies"))) {
            System.err.println("cannot start: the fake configuration is broken");
            System.exit(7);
        }
        if (Files.exists(home.resolve("fake-refuses"))) {
            System.err.println("the runner does not start: another runner works in the workspace");
            System.exit(78);
        }
        int port = Integer.parseInt(System.getenv(runner ? "FERRY_RUNNER_PORT" : "FERRY_WEBHOOK_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(System.getenv("QUARKUS_HTTP_HOST"), port), 0);
        server.createContext("/q/health/ready", exchange -> {
            boolean unready = runner && Files.exists(home.resolve("fake-unready"));
            answer(exchange, unready ? 503 : 200, unready ? DOWN : UP);
        });
        server.createContext("/status", exchange -> {
            String wanted =
                    "Bearer " + Files.readString(home.resolve("tokens/runner")).strip();
            boolean proven = wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, proven ? 200 : 401, STATUS);
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
