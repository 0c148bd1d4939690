package dev.patchferry.runner.execution;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.Receipt;
import java.util.List;

/** What no rollback and no undo reaches. */
final class NetworkEffects {
    private static final String HOST = "host";

    private NetworkEffects() {}

    /** A sentence for a summary, after a blank, if commands ran that could reach others; else nothing. */
    static String of(Enforced enforced, List<Receipt.Step> steps) {
        boolean ran = steps.stream().anyMatch(step -> step.exitCode().isPresent());
        return enforced.network().equals(HOST) && ran
                ? " What its commands sent over the network, a `git push` for example, was not taken back."
                : "";
    }
}
