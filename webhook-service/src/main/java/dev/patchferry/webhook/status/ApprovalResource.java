package dev.patchferry.webhook.status;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Sender;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.RunnerAbsences;
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
    private final PatchStore store;
    private final VisiblePatches patches;
    private final RunnerActions runner;
    private final RunnerAbsences absences;

    ApprovalResource(PatchStore store, VisiblePatches patches, RunnerActions runner, RunnerAbsences absences) {
        this.absences = absences;
        this.store = store;
        this.patches = patches;
        this.runner = runner;
    }

    /** Lets a held patch run, or a proposed one take effect. */
    @POST
    @Path("approve")
    public Response approve(@PathParam("id") String id, InputStream body) {
        return decide(id, body, RunnerClient::approve);
    }

    /** Ends a held or proposed patch without effect. */
    @POST
    @Path("deny")
    public Response deny(@PathParam("id") String id, InputStream body) {
        return decide(id, body, RunnerClient::deny);
    }

    private interface Verdict {
        RunnerReply tell(RunnerClient runner, String id, String principal, String roles, String hash, byte[] note)
                throws UnansweredException;
    }

    /** The one place where a decision is known to have been taken, by whom and with which words. */
    private Response decide(String id, InputStream body, Verdict verdict) {
        DecisionNote note = note(body);
        StoredPatch patch = patches.get(id);
        Sender decider = patches.caller().asSender();
        if (patch.principal().equals(decider.principal())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Nobody decides about a patch of their own; another operator has to. Nothing was changed.");
        }
        runner.have(
                patch,
                client -> verdict.tell(
                        client,
                        patch.id().value(),
                        decider.principal(),
                        decider.joinedRoles(),
                        patch.hash().hex(),
                        note.json()));
        StoredPatch now = patches.get(id);
        return Response.status(now.status().isTerminal() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(PatchView.of(now, store, absences.of(now)))
                .build();
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
