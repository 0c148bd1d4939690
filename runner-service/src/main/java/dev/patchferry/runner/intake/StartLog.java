package dev.patchferry.runner.intake;

import dev.patchferry.contract.WorkspaceView;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says at the start what decides about patches, so that an owner who meant another policy sees it. */
@Singleton
final class StartLog {
    private static final Logger LOG = Logger.getLogger(StartLog.class);

    void tell(@Observes StartupEvent event, WorkspaceViews workspaces) {
        for (WorkspaceView workspace : workspaces.all()) {
            LOG.infof(
                    "workspace name=%s path=%s policy=%s rules=%d network=%s",
                    workspace.name(), workspace.path(), workspace.policy(), workspace.rules(), workspace.network());
        }
    }
}
