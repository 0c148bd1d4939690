package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.WorkspaceReads;
import dev.patchferry.webhook.application.WorkspaceReads.Question;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.view.RefusalProblems;
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
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /workspaces/{w}/files}, {@code /file} and {@code /search}. A parameter that is not known is refused by name. */
@Path("workspaces/{workspace}")
@RunOnVirtualThread
@RolesAllowed(Roles.READ)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class WorkspaceFilesResource {
    private final WorkspaceReads reads;
    private final SecurityIdentity identity;

    WorkspaceFilesResource(WorkspaceReads reads, SecurityIdentity identity) {
        this.reads = reads;
        this.identity = identity;
    }

    @GET
    @Path("files")
    public Response files(@PathParam("workspace") String workspace, @Context UriInfo uri) {
        return answer(workspace, Question.FILES, uri);
    }

    @GET
    @Path("file")
    public Response file(@PathParam("workspace") String workspace, @Context UriInfo uri) {
        return answer(workspace, Question.FILE, uri);
    }

    @GET
    @Path("search")
    public Response search(@PathParam("workspace") String workspace, @Context UriInfo uri) {
        return answer(workspace, Question.SEARCH, uri);
    }

    private Response answer(String workspace, Question question, UriInfo uri) {
        if (!WorkspaceName.isValid(workspace)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "No workspace can have this name. GET /workspaces lists those that there are.");
        }
        String json = reads.ask(Caller.of(identity), new WorkspaceName(workspace), question, parameters(question, uri))
                .orThrow(RefusalProblems::of)
                .toString();
        return Response.ok(json, MediaType.APPLICATION_JSON).build();
    }

    private static Map<String, String> parameters(Question question, UriInfo uri) {
        Map<String, String> parameters = new TreeMap<>();
        uri.getQueryParameters().forEach((name, values) -> {
            if (!question.parameters().contains(name)) {
                throw new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "`" + name + "` is no parameter here. There are: " + String.join(", ", question.parameters())
                                + ".");
            }
            if (values.size() != 1) {
                throw new ProblemException(ProblemType.BAD_REQUEST, "`" + name + "` is given twice; give it once.");
            }
            parameters.put(name, values.getFirst());
        });
        return parameters;
    }
}
