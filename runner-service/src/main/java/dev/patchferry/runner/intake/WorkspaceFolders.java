package dev.patchferry.runner.intake;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.files.SecretFiles;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.runner.intake.RunnerConfig.WorkspaceSettings;
import dev.patchferry.runner.workspace.HomeLayer;
import dev.patchferry.runner.workspace.Owner;
import dev.patchferry.runner.workspace.Surroundings;
import dev.patchferry.runner.workspace.Workspace;
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

/** Makes the configured workspaces: their folders, and what their commands get. Refuses settings that mean nothing. */
record WorkspaceFolders(RunnerConfig config, RunnerHome home) {
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
            WorkspaceName name = new WorkspaceName(entry.getKey());
            if (!name.equals(WorkspaceName.DEFAULT)) {
                Path path = entry.getValue()
                        .path()
                        .orElseThrow(() -> new IllegalArgumentException("the workspace " + name + " has no `path`"));
                further.add(workspace(name, path, Optional.of(entry.getValue())));
            }
        }
        return further;
    }

    private Workspace workspace(WorkspaceName name, Path path, Optional<WorkspaceSettings> settings)
            throws IOException {
        Path root = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
        }
        Path privateHome = Files.createDirectories(home.homes().resolve(name.value()));
        // Root keeps the private HOME, but the command that uses it runs as the workspace's owner.
        Owner.of(root).claim(privateHome);
        Surroundings surroundings = settings.isPresent() ? surroundings(name, settings.get()) : Surroundings.NONE;
        return new Workspace(
                name,
                root.toRealPath(),
                privateHome,
                settings.flatMap(WorkspaceSettings::format),
                surroundings,
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

    private Surroundings surroundings(WorkspaceName name, WorkspaceSettings settings) throws IOException {
        List<Path> read = settings.read().orElse(List.of());
        for (Path path : read) {
            if (path.startsWith(home.ferryHome()) || home.ferryHome().startsWith(path)) {
                throw new IllegalArgumentException(
                        "`read` must not open " + path + ", which holds, or lies in, the runner's own state");
            }
        }
        boolean debuggers = settings.debuggers() == RunnerConfig.Debuggers.ON;
        if (!debuggers && config.sandbox() == RunnerConfig.SandboxLevel.NONE) {
            throw new IllegalArgumentException(
                    "`debuggers=off` needs the sandbox, and there is none with FERRY_SANDBOX=none; give one of them");
        }
        Map<String, String> environment = new HashMap<>(settings.env());
        SecretFiles secretFiles = secretFiles();
        for (Map.Entry<String, Path> file : settings.envFiles().entrySet()) {
            secretFiles.require("ferry.workspaces." + name + ".env-files." + file.getKey(), file.getValue());
            environment.put(file.getKey(), secret(file.getKey(), file.getValue()));
        }
        return new Surroundings(
                read,
                environment,
                settings.notSecret().orElse(Set.of()),
                settings.network() == RunnerConfig.Network.HOST,
                debuggers);
    }

    private static String secret(String variable, Path file) throws IOException {
        String value = Files.readString(file).strip();
        if (value.length() < Redactor.SHORTEST) {
            throw new IllegalArgumentException("the file of `env-files` for " + variable + " holds less than "
                    + Redactor.SHORTEST + " characters, which could not be kept out of logs; give it by `env` if it is"
                    + " no secret");
        }
        return value;
    }
}
