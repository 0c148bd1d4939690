package dev.patchferry.webhook.runner;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.RunnerApi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/**
 * The runner's interface as a REST client: connect 2 s, read 10 s, no redirects, no retries of its own. Whatever the
 * runner answers is returned; only a runner that cannot be reached throws ({@link
 * jakarta.ws.rs.ProcessingException}). Close every response.
 */
@RegisterRestClient(configKey = "runner")
@RegisterClientHeaders(RunnerCredential.class)
public interface RunnerClient extends RunnerApi {
    /**
     * {@link RunnerApi#submit(String, String, String, String, Integer, java.io.InputStream) Submits} a document that is all there:
     * with its length, in one write. A stream goes out in chunks, each by way of another thread, and the runner waits for
     * the last.
     */
    @POST
    @Path("patch")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response submit(
            @HeaderParam(PRINCIPAL) String principal,
            @HeaderParam(ROLES) String roles,
            @HeaderParam(JOURNAL) @Nullable String journal,
            @HeaderParam(HASH_RULE) String hashRule,
            byte[] document);

    /**
     * Executes an interrupted patch as a new attempt.
     *
     * @param event as {@link #EVENT} says
     * @param patch {@code {"patchId": "…"}}
     * @return a {@link dev.patchferry.contract.RunnerPatch}; 404 if it is unknown, 409 if it is not interrupted
     */
    @POST
    @Path("execute")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response execute(
            @HeaderParam(PRINCIPAL) String principal,
            @HeaderParam(ROLES) String roles,
            @HeaderParam(EVENT) @Nullable String event,
            Map<String, String> patch);
}
