package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.files.SecretFiles;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.runner.bootstrap.RunnerConfig.WorkspaceSettings;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.HomeLayer;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Makes the configured workspaces: their folders, and what their commands get. Refuses settings that mean nothing. */
record WorkspaceFolders(RunnerConfig config, RunnerHome home) {
    private static final Logger LOG = Logger.getLogger(WorkspaceFolders.class);

    /** The workspace {@code default}, which is always there. */
    Workspace standard() throws IOException {
        return workspace(
                WorkspaceName.DEFAULT,
                config.workspace(),
                Optional.ofNullable(config.workspaces().get(WorkspaceName.DEFAULT.value())));
    }

    List<Workspace> further() throws IOException {
        List<Workspace> further = new ArrayList<>();
        for (Map.Entry<String, WorkspaceSettings> entry : config.workspaces().entrySet()) {
            WorkspaceName name = SettingException.unlessWrong(() -> new WorkspaceName(entry.getKey()));
            if (!name.equals(WorkspaceName.DEFAULT)) {
                Path path = entry.getValue()
                        .path()
                        .orElseThrow(() -> new SettingException("the workspace " + name + " has no folder: set"
                                + " ferry.workspaces." + name + ".path"));
                further.add(workspace(name, path, Optional.of(entry.getValue())));
            }
        }
        return further;
    }

    private Workspace workspace(WorkspaceName name, Path path, Optional<WorkspaceSettings> settings)
            throws IOException {
        Path root = folder(name, path.toAbsolutePath().normalize());
        Path privateHome = Files.createDirectories(home.homes().resolve(name.value()));
        // Root keeps the private HOME, but the command that uses it runs as the workspace's owner.
        if (Files.isDirectory(root)) {
            Owner.of(root).claim(privateHome);
        }
        try {
            return workspace(name, root, privateHome, settings);
        } catch (SettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingException("ferry.workspaces." + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Made if it is missing. One that cannot be made, on a disk that is not mounted for example, is a workspace all the same:
     * it says what is wrong with it, and is used once it is there.
     */
    private static Path folder(WorkspaceName name, Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
            }
            return path.toRealPath();
        } catch (IOException e) {
            LOG.warnf(
                    "a workspace cannot be used before its folder is there name=%s path=%s reason=%s",
                    name, path, e.getMessage());
            return path;
        }
    }

    private Workspace workspace(WorkspaceName name, Path root, Path privateHome, Optional<WorkspaceSettings> settings)
            throws IOException {
        CommandGrants commandGrants = settings.isPresent() ? surroundings(name, settings.get()) : CommandGrants.NONE;
        return new Workspace(
                name,
                root,
                privateHome,
                settings.flatMap(WorkspaceSettings::format),
                commandGrants,
                settings.flatMap(WorkspaceSettings::cache).orElse(HomeLayer.DEFAULT_CACHES));
    }

    /**
     * What no secret may be kept in, since commands of a workspace see it: the system's folders, every workspace with its
     * HOME, and what they may read beyond.
     */
    SecretFiles secretFiles() {
        Stream<Path> further = config.workspaces().values().stream()
                .flatMap(settings -> Stream.concat(
                        settings.path().stream(), settings.read().stream().flatMap(List::stream)));
        return new SecretFiles(
                home.ferryHome(),
                Stream.concat(Stream.of(config.workspace(), home.homes()), further)
                        .toList());
    }

    private CommandGrants surroundings(WorkspaceName name, WorkspaceSettings settings) throws IOException {
        List<Path> read = settings.read().orElse(List.of());
        for (Path path : read) {
            if (path.startsWith(home.ferryHome()) || home.ferryHome().startsWith(path)) {
                throw new SettingException(setting(name, "read") + " must not open " + path
                        + ", which holds, or lies in, the runner's own state");
            }
            if (path.isAbsolute() && !Files.exists(path)) {
                throw new SettingException(setting(name, "read") + " names " + path
                        + ", which does not exist; create it, or leave it out");
            }
        }
        boolean debuggers = settings.debuggers() == RunnerConfig.Debuggers.ON;
        if (!debuggers && config.sandbox() == RunnerConfig.SandboxLevel.NONE) {
            throw new SettingException(setting(name, "debuggers")
                    + "=off needs the sandbox, and there is none with FERRY_SANDBOX=none; give one of them");
        }
        Map<String, String> environment = new HashMap<>(settings.env());
        SecretFiles secretFiles = secretFiles();
        for (Map.Entry<String, Path> file : settings.envFiles().entrySet()) {
            secretFiles.require(setting(name, "env-files." + file.getKey()), file.getValue());
            environment.put(
                    file.getKey(),
                    SettingException.unlessWrong(
                            () -> secret(setting(name, "env-files." + file.getKey()), file.getValue())));
        }
        return new CommandGrants(
                read,
                environment,
                settings.notSecret().orElse(Set.of()),
                settings.network() == RunnerConfig.Network.HOST,
                debuggers);
    }

    private static String setting(WorkspaceName workspace, String name) {
        return "ferry.workspaces." + workspace + "." + name;
    }

    private static String secret(String setting, Path file) throws IOException {
        String value = Files.readString(file).strip();
        if (value.length() < Redactor.SHORTEST) {
            throw new SettingException(setting + ": " + file + " holds less than " + Redactor.SHORTEST
                    + " characters, which could not be kept out of logs; give it by `env` if it is"
                    + " no secret");
        }
        return value;
    }
}
