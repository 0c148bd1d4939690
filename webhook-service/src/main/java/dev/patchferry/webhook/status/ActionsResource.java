package dev.patchferry.webhook.status;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Sender;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.RunnerAbsences;
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
import java.time.LocalDate;
import java.time.ZoneOffset;

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
    private final PatchStore store;
    private final VisiblePatches patches;
    private final RunnerActions runner;
    private final RunnerAbsences absences;

    ActionsResource(PatchStore store, VisiblePatches patches, RunnerActions runner, RunnerAbsences absences) {
        this.absences = absences;
        this.store = store;
        this.patches = patches;
        this.runner = runner;
    }

    /** Tries to deliver an undeliverable patch again, for as long as a new one. */
    @POST
    @Path("redeliver")
    public Response redeliver(@PathParam("id") String id, InputStream body) {
        ActionBody.requireEmpty(body, "redeliver");
        StoredPatch patch = patches.get(id);
        if (!store.redeliver(patch.id())) {
            requireDocument(patch);
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "Only an undeliverable patch can be delivered again; this one is " + patch.status()
                                    + ". Nothing was changed.")
                    .about(patch.status()));
        }
        return shown(id);
    }

    private static void requireDocument(StoredPatch patch) {
        patch.droppedAt().ifPresent(at -> {
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "Its document was dropped on " + LocalDate.ofInstant(at, ZoneOffset.UTC)
                                    + ", long after its end. Nothing was changed. Send it again under a new id.")
                    .about(patch.status()));
        });
    }

    /** Ends a patch: here if it never left, else at the runner, which may have it. */
    @POST
    @Path("cancel")
    @RolesAllowed(Roles.SUBMIT)
    public Response cancel(@PathParam("id") String id, InputStream body) {
        ActionBody.requireEmpty(body, "cancel");
        StoredPatch patch = patches.getToChange(id);
        Sender sender = patches.caller().asSender();
        if (store.cancelUnsent(patch.id(), "cancelled: " + sender.principal() + " asked for it")) {
            return shown(id);
        }
        if (patch.status() != PatchStatus.CANCELLED) {
            // An interrupted patch may run again by now.
            if (patch.status() != PatchStatus.INTERRUPTED) {
                requireUnfinished(patch);
            }
            runner.have(
                    patch,
                    client -> client.cancel(
                            patch.id().value(),
                            sender.principal(),
                            sender.joinedRoles(),
                            patch.hash().hex(),
                            patch.workspace().value()));
        }
        return shown(id);
    }

    /**
     * Has the runner take a patch back that took effect, or bring it back. The runner is asked whatever is known here: an
     * undo may wait in its queue. The request names the newest event, so that one that arrives late changes nothing.
     */
    @POST
    @Path("undo")
    @RolesAllowed(Roles.SUBMIT)
    public Response undo(
            @PathParam("id") String id, @QueryParam("redo") @DefaultValue("false") boolean redo, InputStream body) {
        ActionBody.requireEmpty(body, "undo");
        StoredPatch patch = patches.getToChange(id);
        Sender sender = patches.caller().asSender();
        RunnerActions.Result now = runner.current(patch);
        RunnerActions.Result after = runner.have(
                patch,
                client -> client.undo(patch.id().value(), sender.principal(), sender.joinedRoles(), now.event(), redo));
        return shown(patches.get(id), after.done());
    }

    /** Has the runner execute an interrupted patch as a new attempt. */
    @POST
    @Path("execute")
    public Response execute(@PathParam("id") String id, InputStream body) {
        ActionBody.requireEmpty(body, "execute");
        StoredPatch patch = patches.get(id);
        Sender sender = patches.caller().asSender();
        RunnerActions.Result now = runner.current(patch);
        runner.have(
                patch,
                client -> client.execute(patch.id().value(), sender.principal(), sender.joinedRoles(), now.event()));
        return shown(id);
    }

    private static void requireUnfinished(StoredPatch patch) {
        if (patch.status().isTerminal()) {
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "The patch has ended (" + patch.status() + "); there is nothing left to cancel.")
                    .about(patch.status()));
        }
    }

    private Response shown(String id) {
        StoredPatch patch = patches.get(id);
        return shown(patch, patch.status().isTerminal());
    }

    private Response shown(StoredPatch patch, boolean done) {
        return Response.status(done ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(PatchView.of(patch, store, absences.of(patch)))
                .build();
    }
}
