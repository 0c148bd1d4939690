package dev.patchferry.runner.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether a change of a configuration file only concerns settings that run, include and redirect nothing. Only files
 * in the plain form that git itself writes are compared, so that nobody reads one otherwise than git does.
 */
public final class HarmlessSettings {
    private static final int LONGEST_LINE = 1_000;
    private static final Pattern PLAIN_LINE =
            Pattern.compile("|[#;][^\\p{Cntrl}]*|\\[[A-Za-z0-9-]+( \"[^\"\\\\\\p{Cntrl}\\[\\]]*\")?]"
                    + "|\\t[A-Za-z][A-Za-z0-9-]* = [^\"\\\\#;\\p{Cntrl}]*");

    private static final Pattern BRANCH = Pattern.compile("refs/heads/[A-Za-z0-9][A-Za-z0-9._/-]*");
    private static final String THIS_REPOSITORY = ".";

    private final List<Setting> before;
    private final List<Setting> after;

    private HarmlessSettings(List<Setting> before, List<Setting> after) {
        this.before = before;
        this.after = after;
    }

    /** Whether only such settings differ. */
    public static boolean alone(byte[] before, byte[] after) {
        Optional<List<Setting>> old = plain(before);
        Optional<List<Setting>> fresh = plain(after);
        return old.isPresent() && fresh.isPresent() && new HarmlessSettings(old.get(), fresh.get()).areAlone();
    }

    private boolean areAlone() {
        Map<String, List<Setting>> old = byName(before);
        Map<String, List<Setting>> fresh = byName(after);
        Set<String> names = new HashSet<>(old.keySet());
        names.addAll(fresh.keySet());
        return names.stream()
                .filter(name -> !old.getOrDefault(name, List.of()).equals(fresh.getOrDefault(name, List.of())))
                .allMatch(name -> isHarmless(old.getOrDefault(name, List.of()))
                        && isHarmless(fresh.getOrDefault(name, List.of())));
    }

    private boolean isHarmless(List<Setting> settings) {
        return settings.stream().allMatch(this::isHarmless);
    }

    private boolean isHarmless(Setting setting) {
        return switch (setting.section() + "." + setting.key()) {
            case "user.name", "user.email" -> setting.subsection().isEmpty();
            case "branch.merge" -> BRANCH.matcher(setting.value()).matches();
            case "branch.remote" -> setting.value().equals(THIS_REPOSITORY) || isKnownRemote(setting.value());
            default -> false;
        };
    }

    /** What is no name of a remote is taken for an address. */
    private boolean isKnownRemote(String name) {
        return before.stream()
                .anyMatch(setting -> setting.section().equals("remote")
                        && setting.key().equals("url")
                        && setting.subsection().equals(name));
    }

    private static Map<String, List<Setting>> byName(List<Setting> settings) {
        Map<String, List<Setting>> byName = new LinkedHashMap<>();
        settings.forEach(setting -> byName.computeIfAbsent(
                        setting.section() + "\n" + setting.subsection() + "\n" + setting.key(), _ -> new ArrayList<>())
                .add(setting));
        return byName;
    }

    private static Optional<List<Setting>> plain(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        boolean isPlain = (text.isEmpty() || text.endsWith("\n"))
                && text.lines()
                        .allMatch(line -> line.length() <= LONGEST_LINE
                                && PLAIN_LINE.matcher(line).matches());
        return isPlain && text.indexOf('\r') < 0 ? Optional.of(SettingsParser.parse(text)) : Optional.empty();
    }
}
