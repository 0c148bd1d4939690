package dev.patchferry.webhook.intake;

import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Principal;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The events that GitHub itself sends to a webhook, as its header names them. */
final class GithubEvent {
    static final String PING = "ping";

    private static final String PRINCIPAL = "github";
    private static final String HEADER = "X-GitHub-Event";
    private static final int UNPROCESSABLE = 422;

    private GithubEvent() {}

    /** The event that a request of GitHub's is; empty if it is somebody else's, or none. */
    static Optional<String> of(Principal sender, HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .filter(_ -> sender.name().equals(PRINCIPAL))
                .filter(name -> name.matches("[a-z_]{1,64}"));
    }

    /** Says of a body that is no document what it is. */
    static ProblemException isNoPatch(String event, ProblemException otherwise) {
        if (otherwise.problem().status() != UNPROCESSABLE) {
            return otherwise;
        }
        return new ProblemException(otherwise
                .problem()
                .withDetail(
                        "This is GitHub's event `" + event + "`, which is no patch; nothing was stored. Let GitHub send"
                                + " no events here (only `ping` is answered), and have a workflow send patches."));
    }
}
