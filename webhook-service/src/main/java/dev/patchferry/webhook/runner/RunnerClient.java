package dev.patchferry.webhook.runner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.RunnerApi;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The runner's interface, {@link RunnerApi}, as this service calls it. Whatever answers is returned; an answer that does not
 * come, or not to its end, throws. Each is bounded: 2 s for the connection, 10 s for all of it, 4 MiB for its body and what
 * the JDK allows for its head. No redirects, no retries of its own.
 */
@Singleton
public class RunnerClient {
    /** A receipt has 90,000 characters at most; the rest is the history of a patch that was undone very often. */
    private static final int MAX_BODY = 4 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final String JSON = "application/json";

    private final URI runner;
    private final Duration answerWithin;
    private final RunnerCredential credential;
    private final HttpClient http;

    RunnerClient(RunnerClientConfig config, RunnerCredential credential) {
        this.runner = config.runner().url();
        this.answerWithin = config.runner().answerWithin();
        this.credential = credential;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    /** {@link RunnerApi#submit} without waiting for the end. */
    public RunnerReply submit(
            String principal, String roles, @Nullable String journal, HashRule hashRule, byte[] document)
            throws UnansweredException {
        HttpRequest.Builder request = request("/patch", principal, roles)
                .header("Content-Type", JSON)
                .header(RunnerApi.HASH_RULE, String.valueOf(hashRule.number()))
                .POST(BodyPublishers.ofByteArray(document));
        if (journal != null) {
            request.header(RunnerApi.JOURNAL, journal);
        }
        return exchange(request);
    }

    /** {@link RunnerApi#patch}. */
    public RunnerReply patch(String id) throws UnansweredException {
        return exchange(request("/patches/" + encoded(id)).GET());
    }

    /** {@link RunnerApi#cancel}. */
    public RunnerReply cancel(String id, String principal, String roles, String contentHash, String workspace)
            throws UnansweredException {
        String query = "?content_hash=" + encoded(contentHash) + "&workspace=" + encoded(workspace);
        return exchange(post("/patches/" + encoded(id) + "/cancel" + query, principal, roles));
    }

    /** {@link RunnerApi#undo}. */
    public RunnerReply undo(String id, String principal, String roles, @Nullable String event, boolean redo)
            throws UnansweredException {
        return exchange(about(event, post("/patches/" + encoded(id) + "/undo?redo=" + redo, principal, roles)));
    }

    /** {@link RunnerApi#approve}. */
    public RunnerReply approve(String id, String principal, String roles, String contentHash, byte[] note)
            throws UnansweredException {
        return decide(id, "approve", principal, roles, contentHash, note);
    }

    /** {@link RunnerApi#deny}. */
    public RunnerReply deny(String id, String principal, String roles, String contentHash, byte[] note)
            throws UnansweredException {
        return decide(id, "deny", principal, roles, contentHash, note);
    }

    /**
     * Executes an interrupted patch as a new attempt.
     *
     * @param event as {@link RunnerApi#EVENT} says
     * @return with a {@link dev.patchferry.contract.RunnerPatch}; 404 if it is unknown, 409 if it is not interrupted
     */
    public RunnerReply execute(String id, String principal, String roles, @Nullable String event)
            throws UnansweredException {
        String body = JsonNodeFactory.instance.objectNode().put("patchId", id).toString();
        return exchange(about(
                event,
                request("/execute", principal, roles)
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofString(body))));
    }

    /** {@link RunnerApi#workspaces}. */
    public RunnerReply workspaces() throws UnansweredException {
        return exchange(request("/workspaces").GET());
    }

    /**
     * Reads in a workspace.
     *
     * @param what {@code files}, {@code file} or {@code search}
     * @param query the parameters that {@link RunnerApi} has for it
     */
    public RunnerReply read(String workspace, String what, Map<String, String> query) throws UnansweredException {
        String parameters = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return exchange(request("/workspaces/" + encoded(workspace) + "/" + what + "?" + parameters)
                .GET());
    }

    private RunnerReply decide(
            String id, String verdict, String principal, String roles, String contentHash, byte[] note)
            throws UnansweredException {
        String path = "/patches/" + encoded(id) + "/" + verdict + "?content_hash=" + encoded(contentHash);
        return exchange(
                request(path, principal, roles).header("Content-Type", JSON).POST(BodyPublishers.ofByteArray(note)));
    }

    private HttpRequest.Builder post(String path, String principal, String roles) {
        return request(path, principal, roles).POST(BodyPublishers.noBody());
    }

    private HttpRequest.Builder request(String path, String principal, String roles) {
        return request(path).header(RunnerApi.PRINCIPAL, principal).header(RunnerApi.ROLES, roles);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(runner.resolve(path))
                .header(RunnerApi.AUTHORIZATION, credential.authorization())
                .header("Accept", JSON + ", " + Problem.MEDIA_TYPE);
    }

    private static HttpRequest.Builder about(@Nullable String event, HttpRequest.Builder request) {
        return event == null ? request : request.header(RunnerApi.EVENT, event);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private RunnerReply exchange(HttpRequest.Builder request) throws UnansweredException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY));
        try {
            return RunnerReply.of(answer.get(answerWithin.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            boolean unreachable = thrown instanceof ConnectException || thrown instanceof HttpConnectTimeoutException;
            throw new UnansweredException(
                    unreachable ? UnansweredException.Cause.UNREACHABLE : UnansweredException.Cause.BROKEN, thrown);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnansweredException(UnansweredException.Cause.TIMEOUT, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnansweredException(UnansweredException.Cause.TIMEOUT, e);
        }
    }
}
