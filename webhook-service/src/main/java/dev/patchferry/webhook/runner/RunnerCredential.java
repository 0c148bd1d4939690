package dev.patchferry.webhook.runner;

import dev.patchferry.contract.RunnerApi;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.StartOrder;
import dev.patchferry.foundation.token.TokenFile;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** Proves to the runner that it is this webhook who calls. The one token whose text is kept, since it has to be sent. */
@Startup(StartOrder.SETTINGS)
@Singleton
public class RunnerCredential {
    private final String authorization;

    RunnerCredential(RunnerClientConfig config) {
        this.authorization = RunnerApi.bearer(SettingException.unlessWrong(
                () -> TokenFile.secret(config.runner().token(), config.runner().tokenFile(), config.home(), "runner")));
    }

    String authorization() {
        return authorization;
    }
}
