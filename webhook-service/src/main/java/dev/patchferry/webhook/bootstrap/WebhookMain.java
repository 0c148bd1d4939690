package dev.patchferry.webhook.bootstrap;

import dev.patchferry.foundation.settings.ServiceMain;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the webhook once its settings are known to be right. */
@QuarkusMain
public final class WebhookMain {
    private WebhookMain() {}

    /** The process's entry point. */
    public static void main(String... arguments) {
        ServiceMain.run("webhook", arguments);
    }
}
