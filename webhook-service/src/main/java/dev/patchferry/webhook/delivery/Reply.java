package dev.patchferry.webhook.delivery;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the runner answered, read to the end. */
final class Reply {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final int status;
    private final byte[] body;
    private final Optional<Duration> retryAfter;

    private Reply(int status, byte[] body, Optional<Duration> retryAfter) {
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    static Reply read(Response response) {
        byte[] body = response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
        Optional<Duration> retryAfter = Optional.ofNullable(response.getHeaderString(HttpHeaders.RETRY_AFTER))
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Integer.parseInt(text)));
        return new Reply(response.getStatus(), body, retryAfter);
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
