package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.policy.Action;
import dev.patchferry.engine.policy.Policy;
import dev.patchferry.engine.policy.Request;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.engine.policy.Touched;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.fs.PathText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the policy of its workspace says about one patch: before it runs, and about what it did. */
public record Gate(Policy policy, Request request) {
    /**
     * About a patch that was read and planned.
     *
     * @param released whether somebody approved that it runs
     */
    public static Gate of(Policy policy, Sender sender, PatchDocument document, Plan plan, boolean released) {
        List<String> commands = plan.steps().stream()
                .filter(Step.Run.class::isInstance)
                .map(step -> ((Step.Run) step).command())
                .toList();
        return new Gate(
                policy,
                new Request(
                        sender.principal(),
                        Set.copyOf(sender.roles()),
                        documentRoles(document),
                        plan.format(),
                        commands,
                        released));
    }

    /** The document's own, and that of one that is wrapped in it. */
    private static Set<String> documentRoles(PatchDocument document) {
        return Stream.of(
                        document.json().path("role"),
                        document.json().path("patch").path("role"))
                .filter(role -> role.isTextual() && !role.asText().isBlank())
                .map(role -> role.asText().strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Before it runs. */
    public Ruling before() {
        return policy.before(request);
    }

    /** Before its commit. What changed nothing needs nobody's consent. */
    public Ruling after(ChangeSet changes, GitEffects git) {
        return changes.isEmpty() ? before() : after(changes.files(), git);
    }

    /** About what a patch, an undo or a redo does. */
    public Ruling after(List<ChangedFile> files, GitEffects git) {
        return policy.after(request, touched(files, git));
    }

    /** Whether what it does may only be looked at, so that it reaches nobody elsewhere. */
    boolean onlyProposes() {
        return switch (before().action()) {
            case HOLD, PROPOSE -> true;
            case ALLOW, DENY -> false;
        };
    }

    /** Whether a ruling has to be told in the receipt. */
    boolean tells(Ruling ruling) {
        return !policy.isEmpty() || ruling.isBuiltIn();
    }

    /** What a ruling makes of a patch that has run: one that should have been held waits now. */
    static Action afterTheRun(Ruling ruling) {
        return ruling.action() == Action.HOLD ? Action.PROPOSE : ruling.action();
    }

    /** What is only in an index comes into the worktree with the next checkout. */
    private static Touched touched(List<ChangedFile> files, GitEffects git) {
        Stream<Touched.Entry> inFiles = files.stream().map(file -> entry(file.path(), leadsElsewhere(file), git));
        Stream<Touched.Entry> inIndex = git.indexed().stream().map(path -> entry(path, false, git));
        return new Touched(Stream.concat(inFiles, inIndex).toList(), git.history());
    }

    private static Touched.Entry entry(String path, boolean isLink, GitEffects git) {
        String name = PathText.lossy(path);
        return new Touched.Entry(name, isLink, git.executed().include(name, isLink));
    }

    /** A file has a hash; what is there without one, and is no folder, leads elsewhere or cannot be looked into. */
    private static boolean leadsElsewhere(ChangedFile file) {
        return file.afterSha256().isEmpty()
                && !file.path().endsWith("/")
                && !file.change().equals("deleted");
    }
}
