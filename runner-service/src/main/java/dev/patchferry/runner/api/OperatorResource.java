package dev.patchferry.runner.api;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerApi;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchFileMirror;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an operator asks the runner for, beyond {@link dev.patchferry.contract.RunnerApi}. */
@Path("/")
@RunOnVirtualThread
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class OperatorResource {
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;

    private final Journal journal;
    private final PatchViews views;
    private final WorkspaceViews workspaces;
    private final PatchFileMirror files;

    OperatorResource(Journal journal, PatchViews views, WorkspaceViews workspaces, PatchFileMirror files) {
        this.journal = journal;
        this.views = views;
        this.workspaces = workspaces;
        this.files = files;
    }

    /** Patches without their receipts, newest first; {@code next} is the {@code after} of the following page. */
    @GET
    @Path("patches")
    public Map<String, Object> patches(
            @QueryParam("status") @Nullable String status,
            @QueryParam("workspace") @Nullable String workspace,
            @QueryParam("after") @Nullable Long after,
            @QueryParam("limit") @Nullable Integer limit) {
        Optional<PatchStatus> wanted = Optional.ofNullable(status).map(OperatorResource::statusNamed);
        int size = Math.clamp(limit == null ? PAGE : limit, 1, LONGEST_PAGE);
        List<JournaledPatch> page =
                journal.list(wanted, Optional.ofNullable(workspace), after == null ? Long.MAX_VALUE : after, size);
        Map<String, Object> answer = new TreeMap<>();
        answer.put("patches", page.stream().map(views::brief).toList());
        if (page.size() == size) {
            answer.put("next", page.getLast().seq());
        }
        return answer;
    }

    /**
     * Runs an interrupted patch again, as a new attempt.
     *
     * @param event as {@link RunnerApi#EVENT} says
     */
    @POST
    @Path("execute")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response execute(@HeaderParam(RunnerApi.EVENT) @Nullable String event, @Nullable ExecuteRequest request) {
        if (request == null || request.patchId() == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Send {\"patchId\": \"…\"}.");
        }
        JournaledPatch journaledPatch = views.find(request.patchId());
        if (journaledPatch.status() != PatchStatus.INTERRUPTED) {
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "Only an interrupted patch can be executed again; " + journaledPatch.id() + " is "
                                    + journaledPatch.status() + ".")
                    .about(journaledPatch.status()));
        }
        if (!views.isCurrent(journaledPatch, event)) {
            throw UndoProblems.stale(journaledPatch);
        }
        String document = journal.document(journaledPatch);
        if (document.isEmpty()) {
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "The document of " + journaledPatch.id()
                                    + " was dropped, long after its end. Send it again under a new id.")
                    .about(journaledPatch.status()));
        }
        // Before the journal: from then on the lane may have written the files of the new attempt's end.
        files.again(journaledPatch, document);
        JournaledPatch queued = journal.again(journaledPatch, "an operator asked for another attempt");
        RunnerPatch shown = views.show(queued, false);
        return Response.accepted(shown).build();
    }

    /** Counts by state, queue depth, workspaces and the sandbox's level. */
    @GET
    @Path("status")
    public Map<String, Object> status() {
        Map<String, Integer> counts = journal.counts();
        return Map.of(
                "patches", counts,
                "queue_depth", counts.getOrDefault(PatchStatus.QUEUED.wireName(), 0),
                "workspaces", workspaces.all(),
                "sandbox",
                        Map.of(
                                "level", workspaces.sandboxLevel(),
                                "usable", workspaces.sandboxFailure().isEmpty(),
                                "reason", workspaces.sandboxFailure().orElse("")));
    }

    private static PatchStatus statusNamed(String name) {
        return PatchStatus.named(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST, "`status` is one of " + List.of(PatchStatus.values()) + "."));
    }

    /** Which patch to execute. */
    record ExecuteRequest(@Nullable String patchId) {}
}
