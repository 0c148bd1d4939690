package dev.patchferry.runner.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.engine.policy.Action;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.Policy;
import dev.patchferry.engine.policy.Rule;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.engine.policy.Touched;
import dev.patchferry.runner.bootstrap.PolicySettings;
import dev.patchferry.runner.bootstrap.RunnerConfig;
import dev.patchferry.runner.bootstrap.RunnerConfig.WorkspaceSettings;
import dev.patchferry.runner.execution.Gate;
import dev.patchferry.runner.git.ExecutedPaths;
import dev.patchferry.runner.git.OwnersGit;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code ferry policy check} prints about one document.
 *
 * @param elsewhere the workspace to take it for, if not its own
 */
record PolicyLine(RunnerConfig config, Path home, Policies policies, Sender sender, Optional<WorkspaceName> elsewhere) {

    static PolicyLine of(RunnerConfig config, Path home, Sender sender, Optional<WorkspaceName> elsewhere)
            throws IOException {
        return new PolicyLine(config, home, new PolicySettings(config).policies(), sender, elsewhere);
    }

    /**
     * The line.
     *
     * @param isPossible whether there is anything to decide about
     */
    record Answer(boolean isPossible, ObjectNode json) {}

    Answer about(String file, byte[] document) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("file", file);
        if (document.length > PatchDocument.MAX_BYTES) {
            return impossible(line, "is longer than " + PatchDocument.MAX_BYTES + " bytes");
        }
        return switch (PatchDocument.read(document)) {
            case Reading.Valid(PatchDocument valid) -> about(line, valid);
            case Reading.NotJson(int row, int column, String detail) ->
                impossible(line, "line " + row + ", column " + column + ": " + detail);
            case Reading.Invalid(var faults, var _) ->
                impossible(
                        line,
                        String.join("; ", faults.stream().map(PlanLine::inWords).toList()));
        };
    }

    /** What to say of a workspace that does not exist; empty if it does. */
    static Optional<String> unknown(RunnerConfig config, WorkspaceName workspace) {
        Set<String> known = new TreeSet<>(config.workspaces().keySet());
        known.add(WorkspaceName.DEFAULT.value());
        return known.contains(workspace.value())
                ? Optional.empty()
                : Optional.of("there is no workspace " + workspace + "; there is " + String.join(", ", known));
    }

    private Answer about(ObjectNode line, PatchDocument document) {
        WorkspaceName workspace = elsewhere.orElse(document.workspace());
        line.put("id", document.id().value())
                .put("workspace", workspace.value())
                .put("principal", sender.principal());
        sender.roles().forEach(line.putArray("roles")::add);
        Optional<String> unknown = unknown(config, workspace);
        if (unknown.isPresent()) {
            return impossible(line, unknown.get());
        }
        return switch (DocumentParser.parse(document.json(), context(workspace))) {
            case ParseResult.Planned(Plan plan) ->
                new Answer(true, ruled(line, policies.of(workspace), document, plan));
            case ParseResult.Unsupported(List<String> reasons) -> impossible(line, String.join("; ", reasons));
            case ParseResult.Malformed(String position, String reason) -> impossible(line, position + ": " + reason);
        };
    }

    private ObjectNode ruled(ObjectNode line, Policy policy, PatchDocument document, Plan plan) {
        Gate gate = Gate.of(policy, sender, document, plan, /* released= */ false);
        Ruling before = gate.before();
        boolean stops = before.action() == Action.HOLD || before.action() == Action.DENY;
        Touched declared = declared(plan, root(elsewhere.orElse(document.workspace())));
        Ruling ruling = stops ? before : policy.after(gate.request(), declared);
        line.put("result", ruling.action().wireName()).put("reason", ruling.words());
        line.put("decided", stops ? "before it runs" : "by what it changed, before its commit");
        ruling.rule()
                .ifPresent(rule ->
                        line.putObject("rule").put("number", rule.number()).put("text", rule.text()));
        if (!stops) {
            ArrayNode paths = line.putArray("declared_paths");
            declared.entries().forEach(entry -> paths.add(entry.path()));
            mayStillDecide(policy, ruling, line);
        }
        if (document.propose() && ruling.action() == Action.ALLOW) {
            line.put("note", "the document itself asks for an approval (`propose`)");
        }
        return line;
    }

    /** Commands, and edits that follow another plan than declared, may touch what these rules are about. */
    private static void mayStillDecide(Policy policy, Ruling ruling, ObjectNode line) {
        int before = ruling.rule().map(Rule::number).orElse(Integer.MAX_VALUE);
        ArrayNode others = line.putArray("by_what_it_does");
        policy.rules().stream()
                .filter(rule -> rule.looksAtPaths() && rule.number() < before)
                .forEach(rule -> others.addObject().put("number", rule.number()).put("text", rule.text()));
    }

    private static Touched declared(Plan plan, Path root) {
        List<String> paths = plan.steps().stream()
                .filter(Step.FileStep.class::isInstance)
                .flatMap(step -> paths((Step.FileStep) step))
                .map(WorkspacePath::value)
                .distinct()
                .toList();
        ExecutedPaths executed = executed(root, paths);
        return new Touched(paths.stream()
                .map(path -> new Touched.Entry(path, false, executed.include(path, false)))
                .toList());
    }

    private static ExecutedPaths executed(Path root, List<String> paths) {
        try {
            return Files.isDirectory(root)
                    ? OwnersGit.executed(root, paths.stream().map(Path::of).toList())
                    : ExecutedPaths.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("git's configuration cannot be read in " + root, e);
        }
    }

    private static Stream<WorkspacePath> paths(Step.FileStep step) {
        return switch (step) {
            case Step.Write write -> Stream.of(write.path());
            case Step.Exchange exchange -> Stream.of(exchange.path());
            case Step.Delete delete -> Stream.of(delete.path());
            case Step.Move move -> Stream.of(move.from(), move.to());
            case Step.Copy copy -> Stream.of(copy.to());
            case Step.Chmod chmod -> Stream.of(chmod.path());
            case Step.SetExecutable chmod -> Stream.of(chmod.path());
            case Step.Edit edit -> Stream.of(edit.path());
            case Step.EditOneOf edit -> Stream.of(edit.path(), edit.other());
        };
    }

    private FormatContext context(WorkspaceName workspace) {
        return new FormatContext(root(workspace).toString(), settings(workspace).flatMap(WorkspaceSettings::format));
    }

    private Path root(WorkspaceName workspace) {
        Path root = workspace.equals(WorkspaceName.DEFAULT)
                ? config.workspace()
                : settings(workspace).flatMap(WorkspaceSettings::path).orElse(config.workspace());
        return DocumentFiles.withoutLinks(home.resolve(root));
    }

    private Optional<WorkspaceSettings> settings(WorkspaceName workspace) {
        return Optional.ofNullable(config.workspaces().get(workspace.value()));
    }

    private static Answer impossible(ObjectNode line, String reason) {
        return new Answer(false, line.put("result", "impossible").put("reason", reason));
    }
}
