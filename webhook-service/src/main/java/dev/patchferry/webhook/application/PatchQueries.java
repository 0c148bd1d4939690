package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.CompletionWaiter;
import dev.patchferry.webhook.store.PatchQuery;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at patches. A patch that the caller may not see answers as if there were none. */
@Singleton
public class PatchQueries {
    private final PatchStore store;
    private final CompletionWaiter waiter;
    private final RunnerAbsences absences;

    PatchQueries(PatchStore store, CompletionWaiter waiter, RunnerAbsences absences) {
        this.store = store;
        this.waiter = waiter;
        this.absences = absences;
    }

    /** The patch with this id. */
    public Result<StoredPatch> find(Caller caller, String id) {
        if (!PatchId.isValid(id)) {
            return Result.refused(new Refusal.NotAnId());
        }
        PatchId valid = new PatchId(id);
        return store.find(valid)
                .filter(caller::maySee)
                .map(Result::ok)
                .orElseGet(() -> Result.refused(new Refusal.NoSuchPatch(valid)));
    }

    /**
     * The same, with everything that is known about it.
     *
     * @param wait how long to wait for its end, or until only a person can move it on
     */
    public Result<PatchDetails> details(Caller caller, String id, Duration wait) {
        return find(caller, id).map(patch -> details(await(patch, wait)));
    }

    /** The patch once it has ended, only a person can move it on, or the time is up. */
    public StoredPatch await(StoredPatch patch, Duration wait) {
        return wait.isZero() ? patch : waiter.await(patch.id(), wait).orElse(patch);
    }

    /** What is known about a patch that the caller was found to see. */
    public PatchDetails details(StoredPatch patch) {
        return new PatchDetails(
                patch,
                store.history(patch.id()),
                store.outbox().attempts(patch.id()),
                store.outbox().nextAttemptAt(patch.id()),
                absences.of(patch));
    }

    /** That the patch waits for a runner that gives no answer. */
    public Optional<RunnerAbsence> absence(StoredPatch patch) {
        return absences.of(patch);
    }

    /**
     * Some patches.
     *
     * @param more whether others follow
     */
    public record Page(List<StoredPatch> patches, boolean more) {
        public Page {
            patches = List.copyOf(patches);
        }
    }

    /** Those of the patches asked for that the caller may see. */
    public Result<Page> list(Caller caller, PatchCriteria wanted) {
        Optional<WorkspaceName> forbidden =
                wanted.workspace().filter(workspace -> !caller.reach().covers(workspace));
        if (forbidden.isPresent()) {
            return Result.refused(new Refusal.WorkspaceNotAllowed(forbidden.get()));
        }
        Optional<String> only = caller.onlyPrincipal();
        if (only.isPresent()
                && wanted.principal().filter(name -> !name.equals(only.get())).isPresent()) {
            return Result.refused(new Refusal.OnlyOwnPatches(only.get()));
        }
        // One more than is shown, to know whether there is another.
        List<StoredPatch> found = store.list(new PatchQuery(
                wanted.statuses(),
                wanted.workspace(),
                only.or(wanted::principal),
                caller.reach().only(),
                wanted.order(),
                wanted.after(),
                wanted.limit() + 1));
        return Result.ok(
                new Page(found.subList(0, Math.min(found.size(), wanted.limit())), found.size() > wanted.limit()));
    }
}
