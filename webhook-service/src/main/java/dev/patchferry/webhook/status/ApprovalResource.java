package dev.patchferry.webhook.status;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchActions;
import dev.patchferry.webhook.auth.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * Decisions about patches that wait for one: by an operator, and never about a patch of their own. Answers with the patch
 * as it then is: 200 once it has ended, 202 while it waits for its turn or runs.
 */
@Path("patches/{id}")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATE)
@Consumes(MediaType.WILDCARD)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class ApprovalResource {
    private final PatchActions actions;
    private final SecurityIdentity identity;

    ApprovalResource(PatchActions actions, SecurityIdentity identity) {
        this.actions = actions;
        this.identity = identity;
    }

    @POST
    @Path("approve")
    public Response approve(@PathParam("id") String id, InputStream body) {
        DecisionNote note = note(body);
        return ActionAnswer.of(actions.approve(Caller.of(identity), id, note));
    }

    @POST
    @Path("deny")
    public Response deny(@PathParam("id") String id, InputStream body) {
        DecisionNote note = note(body);
        return ActionAnswer.of(actions.deny(Caller.of(identity), id, note));
    }

    private static DecisionNote note(InputStream body) {
        return switch (DecisionNote.read(RequestBody.read(body))) {
            case DecisionNote.Reading.Valid(DecisionNote note) -> note;
            case DecisionNote.Reading.UnknownFields unknown -> throw new ProblemException(unknown.problem());
            case DecisionNote.Reading.Invalid(String detail) ->
                throw new ProblemException(ProblemType.BAD_REQUEST, detail + " Nothing was changed.");
        };
    }
}
