package dev.patchferry.runner.bootstrap;

import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What the settings let commands read, seen by where it leads and not by what it is called. */
final class GrantedPaths {
    private GrantedPaths() {}

    /**
     * Refuses a path that leads into the runner's own state, or to a folder that holds it.
     *
     * @param ferryHome the state, links resolved
     * @throws SettingException with the setting to change
     */
    static void refuseState(Collection<Workspace> workspaces, Path ferryHome) throws IOException {
        for (Workspace workspace : workspaces) {
            for (Path path : workspace.surroundings().read()) {
                Path real = Files.exists(path) ? path.toRealPath() : path.normalize();
                if (real.startsWith(ferryHome) || ferryHome.startsWith(real)) {
                    throw new SettingException("`ferry.workspaces." + workspace.name() + ".read` names " + path
                            + ", which leads to " + real + " and so to the runner's own state in " + ferryHome
                            + "; name a folder apart from it, or move FERRY_HOME");
                }
            }
        }
    }
}
