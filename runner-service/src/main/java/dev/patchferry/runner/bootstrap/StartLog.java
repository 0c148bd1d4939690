package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.WorkspaceView;
import dev.patchferry.runner.api.WorkspaceViews;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says at the start what decides about patches and which workspace cannot be used, so that an owner sees it. */
@Singleton
final class StartLog {
    private static final Logger LOG = Logger.getLogger(StartLog.class);

    void tell(@Observes StartupEvent event, WorkspaceViews workspaces) {
        for (WorkspaceView workspace : workspaces.all()) {
            LOG.infof(
                    "workspace name=%s path=%s policy=%s rules=%d network=%s",
                    workspace.name(), workspace.path(), workspace.policy(), workspace.rules(), workspace.network());
            workspace
                    .reason()
                    .ifPresent(reason ->
                            LOG.warnf("workspace cannot be used name=%s reason=%s", workspace.name(), reason));
        }
    }
}
