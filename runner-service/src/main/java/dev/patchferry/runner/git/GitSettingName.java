package dev.patchferry.runner.git;

import java.util.Map;

/** How a setting is called where a refusal names it, and what a sender can do instead. */
final class GitSettingName {
    /** Git knows them in any case; people know them by this one. */
    private static final Map<String, String> SPELLED = Map.of(
            "hookspath", "hooksPath",
            "sshcommand", "sshCommand",
            "fsmonitor", "fsmonitor",
            "attributesfile", "attributesFile",
            "insteadof", "insteadOf",
            "pushinsteadof", "pushInsteadOf",
            "pushurl", "pushUrl",
            "signingkey", "signingKey",
            "worktreeconfig", "worktreeConfig",
            "mergeoptions", "mergeOptions");

    private static final int MAX_LENGTH = 80;

    private GitSettingName() {}

    /** As {@code remote.origin.url}, in backquotes. */
    static String of(GitSetting gitSetting) {
        String key = SPELLED.getOrDefault(gitSetting.key(), gitSetting.key());
        String name = gitSetting.subsection().isEmpty()
                ? gitSetting.section() + "." + key
                : gitSetting.section() + "." + gitSetting.subsection() + "." + key;
        return "`" + Shown.name(name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH) + "…") + "`";
    }

    /** What to do instead, as the end of a sentence. */
    static String wayRound(GitSetting gitSetting) {
        if (gitSetting.section().equals("core") && gitSetting.key().equals("hookspath")) {
            return "; husky sets this when packages are installed: run that with HUSKY=0, as in `HUSKY=0 npm install`, and"
                    + " leave it to the owner to switch hooks on";
        }
        return switch (gitSetting.section()) {
            case "remote", "url" ->
                "; name the address in the command, as in `git push URL BRANCH`, or ask the owner to"
                        + " add the remote";
            case "branch" -> "; give the remote and the branch in the command, as in `git push origin BRANCH`";
            case "submodule" -> "; use an address of https or ssh, or a folder of the workspace, and no command";
            default ->
                "; give it to the command that needs it with `git -c`, or set it with `git config --global`, which"
                        + " stays in the sandbox";
        };
    }
}
