package dev.patchferry.runner.api;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerApi;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.api.Decisions.Decider;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.OfferResult;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.queue.Cancellations;
import dev.patchferry.runner.undo.Undos;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link RunnerApi} over the journal. Over 250 lines, since that is one interface: each method binds and maps one call. */
@RunOnVirtualThread
class RunnerResource implements RunnerApi {
    private static final Duration WHEN_FULL = Duration.ofSeconds(5);
    /** Less than the webhook's client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);
    /** Who sent a patch that nobody vouches for: whoever has the runner token. */
    static final String DIRECT = "runner-token";

    private static final String OPERATE = "operate";

    private final Intake intake;
    private final PatchViews views;
    private final PatchFiles files;
    private final WorkspaceViews workspaces;
    private final Cancellations cancellations;
    private final Undos undos;
    private final Decisions decisions;
    private final ReadAnswers reads;

    RunnerResource(
            Intake intake,
            PatchViews views,
            PatchFiles files,
            WorkspaceViews workspaces,
            Cancellations cancellations,
            Undos undos,
            Decisions decisions,
            ReadAnswers reads) {
        this.reads = reads;
        this.undos = undos;
        this.decisions = decisions;
        this.intake = intake;
        this.views = views;
        this.cancellations = cancellations;
        this.files = files;
        this.workspaces = workspaces;
    }

    /** Whether the journal is the right one has been looked at by {@link JournalIdentityFilter}. */
    @Override
    public Response submit(
            @Nullable String principal,
            @Nullable String roles,
            @Nullable String cursor,
            @Nullable String hashRule,
            @Nullable Integer wait,
            InputStream body) {
        PatchDocument document = RequestBody.document(RequestBody.read(body));
        return switch (intake.accept(document, rule(hashRule, document), new Sender(who(principal), roles(roles)))) {
            case OfferResult.Journalled(JournaledPatch journaledPatch)
            when wait == null && !journaledPatch.status().endsAWait() -> json(202, PatchViews.fresh(journaledPatch));
            case OfferResult.Journalled(JournaledPatch journaledPatch) -> answer(journaledPatch, wait, false);
            case OfferResult.Known(JournaledPatch journaledPatch) -> answer(journaledPatch, wait, true);
            case OfferResult.Conflict(JournaledPatch journaledPatch) -> throw conflict(journaledPatch);
            case OfferResult.Full(int waiting) ->
                throw new ProblemException(
                        Problem.of(
                                ProblemType.QUEUE_FULL,
                                waiting + " patches wait in this workspace; send it again later."),
                        Optional.of(WHEN_FULL));
        };
    }

