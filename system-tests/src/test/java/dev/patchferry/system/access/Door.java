package dev.patchferry.system.access;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import dev.patchferry.system.support.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A packaged webhook without a runner, everybody of {@link Who} before it, and two patches that were cancelled: one that
 * {@code alice} sent and one of the operator's.
 */
final class Door implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Signer SIGNER = new Signer("a key of enough bytes to sign");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Who, String> tokens = new EnumMap<>(Who.class);
    private final Ferry ferry;
    private final Launcher launcher;
    private final RunningCommand up;
    private int sent;
    private int asked;

    Door() throws Exception {
        ferry = Ferry.of(Checkout.underTest());
        launcher = ferry.launcher()
                .with("FERRY_WEBHOOK_SECRET", SIGNER.secret())
                .with("FERRY_WORKSPACES_ELSEWHERE_PATH", ferry.folder().resolve("elsewhere"))
                // Each request says that it comes from elsewhere, or the wrong ones would soon be answered 429.
                .with("FERRY_TRUSTED_PROXIES", "127.0.0.1");
        tokens.put(Who.EXPIRED, add("expired", "operate", "--expires", "0s"));
        tokens.put(Who.REVOKED, add("revoked", "operate"));
        tokens.put(Who.SUBMIT_OWN, add("alice", "submit"));
        tokens.put(Who.SUBMIT_OTHER, tokens.get(Who.SUBMIT_OWN));
        tokens.put(Who.ELSEWHERE, add("elsewhere", "submit", "--workspace", "elsewhere"));
        tokens.put(Who.READ, add("reader", "read"));
        tokens.put(Who.VIEW, add("viewer", "view"));
        tokens.put(Who.WRONG, tokens.get(Who.VIEW) + "x");
        up = launcher.start("up", "webhook");
        up.awaitSaying("Ctrl-C stops.", READY_WITHIN);
        tokens.put(
                Who.OPERATE,
                Files.readString(ferry.home().resolve("tokens/operator")).strip());
        tokens.put(Who.OPERATE_OWN, tokens.get(Who.OPERATE));
        cancelled("alices", Who.SUBMIT_OWN);
        cancelled("operators", Who.OPERATE);
        run("token", "revoke", "revoked");
    }

    private String add(String name, String role, String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of("token", "add", name, "--role", role));
        line.addAll(List.of(more));
        return run(line.toArray(String[]::new)).out().strip();
    }

    private Command.Result run(String... line) throws IOException {
        Command.Result result = launcher.run(line);
        if (result.exitCode() != 0) {
            throw new AssertionError(result.err());
        }
        return result;
    }

    private void cancelled(String id, Who sender) throws IOException, InterruptedException {
        Sender as = new Sender(ferry.webhook(), tokens.get(sender));
        as.post("/webhook", Sender.shell(id, "true").toString());
        // While a delivery is being tried nobody can tell whether it left.
        while (as.post("/patches/" + id + "/cancel", "").status() == 503) {
            Thread.onSpinWait();
        }
    }

    /** The API's own description. */
    String description() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(ferry.webhook().resolve("/openapi.yaml"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** The status that somebody is answered with at an endpoint. */
    int status(Endpoint endpoint, Who who) throws Exception {
        String body =
                endpoint.isSending() ? Sender.shell("sent-" + sent++, "true").toString() : "";
        BodyPublisher publisher =
                endpoint.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(ferry.webhook().resolve(endpoint.path(who)))
                .method(endpoint.method(), publisher)
                .header("Content-Type", "application/json")
                .header("CF-Connecting-IP", "10.0.%d.%d".formatted(asked >> 8, asked++ & 255))
                .timeout(Duration.ofSeconds(30));
        if (who == Who.SIGNED) {
            SIGNER.headers("msg_" + sent, body).forEach(request::header);
        } else if (who != Who.NOBODY) {
            request.header("Authorization", "Bearer " + tokens.get(who));
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        // Not read: a stream of events has no end.
        response.body().close();
        return response.statusCode();
    }

    @Override
    public void close() throws IOException {
        client.close();
        up.close();
        ferry.close();
    }
}
