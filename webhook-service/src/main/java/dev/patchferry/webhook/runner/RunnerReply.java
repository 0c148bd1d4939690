package dev.patchferry.webhook.runner;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.RunnerPatch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What answered in the runner's place, read to the end. Only what {@link #patch} and {@link #problem} return is known to be
 * the runner's own word.
 */
public final class RunnerReply {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final int status;
    private final byte[] body;
    private final Optional<Duration> retryAfter;

    private RunnerReply(int status, byte[] body, Optional<Duration> retryAfter) {
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    static RunnerReply of(HttpResponse<byte[]> response) {
        Optional<Duration> retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Integer.parseInt(text)));
        return new RunnerReply(response.statusCode(), response.body(), retryAfter);
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body.clone();
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The problem in an error answer; empty unless it is one of ours and belongs to this status. */
    public Optional<Problem> problem() {
        return RunnerProblem.read(status, body);
    }

    /** The patch with this id and content in an answer; empty if it tells of anything else. */
    public Optional<RunnerPatch> patch(PatchId id, ContentHash hash) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(body, RunnerPatch.class))
                    .filter(patch -> id.equals(patch.id()) && hash.equals(patch.contentHash()))
                    .filter(patch -> patch.status() != null && patch.reason() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
