package dev.patchferry.webhook.reads;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.WorkspaceReads;
import dev.patchferry.webhook.application.WorkspaceReads.Question;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.view.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /workspaces/{w}/files}, {@code /file} and {@code /search}. A parameter that is not known is refused by name. */
@Path("workspaces/{workspace}")
@RunOnVirtualThread
@RolesAllowed(Roles.READ)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class WorkspaceFilesResource {
    private static final List<String> FILES = List.of("path", "glob", "depth", "ignored", "limit", "after");
    private static final List<String> FILE = List.of("path", "start_line", "end_line");
    private static final List<String> SEARCH =
            List.of("text", "regex", "any_case", "path", "glob", "ignored", "context", "limit", "after");

    private final WorkspaceReads reads;
    private final SecurityIdentity identity;

    WorkspaceFilesResource(WorkspaceReads reads, SecurityIdentity identity) {
        this.reads = reads;
        this.identity = identity;
    }

    @GET
    @Path("files")
    public Response files(@PathParam("workspace") String workspace, @Context UriInfo uri) {
        return answer(workspace, Question.FILES, uri, FILES);
    }

    @GET
    @Path("file")
    public Response file(@PathParam("workspace") String workspace, @Context UriInfo uri) {
        return answer(workspace, Question.FILE, uri, FILE);
    }

    @GET
    @Path("search")
    public Response search(@PathParam("workspace") String workspace, @Context UriInfo uri) {
        return answer(workspace, Question.SEARCH, uri, SEARCH);
    }

    private Response answer(String workspace, Question question, UriInfo uri, List<String> known) {
        byte[] json = reads.ask(Caller.of(identity), workspace, question, parameters(uri, known));
        return Response.ok(json, MediaType.APPLICATION_JSON).build();
    }

    private static Map<String, String> parameters(UriInfo uri, List<String> known) {
        Map<String, String> parameters = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "`" + name + "` is no parameter here. There are: " + String.join(", ", known) + ".");
            }
            if (values.size() != 1) {
                throw new ProblemException(ProblemType.BAD_REQUEST, "`" + name + "` is given twice; give it once.");
            }
            parameters.put(name, values.getFirst());
        });
        return parameters;
    }
}
