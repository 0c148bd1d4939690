package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Sender;
import dev.patchferry.webhook.store.StoredPatch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What an operator may do about a patch. Each answers 202 with the patch as it then is. */
@Path("patches/{id}")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATE)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class ActionsResource {
    private final PatchStore store;
    private final VisiblePatches patches;
    private final RunnerClient runner;

    ActionsResource(PatchStore store, VisiblePatches patches, @RestClient RunnerClient runner) {
        this.store = store;
        this.patches = patches;
        this.runner = runner;
    }

    /** Tries to deliver an undeliverable patch again, for as long as a new one. */
    @POST
    @Path("redeliver")
    public Response redeliver(@PathParam("id") String id) {
        StoredPatch patch = patches.get(id);
        if (!store.redeliver(patch.id())) {
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "Only an undeliverable patch can be delivered again; this one is " + patch.status()
                                    + ". Nothing was changed.")
                    .about(patch.status()));
        }
        return accepted(id);
    }

    /** Has the runner execute an interrupted patch as a new attempt. */
    @POST
    @Path("execute")
    public Response execute(@PathParam("id") String id) {
        StoredPatch patch = patches.get(id);
        Sender sender = patches.caller().asSender();
        try (Response answer = runner.execute(
                sender.principal(),
                sender.joinedRoles(),
                Map.of("patchId", patch.id().value()))) {
            if (answer.getStatus() >= 300) {
                throw refused(answer, patch);
            }
            store.outcomes().apply(answer.readEntity(RunnerPatch.class));
            return accepted(id);
        } catch (ProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }

    private Response accepted(String id) {
        return Response.status(Response.Status.ACCEPTED)
                .entity(PatchView.of(patches.get(id), store))
                .build();
    }

    /** What the runner says about a patch goes to the operator; what it says about the webhook does not. */
    private static ProblemException refused(Response answer, StoredPatch patch) {
        return switch (answer.getStatus()) {
            case 404 ->
                new ProblemException(Problem.of(
                                ProblemType.WRONG_STATE,
                                "The runner does not know this patch, so it cannot execute it.")
                        .about(patch.status()));
            case 409, 422, 429 ->
                RunnerProblem.read(answer.readEntity(byte[].class))
                        .map(ProblemException::new)
                        .orElseGet(RunnerProblem::unavailable);
            default -> RunnerProblem.unavailable();
        };
    }
}
