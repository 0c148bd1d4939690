package dev.patchferry.webhook.application;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.view.Caller;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/** Reads files of a workspace for somebody who may: the runner's answer, as it gave it. */
@Singleton
public class WorkspaceReads {
    /** What can be asked. */
    public enum Question {
        FILES,
        FILE,
        SEARCH
    }

    private final RunnerClient runner;

    WorkspaceReads(RunnerClient runner) {
        this.runner = runner;
    }

    /**
     * Asks the runner.
     *
     * @param query parameters as {@link dev.patchferry.contract.RunnerApi} has them, by name
     * @return JSON: a {@link dev.patchferry.contract.FileListing}, {@link dev.patchferry.contract.FileText} or {@link
     *     dev.patchferry.contract.SearchResult}
     * @throws ProblemException 403 for a workspace that the caller may not use, 503 if the runner gives no answer, and the
     *     runner's own refusals
     */
    public byte[] ask(Caller caller, String workspace, Question question, Map<String, String> query) {
        if (!caller.roles().contains(Roles.READ)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Reading files needs the role `read` or `submit`.");
        }
        if (!WorkspaceName.isValid(workspace)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "There is no such workspace. GET /workspaces lists those that there are.");
        }
        caller.requireWorkspace(new WorkspaceName(workspace));
        try {
            RunnerReply reply = runner.read(workspace, path(question), new TreeMap<>(query));
            if (reply.status() == 200) {
                return reply.body();
            }
            throw RunnerProblem.read(reply.status(), reply.body())
                    .filter(WorkspaceReads::isAboutTheRequest)
                    .map(ProblemException::new)
                    .orElseGet(RunnerProblem::unanswered);
        } catch (UnansweredException e) {
            throw RunnerProblem.unavailable(e);
        }
    }

    private static String path(Question question) {
        return switch (question) {
            case FILES -> "files";
            case FILE -> "file";
            case SEARCH -> "search";
        };
    }

    private static boolean isAboutTheRequest(Problem problem) {
        return problem.status() == 400 || problem.status() == 404 || problem.status() == 422;
    }
}
