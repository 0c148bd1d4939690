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
        Optional<List<Setting>> old = SettingsParser.parseExactly(before);
        Optional<List<Setting>> fresh = SettingsParser.parseExactly(after);
        return old.isEmpty() || fresh.isEmpty()
                ? Optional.of(UNREADABLE)
                : firstDifference(old.get(), fresh.get(), new HarmlessSettings(place, fresh.get()));
    }

    /** Why a new repository may not come with these settings; empty if they are harmless. */
    public static Optional<String> refusalOfNew(byte[] created, SettingsPlace place) {
        Optional<List<Setting>> fresh = SettingsParser.parseExactly(created);
        if (fresh.isEmpty()) {
            return Optional.of(UNREADABLE);
        }
        HarmlessSettings harmless = new HarmlessSettings(place, fresh.get());
        return fresh.get().stream()
                .filter(setting -> !harmless.isHarmlessInNew(setting))
                .findFirst()
                .map(setting -> "a new repository may not come with " + GitSettingName.of(setting)
                        + ", as the settings in it must not run, include or redirect anything"
                        + GitSettingName.wayRound(setting));
    }

    /** What a configuration says once, and nowhere else, of where the files of its repository are. */
    public static Optional<String> worktree(byte[] settings) {
        List<String> values = SettingsParser.parseExactly(settings).orElse(List.of()).stream()
                .filter(setting ->
                        setting.section().equals("core") && setting.key().equals("worktree"))
                .map(Setting::value)
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether a configuration says where the files of its repository are, or cannot be read. */
    public static boolean namesWorktree(byte[] settings) {
        return SettingsParser.parseExactly(settings)
                .map(all -> all.stream()
                        .anyMatch(setting -> setting.section().equals("core")
                                && setting.key().equals("worktree")))
                .orElse(true);
    }

    private static Optional<String> firstDifference(
            List<Setting> before, List<Setting> after, HarmlessSettings harmless) {
        List<Setting> fixedBefore =
                before.stream().filter(setting -> !harmless.mayChange(setting)).toList();
        List<Setting> fixedAfter =
                after.stream().filter(setting -> !harmless.mayChange(setting)).toList();
        if (!fixedBefore.equals(fixedAfter)) {
            return Optional.of(refused(firstOf(fixedBefore, fixedAfter)));
        }
        Map<String, List<Setting>> old = byName(before);
        Set<String> values = new HashSet<>();
        before.forEach(setting -> values.add(anywhere(setting)));
        for (Map.Entry<String, List<Setting>> name : byName(after).entrySet()) {
            if (name.getValue().equals(old.get(name.getKey()))) {
                continue;
            }
            for (Setting setting : name.getValue()) {
                // what a branch had may go with it when it is renamed
                boolean isMoved = setting.section().equals("branch") && values.contains(anywhere(setting));
                if (harmless.mayChange(setting) && !isMoved && !harmless.isHarmless(setting)) {
                    return Optional.of(refused(setting));
                }
            }
        }
        return Optional.empty();
    }

    private static Setting firstOf(List<Setting> before, List<Setting> after) {
        Map<String, List<Setting>> old = byName(before);
        Map<String, List<Setting>> fresh = byName(after);
        List<Setting> all = new ArrayList<>(after);
        all.addAll(before);
        return all.stream()
                .filter(setting -> !old.getOrDefault(name(setting), List.of())
                        .equals(fresh.getOrDefault(name(setting), List.of())))
                .findFirst()
                // the same settings in another order: what is included last wins
                .orElseGet(all::getFirst);
    }

    private static String refused(Setting setting) {
        return "it would change " + GitSettingName.of(setting)
                + ", and of the settings of a repository a patch may only"
                + " change those that run and redirect nothing (user.name, user.email, branch.*.merge, branch.*.remote to"
                + " a remote that is there, submodule.*.url and .active)" + GitSettingName.wayRound(setting);
    }

    private static Map<String, List<Setting>> byName(List<Setting> settings) {
        Map<String, List<Setting>> byName = new LinkedHashMap<>();
        settings.forEach(setting ->
                byName.computeIfAbsent(name(setting), _ -> new ArrayList<>()).add(setting));
        return byName;
    }

    private static String name(Setting setting) {
        return setting.section() + "\n" + setting.subsection() + "\n" + setting.key();
    }

    private static String anywhere(Setting setting) {
        return setting.section() + "\n" + setting.key() + "\n" + setting.value();
    }
}
