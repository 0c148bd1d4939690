package dev.patchferry.runner.bootstrap;

import dev.patchferry.foundation.settings.ServiceMain;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the runner once its settings are known to be right. */
@QuarkusMain
public final class RunnerMain {
    private RunnerMain() {}

    /** The process's entry point. */
    public static void main(String... arguments) {
        ServiceMain.run("runner", arguments);
    }
}
