package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.policy.Action;
import dev.patchferry.engine.policy.NamedPolicy;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.Policy;
import dev.patchferry.engine.policy.Rule;
import dev.patchferry.engine.policy.RuleReader;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.runner.bootstrap.RunnerConfig.WorkspaceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the policies of the workspaces from the settings. A rule that means nothing keeps the runner from starting. */
public record PolicySettings(RunnerConfig config) {
    private static final String COMMENT = "#";

    /**
     * Every workspace's.
     *
     * @throws SettingException naming the setting, or the file and line, and what is wrong there
     */
    public Policies policies() throws IOException {
        Map<WorkspaceName, Policy> policies = new HashMap<>();
        for (Map.Entry<String, WorkspaceSettings> workspace :
                config.workspaces().entrySet()) {
            policies.put(
                    SettingException.unlessWrong(() -> new WorkspaceName(workspace.getKey())),
                    policy(workspace.getKey(), workspace.getValue()));
        }
        return new Policies(policies);
    }

    private Policy policy(String workspace, WorkspaceSettings settings) throws IOException {
        String prefix = "ferry.workspaces." + workspace + ".";
        RuleReader reader = new RuleReader();
        if (settings.rulesFile().isPresent() && settings.rules().isPresent()) {
            throw new SettingException(prefix + "rules and " + prefix + "rules-file are both set; give one");
        }
        List<String> rules = settings.rules().orElse(List.of());
        for (int i = 0; i < rules.size(); i++) {
            read(reader, rules.get(i), prefix + "rules[" + i + "]");
        }
        if (settings.rulesFile().isPresent()) {
            read(reader, settings.rulesFile().get(), prefix + "rules-file");
        }
        Policy policy = reader.policy(named(settings.policy(), prefix + "policy"));
        requirePossible(policy, settings, prefix);
        return policy;
    }

    private void read(RuleReader reader, Path file, String setting) throws IOException {
        Path path = config.home().toAbsolutePath().resolve(file).normalize();
        if (!Files.isReadable(path)) {
            throw new SettingException(setting + ": cannot read " + path);
        }
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                read(reader, line, path + ":" + (i + 1));
            }
        }
    }

    private static void read(RuleReader reader, String rule, String where) {
        try {
            reader.read(rule);
        } catch (IllegalArgumentException e) {
            throw new SettingException(where + ": the rule `" + rule.strip() + "` " + e.getMessage(), e);
        }
    }

    private static NamedPolicy named(String name, String setting) {
        try {
            return NamedPolicy.named(name);
        } catch (IllegalArgumentException e) {
            throw new SettingException(setting + " " + e.getMessage(), e);
        }
    }

    /** Without a transaction nobody knows what a patch changed, and nothing can wait. */
    private void requirePossible(Policy policy, WorkspaceSettings settings, String prefix) {
        boolean cautious = settings.policy().equals("cautious");
        if (cautious && settings.network() == RunnerConfig.Network.HOST) {
            throw new SettingException(prefix + "policy=cautious runs everything without a network, and " + prefix
                    + "network=host asks for one; give one of them");
        }
        if (config.sandbox() == RunnerConfig.SandboxLevel.NONE) {
            policy.rules().stream()
                    .filter(rule -> rule.looksAtPaths() || rule.action() == Action.PROPOSE)
                    .findFirst()
                    .map(Rule::text)
                    .ifPresent(rule -> {
                        throw new SettingException(prefix + "rules: the rule `" + rule
                                + "` needs a transaction, and there is none with FERRY_SANDBOX=none");
                    });
        }
    }
}
