package dev.patchferry.system.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds what is said about a patch that has ended against what it did. Changes nothing. */
final class Inspection {
    private final Pair pair;

    Inspection(Pair pair) {
        this.pair = pair;
    }

    /** Whether a patch took effect more than once, wholly or in part. */
    boolean happenedTwice(Job job) {
        return pair.workspace(job.workspace()).times(job.label()) > 1;
    }

    /**
     * Where its effect, the runner or the runner's files for people say something else about a patch than the webhook.
     *
     * @param status how it ended, as the webhook says
     * @param mayBeUnknown whether the runner need not know of it
     */
    List<String> contradictions(Job job, String status, boolean mayBeUnknown) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        Workspace workspace = pair.workspace(job.workspace());
        long lines = workspace.times(job.label());
        List<String> files = workspace.files(job.label());
        boolean whole = lines == 1 && files.size() == 2;
        boolean nothing = lines == 0 && files.isEmpty();
        if (status.equals("succeeded") ? !whole : !nothing) {
            found.add("is " + status + ", with " + lines + " lines in the ledger and the files " + files);
        }
        JsonNode runner = pair.atRunner().read("/patches/" + job.id());
        boolean unknown = runner.path("status").asInt() == 404;
        if (!unknown || !mayBeUnknown) {
            if (!runner.path("status").asText().equals(status)) {
                found.add("is " + status + ", and at the runner " + runner.path("status"));
            }
            if (!pair.showsEnded(job.id(), status)) {
                found.add("is " + status + ", and its files for people say otherwise");
            }
        }
        return found;
    }
}
