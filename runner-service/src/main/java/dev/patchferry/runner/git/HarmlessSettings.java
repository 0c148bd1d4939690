package dev.patchferry.runner.git;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings of a repository that run, include and redirect nothing, as long as their values are those of here. */
final class HarmlessSettings {
    private static final Pattern WORDS = Pattern.compile("[^\\p{Cntrl}]*");
    private static final Pattern LINES = Pattern.compile("[\\P{Cntrl}\n\t]*");
    private static final Pattern BRANCH = Pattern.compile(
            "refs/heads/(?![-/.])(?!.*(\\.\\.|//|@\\{|/\\.|\\.lock(/|$)|[/.]$))" + "[^\\p{Cntrl} ~^:?*\\[\\\\]+");
    private static final Pattern REMOTE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern FETCH =
            Pattern.compile("\\+?refs/(heads|tags)/[A-Za-z0-9._/*@#-]+:refs/(remotes/[A-Za-z0-9_][A-Za-z0-9._-]*|tags)"
                    + "/[A-Za-z0-9._/*@#-]+");
    private static final Pattern SUBMODULE = Pattern.compile("(?!-)(?!(.*/)?\\.\\.(/|$))[^\\p{Cntrl}\\\\]+");
    private static final Set<String> BOOLEANS = Set.of("true", "false", SettingsParser.NO_VALUE);
    private static final Set<String> REBASE = Set.of("true", "false", "merges", "interactive", SettingsParser.NO_VALUE);
    /** Without a command: that begins with an exclamation mark. */
    private static final Set<String> UPDATE = Set.of("checkout", "rebase", "merge", "none");

    private static final String THIS_REPOSITORY = ".";

    private final SettingsPlace place;
    private final Set<String> remotes;

    /**
     * For one file.
     *
     * @param settings all that it has: what is no name of a remote is taken for an address
     */
    HarmlessSettings(SettingsPlace place, List<Setting> settings) {
        this.place = place;
        this.remotes = settings.stream()
                .filter(setting ->
                        setting.section().equals("remote") && setting.key().equals("url"))
                .map(Setting::subsection)
                .collect(Collectors.toSet());
    }

    /** Whether a patch may give a setting of this name a harmless value in a repository that is there, or take it away. */
    boolean mayChange(Setting setting) {
        return switch (setting.section()) {
            case "user" ->
                setting.subsection().isEmpty() && Set.of("name", "email").contains(setting.key());
            case "branch" -> !setting.subsection().isEmpty();
            case "submodule" -> !setting.subsection().isEmpty();
            case "lfs" -> setting.subsection().isEmpty() && setting.key().equals("repositoryformatversion");
            case "core" -> place.submodule() && isWorktree(setting);
            default -> false;
        };
    }

    /** Whether the value of such a setting is harmless. */
    boolean isHarmless(Setting setting) {
        String value = setting.value();
        return switch (setting.section() + "." + setting.key()) {
            case "user.name", "user.email" -> setting.subsection().isEmpty() && isText(value);
            case "core.worktree" ->
                isWorktree(setting) && place.worktree().filter(value::equals).isPresent();
            case "branch.merge" -> BRANCH.matcher(value).matches();
            case "branch.description" -> LINES.matcher(value).matches();
            case "branch.pushremote" -> isKnownRemote(value);
            case "branch.remote" -> value.equals(THIS_REPOSITORY) || isKnownRemote(value);
            case "branch.rebase" -> REBASE.contains(value);
            case "submodule.url" -> isSubmodule(setting) && PlainUrl.isOne(value, place.workspace(), place.top());
            case "submodule.active" -> isSubmodule(setting) && BOOLEANS.contains(value);
            // what git-lfs writes when it first works in a repository
            case "lfs.repositoryformatversion" -> setting.subsection().isEmpty() && value.equals("0");
            case "submodule.update" -> isSubmodule(setting) && UPDATE.contains(value);
            default -> false;
        };
    }

    /** Whether a new repository may come with it. */
    boolean isHarmlessInNew(Setting setting) {
        if (setting.section().equals("remote")) {
            return isHarmlessRemote(setting);
        }
        String name = setting.section() + "." + setting.key();
        return isHarmless(setting)
                || (setting.subsection().isEmpty() && comesWithANewRepository(name, setting.value()));
    }

    private static boolean comesWithANewRepository(String name, String value) {
        return switch (name) {
            case "core.repositoryformatversion" -> Set.of("0", "1").contains(value);
            case "core.filemode", "core.ignorecase", "core.precomposeunicode", "core.symlinks" ->
                BOOLEANS.contains(value);
            case "core.logallrefupdates" -> BOOLEANS.contains(value) || value.equals("always");
            case "core.bare" -> value.equals("false");
            case "extensions.objectformat" -> Set.of("sha1", "sha256").contains(value);
            case "extensions.refstorage" -> Set.of("files", "reftable").contains(value);
            case "submodule.active" -> isText(value);
            default -> false;
        };
    }

    private boolean isHarmlessRemote(Setting setting) {
        return REMOTE.matcher(setting.subsection()).matches()
                && switch (setting.key()) {
                    case "url" -> PlainUrl.isOne(setting.value(), place.workspace(), place.top());
                    case "fetch" -> FETCH.matcher(setting.value()).matches();
                    case "tagopt" -> Set.of("--no-tags", "--tags").contains(setting.value());
                    default -> false;
                };
    }

    private static boolean isWorktree(Setting setting) {
        return setting.subsection().isEmpty() && setting.key().equals("worktree");
    }

    private static boolean isText(String value) {
        return WORDS.matcher(value).matches();
    }

    private static boolean isSubmodule(Setting setting) {
        return SUBMODULE.matcher(setting.subsection()).matches();
    }

    private boolean isKnownRemote(String name) {
        return REMOTE.matcher(name).matches() && remotes.contains(name);
    }
}
