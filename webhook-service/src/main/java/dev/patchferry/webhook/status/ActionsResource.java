package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchActions;
import dev.patchferry.webhook.auth.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * What may be done about a patch: by an operator, and {@code cancel} and {@code undo} by its sender, too. Each answers
 * with the patch as it then is: 200 if what was asked for is done, else 202.
 */
@Path("patches/{id}")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATE)
@Consumes(MediaType.WILDCARD)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class ActionsResource {
    private final PatchActions actions;
    private final SecurityIdentity identity;

    ActionsResource(PatchActions actions, SecurityIdentity identity) {
        this.actions = actions;
        this.identity = identity;
    }

    @POST
    @Path("redeliver")
    public Response redeliver(@PathParam("id") String id, InputStream body) {
        ActionBody.requireEmpty(body, "redeliver");
        return ActionAnswer.of(actions.redeliver(Caller.of(identity), id));
    }

    @POST
    @Path("cancel")
    @RolesAllowed(Roles.SUBMIT)
    public Response cancel(@PathParam("id") String id, InputStream body) {
        ActionBody.requireEmpty(body, "cancel");
        return ActionAnswer.of(actions.cancel(Caller.of(identity), id));
    }

    @POST
    @Path("undo")
    @RolesAllowed(Roles.SUBMIT)
    public Response undo(
            @PathParam("id") String id, @QueryParam("redo") @DefaultValue("false") boolean redo, InputStream body) {
        ActionBody.requireEmpty(body, "undo");
        return ActionAnswer.of(actions.undo(Caller.of(identity), id, redo));
    }

    @POST
    @Path("execute")
    public Response execute(@PathParam("id") String id, InputStream body) {
        ActionBody.requireEmpty(body, "execute");
        return ActionAnswer.of(actions.execute(Caller.of(identity), id));
    }
}
