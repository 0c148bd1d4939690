package dev.patchferry.runner.git;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a patch may change or make the configuration of a repository: only by settings that run, include and
 * redirect nothing. Files are read exactly as git reads them; a change of one that cannot be is refused.
 */
public final class SettingsChange {
    private static final String UNREADABLE =
            "it holds settings of git, in a form that is not read here (a byte order mark, a carriage return, a control"
                    + " character or a mistake); write settings with `git config`";

    private SettingsChange() {}

    /** Why the change of a file that was there is refused; empty if it is harmless. */
    public static Optional<String> refusal(byte[] before, byte[] after, SettingsPlace place) {
        Optional<List<GitSetting>> old = SettingsParser.parseExactly(before);
        Optional<List<GitSetting>> fresh = SettingsParser.parseExactly(after);
        return old.isEmpty() || fresh.isEmpty()
                ? Optional.of(UNREADABLE)
                : firstDifference(old.get(), fresh.get(), new HarmlessSettings(place, fresh.get()));
    }

    /** Why a new repository may not come with these settings; empty if they are harmless. */
    public static Optional<String> refusalOfNew(byte[] created, SettingsPlace place) {
        Optional<List<GitSetting>> fresh = SettingsParser.parseExactly(created);
        if (fresh.isEmpty()) {
            return Optional.of(UNREADABLE);
        }
        HarmlessSettings harmless = new HarmlessSettings(place, fresh.get());
        return fresh.get().stream()
                .filter(gitSetting -> !harmless.isHarmlessInNew(gitSetting))
                .findFirst()
                .map(gitSetting -> "a new repository may not come with " + GitSettingName.of(gitSetting)
                        + ", as the settings in it must not run, include or redirect anything"
                        + GitSettingName.wayRound(gitSetting));
    }

    /** What a configuration says once, and nowhere else, of where the files of its repository are. */
    public static Optional<String> worktree(byte[] settings) {
        List<String> values = SettingsParser.parseExactly(settings).orElse(List.of()).stream()
                .filter(gitSetting ->
                        gitSetting.section().equals("core") && gitSetting.key().equals("worktree"))
                .map(GitSetting::value)
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether a configuration says where the files of its repository are, or cannot be read. */
    public static boolean namesWorktree(byte[] settings) {
        return SettingsParser.parseExactly(settings)
                .map(all -> all.stream()
                        .anyMatch(gitSetting -> gitSetting.section().equals("core")
                                && gitSetting.key().equals("worktree")))
                .orElse(true);
    }

    private static Optional<String> firstDifference(
            List<GitSetting> before, List<GitSetting> after, HarmlessSettings harmless) {
        List<GitSetting> fixedBefore = before.stream()
                .filter(gitSetting -> !harmless.mayChange(gitSetting))
                .toList();
        List<GitSetting> fixedAfter = after.stream()
                .filter(gitSetting -> !harmless.mayChange(gitSetting))
                .toList();
        if (!fixedBefore.equals(fixedAfter)) {
            return Optional.of(refused(firstOf(fixedBefore, fixedAfter)));
        }
        Map<String, List<GitSetting>> old = byName(before);
        Set<String> values = new HashSet<>();
        before.forEach(gitSetting -> values.add(anywhere(gitSetting)));
        for (Map.Entry<String, List<GitSetting>> name : byName(after).entrySet()) {
            if (name.getValue().equals(old.get(name.getKey()))) {
                continue;
            }
            for (GitSetting gitSetting : name.getValue()) {
                // what a branch had may go with it when it is renamed
                boolean isMoved = gitSetting.section().equals("branch") && values.contains(anywhere(gitSetting));
                if (harmless.mayChange(gitSetting) && !isMoved && !harmless.isHarmless(gitSetting)) {
                    return Optional.of(refused(gitSetting));
                }
            }
        }
        return Optional.empty();
    }

    private static GitSetting firstOf(List<GitSetting> before, List<GitSetting> after) {
        Map<String, List<GitSetting>> old = byName(before);
        Map<String, List<GitSetting>> fresh = byName(after);
        List<GitSetting> all = new ArrayList<>(after);
        all.addAll(before);
        return all.stream()
                .filter(gitSetting -> !old.getOrDefault(name(gitSetting), List.of())
                        .equals(fresh.getOrDefault(name(gitSetting), List.of())))
                .findFirst()
                // the same settings in another order: what is included last wins
                .orElseGet(all::getFirst);
    }

    private static String refused(GitSetting gitSetting) {
        return "it would change " + GitSettingName.of(gitSetting)
                + ", and of the settings of a repository a patch may only"
                + " change those that run and redirect nothing (user.name, user.email, branch.*.merge, branch.*.remote to"
                + " a remote that is there, submodule.*.url and .active)" + GitSettingName.wayRound(gitSetting);
    }

    private static Map<String, List<GitSetting>> byName(List<GitSetting> settings) {
        Map<String, List<GitSetting>> byName = new LinkedHashMap<>();
        settings.forEach(gitSetting ->
                byName.computeIfAbsent(name(gitSetting), _ -> new ArrayList<>()).add(gitSetting));
        return byName;
    }

    private static String name(GitSetting gitSetting) {
        return gitSetting.section() + "\n" + gitSetting.subsection() + "\n" + gitSetting.key();
    }

    private static String anywhere(GitSetting gitSetting) {
        return gitSetting.section() + "\n" + gitSetting.key() + "\n" + gitSetting.value();
    }
}