    private static HashRule rule(@Nullable String number, PatchDocument document) {
        return number == null
                ? document.rule()
                : HashRule.named(number)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.BAD_REQUEST,
                                "`Ferry-Hash-Rule` is 1, 2 or 3; this runner knows no other rule."));
    }

    @Override
    public Response patch(String id) {
        return json(200, views.show(views.find(id), false));
    }

    @Override
    public Response cancel(
            String id,
            @Nullable String principal,
            @Nullable String roles,
            @Nullable String contentHash,
            @Nullable String workspace) {
        String who = who(principal);
        JournaledPatch journaledPatch = contentHash == null || workspace == null
                ? views.find(id)
                : findOrRefuse(PatchViews.id(id), contentHash, workspace, who);
        return switch (cancellations.cancel(journaledPatch, who)) {
            case Cancellations.Answer.Ended(JournaledPatch now)
            when now.status() == PatchStatus.CANCELLED -> json(200, views.show(now, false));
            case Cancellations.Answer.Ended(JournaledPatch now) ->
                throw wrongState(now, "has ended; there is nothing left to cancel.");
            case Cancellations.Answer.Ending(JournaledPatch now) -> json(202, views.show(now, false));
            case Cancellations.Answer.TooLate(JournaledPatch now) ->
                throw wrongState(now, "is being committed right now, and that cannot be stopped.");
        };
    }

    private JournaledPatch findOrRefuse(PatchId id, String hash, String workspace, String principal) {
        if (!ContentHash.isValid(hash) || !WorkspaceName.isValid(workspace)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "`content_hash` is a SHA-256 in lower-case hex, `workspace` a name.");
        }
        return switch (cancellations.cancelBeforehand(
                id, new ContentHash(hash), new WorkspaceName(workspace), principal)) {
            case OfferResult.Journalled(JournaledPatch journaledPatch) -> journaledPatch;
            case OfferResult.Known(JournaledPatch journaledPatch) -> journaledPatch;
            case OfferResult.Conflict(JournaledPatch journaledPatch) -> throw conflict(journaledPatch);
            case OfferResult.Full _ -> throw new IllegalStateException("what has ended waits in no queue");
        };
    }

    @Override
    public Response undo(
            String id, @Nullable String principal, @Nullable String roles, @Nullable String event, boolean redo) {
        PatchStatus target = redo ? PatchStatus.SUCCEEDED : PatchStatus.UNDONE;
        Sender sender = new Sender(who(principal), principal == null ? List.of(OPERATE) : roles(roles));
        return switch (undos.ask(views.find(id), target, sender, PatchViews.event(event), PATIENCE)) {
            case Undos.Answer.Done(JournaledPatch now) -> json(200, views.show(now, false));
            case Undos.Answer.Waiting(JournaledPatch now) -> json(202, views.show(now, false));
            case Undos.Answer.Refused(JournaledPatch now, String reason) ->
                throw new ProblemException(
                        Problem.of(ProblemType.UNDO_REFUSED, reason).about(now.status()));
            case Undos.Answer.WrongState(JournaledPatch now) ->
                throw wrongState(now, "is " + now.status() + "; only what took effect can be undone.");
            case Undos.Answer.Opposed(JournaledPatch now) -> throw UndoProblems.opposed(now, redo);
            case Undos.Answer.Stale(JournaledPatch now) -> throw UndoProblems.stale(now);
        };
    }

    @Override
    public Response approve(
            String id,
            @Nullable String principal,
            @Nullable String roles,
            @Nullable String contentHash,
            InputStream note) {
        return decide(id, new Decider(who(principal), roles(roles), contentHash, Verdict.APPROVED), note);
    }

    @Override
    public Response deny(
            String id,
            @Nullable String principal,
            @Nullable String roles,
            @Nullable String contentHash,
            InputStream note) {
        return decide(id, new Decider(who(principal), roles(roles), contentHash, Verdict.DENIED), note);
    }

    private Response decide(String id, Decider decider, InputStream note) {
        JournaledPatch now = decisions.take(views.find(id), decider, note);
        return json(now.status().isTerminal() ? 200 : 202, views.show(now, false));
    }

    private static String who(@Nullable String principal) {
        return principal == null ? DIRECT : principal;
    }

    private static List<String> roles(@Nullable String joined) {
        return joined == null || joined.isBlank()
                ? List.of()
                : Stream.of(joined.split(",")).map(String::strip).toList();
    }

    @Override
    public Response log(
            String id, @Nullable Long offset, @Nullable Long limit, @Nullable Long tail, @Nullable String range) {
        return files.log(views.find(id), LogPart.of(offset, limit, tail), range);
    }

    @Override
    public Response diff(String id, @Nullable String view) {
        return files.diff(views.find(id), view);
    }

    @Override
    public Response workspaces() {
        return json(200, workspaces.all());
    }

    @Override
    public Response files(
            String workspace,
            @Nullable String path,
            @Nullable String glob,
            @Nullable String depth,
            @Nullable String ignored,
            @Nullable String limit,
            @Nullable String after) {
        return json(200, reads.files(workspace, path, glob, depth, ignored, limit, after));
    }

    @Override
    public Response file(
            String workspace, @Nullable String path, @Nullable String startLine, @Nullable String endLine) {
        return json(200, reads.file(workspace, path, startLine, endLine));
    }

    @Override
    public Response search(
            String workspace,
            @Nullable String text,
            @Nullable String regex,
            @Nullable String anyCase,
            @Nullable String path,
            @Nullable String glob,
            @Nullable String ignored,
            @Nullable String context,
            @Nullable String limit,
            @Nullable String after) {
        return json(200, reads.search(workspace, text, regex, anyCase, path, glob, ignored, context, limit, after));
    }

    private Response answer(JournaledPatch journaledPatch, @Nullable Integer wait, boolean duplicate) {
        JournaledPatch now = wait == null || wait <= 0 ? journaledPatch : views.await(journaledPatch, wait);
        boolean known = duplicate || now.status().endsAWait();
        return json(known ? 200 : 202, views.show(now, duplicate));
    }

    static ProblemException conflict(JournaledPatch journaledPatch) {
        return new ProblemException(Problem.of(
                        ProblemType.ID_CONFLICT,
                        "`" + journaledPatch.id() + "` was used on "
                                + journaledPatch
                                        .acceptedAt()
                                        .atZone(ZoneOffset.UTC)
                                        .toLocalDate()
                                + " with other content (now " + journaledPatch.status()
                                + "). Nothing was changed. Send it again under a new id, for example `"
                                + journaledPatch.id() + "-2`.")
                .about(journaledPatch.status()));
    }

    static ProblemException wrongState(JournaledPatch journaledPatch, String state) {
        return new ProblemException(Problem.of(ProblemType.WRONG_STATE, "`" + journaledPatch.id() + "` " + state)
                .about(journaledPatch.status()));
    }

    private static Response json(int status, Object entity) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(entity)
                .build();
    }
}
