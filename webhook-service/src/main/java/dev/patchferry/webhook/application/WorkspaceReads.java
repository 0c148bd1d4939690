package dev.patchferry.webhook.application;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads in a workspace that a caller may use. The runner reads; its answer is passed on whole. */
@Singleton
public class WorkspaceReads {
    /** What can be asked. */
    public enum Question {
        /** Answered with a {@link dev.patchferry.contract.FileListing}. */
        FILES,
        /** Answered with a {@link dev.patchferry.contract.FileText}. */
        FILE,
        /** Answered with a {@link dev.patchferry.contract.SearchResult}. */
        SEARCH;

        /** The parameters that {@link dev.patchferry.contract.RunnerApi} has for it, in the order of their names. */
        public List<String> parameters() {
            return switch (this) {
                case FILES -> List.of("after", "depth", "glob", "ignored", "limit", "path");
                case FILE -> List.of("end_line", "path", "start_line");
                case SEARCH ->
                    List.of("after", "any_case", "context", "glob", "ignored", "limit", "path", "regex", "text");
            };
        }

        private String path() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The runner's refusals that are about the request, and not about the webhook. */
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 404, 422);

    private final RunnerClient runner;

    WorkspaceReads(RunnerClient runner) {
        this.runner = runner;
    }

    /**
     * Asks.
     *
     * @param parameters by name; what is not known is for the face to refuse
     */
    public Result<ObjectNode> ask(
            Caller caller, WorkspaceName workspace, Question question, Map<String, String> parameters) {
        if (!caller.reach().covers(workspace)) {
            return Result.refused(new RefusalReason.WorkspaceNotAllowed(workspace));
        }
        RunnerReply reply;
        try {
            reply = runner.read(workspace.value(), question.path(), parameters);
        } catch (UnansweredException e) {
            return Result.refused(RunnerActions.unanswered(e));
        }
        return reply.status() == 200 ? answer(reply) : Result.refused(refusal(reply));
    }

    private static Result<ObjectNode> answer(RunnerReply reply) {
        try {
            if (Json.MAPPER.readTree(reply.body()) instanceof ObjectNode answer) {
                return Result.ok(answer);
            }
        } catch (IOException e) {
            // No answer of a runner, as any other body.
        }
        return Result.refused(new RefusalReason.RunnerSilent());
    }

    private static RefusalReason refusal(RunnerReply reply) {
        return reply.problem()
                .filter(problem -> ABOUT_THE_REQUEST.contains(problem.status())
                        || problem.type().equals(ProblemType.OVERLOADED.uri()))
                .<RefusalReason>map(RefusalReason.ByRunner::new)
                .orElseGet(RefusalReason.RunnerSilent::new);
    }
}
