package dev.patchferry.runner.intake;

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
import dev.patchferry.runner.intake.Decisions.Decider;
import dev.patchferry.runner.journal.Acceptance;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Offer.Sender;
import dev.patchferry.runner.queue.Cancellations;
import dev.patchferry.runner.queue.Undos;
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

/** {@link RunnerApi} over the journal. */
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

    RunnerResource(
            Intake intake,
            PatchViews views,
            PatchFiles files,
            WorkspaceViews workspaces,
            Cancellations cancellations,
            Undos undos,
            Decisions decisions) {
        this.undos = undos;
        this.decisions = decisions;
        this.intake = intake;
        this.views = views;
        this.cancellations = cancellations;
        this.files = files;
        this.workspaces = workspaces;
    }

    /** Whether the journal is the right one has been looked at by {@link JournalGate}. */
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
            case Acceptance.Journalled(Entry entry)
            when wait == null && !entry.status().endsAWait() -> json(202, PatchViews.fresh(entry));
            case Acceptance.Journalled(Entry entry) -> answer(entry, wait, false);
            case Acceptance.Known(Entry entry) -> answer(entry, wait, true);
            case Acceptance.Conflict(Entry entry) -> throw conflict(entry);
            case Acceptance.Full(int waiting) ->
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
        Entry entry = contentHash == null || workspace == null
                ? views.find(id)
                : findOrRefuse(PatchViews.id(id), contentHash, workspace, who);
        return switch (cancellations.cancel(entry, who)) {
            case Cancellations.Answer.Ended(Entry now)
            when now.status() == PatchStatus.CANCELLED -> json(200, views.show(now, false));
            case Cancellations.Answer.Ended(Entry now) ->
                throw wrongState(now, "has ended; there is nothing left to cancel.");
            case Cancellations.Answer.Ending(Entry now) -> json(202, views.show(now, false));
            case Cancellations.Answer.TooLate(Entry now) ->
                throw wrongState(now, "is being committed right now, and that cannot be stopped.");
        };
    }

    private Entry findOrRefuse(PatchId id, String hash, String workspace, String principal) {
        if (!ContentHash.isValid(hash) || !WorkspaceName.isValid(workspace)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "`content_hash` is a SHA-256 in lower-case hex, `workspace` a name.");
        }
        return switch (cancellations.cancelBeforehand(
                id, new ContentHash(hash), new WorkspaceName(workspace), principal)) {
            case Acceptance.Journalled(Entry entry) -> entry;
            case Acceptance.Known(Entry entry) -> entry;
            case Acceptance.Conflict(Entry entry) -> throw conflict(entry);
            case Acceptance.Full _ -> throw new IllegalStateException("what has ended waits in no queue");
        };
    }

    @Override
    public Response undo(
            String id, @Nullable String principal, @Nullable String roles, @Nullable String event, boolean redo) {
        PatchStatus target = redo ? PatchStatus.SUCCEEDED : PatchStatus.UNDONE;
        Sender sender = new Sender(who(principal), principal == null ? List.of(OPERATE) : roles(roles));
        return switch (undos.ask(views.find(id), target, sender, PatchViews.event(event), PATIENCE)) {
            case Undos.Answer.Done(Entry now) -> json(200, views.show(now, false));
            case Undos.Answer.Waiting(Entry now) -> json(202, views.show(now, false));
            case Undos.Answer.Refused(Entry now, String reason) ->
                throw new ProblemException(
                        Problem.of(ProblemType.UNDO_REFUSED, reason).about(now.status()));
            case Undos.Answer.WrongState(Entry now) ->
                throw wrongState(now, "is " + now.status() + "; only what took effect can be undone.");
            case Undos.Answer.Opposed(Entry now) -> throw UndoProblems.opposed(now, redo);
            case Undos.Answer.Stale(Entry now) -> throw UndoProblems.stale(now);
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
        Entry now = decisions.take(views.find(id), decider, note);
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

    private Response answer(Entry entry, @Nullable Integer wait, boolean duplicate) {
        Entry now = wait == null || wait <= 0 ? entry : views.await(entry, wait);
        boolean known = duplicate || now.status().endsAWait();
        return json(known ? 200 : 202, views.show(now, duplicate));
    }

    static ProblemException conflict(Entry entry) {
        return new ProblemException(Problem.of(
                        ProblemType.ID_CONFLICT,
                        "`" + entry.id() + "` was used on "
                                + entry.acceptedAt().atZone(ZoneOffset.UTC).toLocalDate()
                                + " with other content (now " + entry.status()
                                + "). Nothing was changed. Send it again under a new id, for example `"
                                + entry.id() + "-2`.")
                .about(entry.status()));
    }

    static ProblemException wrongState(Entry entry, String state) {
        return new ProblemException(Problem.of(ProblemType.WRONG_STATE, "`" + entry.id() + "` " + state)
                .about(entry.status()));
    }

    private static Response json(int status, Object entity) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(entity)
                .build();
    }
}
