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
    HarmlessSettings(SettingsPlace place, List<GitSetting> settings) {
        this.place = place;
        this.remotes = settings.stream()
                .filter(gitSetting -> gitSetting.section().equals("remote")
                        && gitSetting.key().equals("url"))
                .map(GitSetting::subsection)
                .collect(Collectors.toSet());
    }

    /** Whether a patch may give a setting of this name a harmless value in a repository that is there, or take it away. */
    boolean mayChange(GitSetting gitSetting) {
        return switch (gitSetting.section()) {
            case "user" ->
                gitSetting.subsection().isEmpty() && Set.of("name", "email").contains(gitSetting.key());
            case "branch" -> !gitSetting.subsection().isEmpty();
            case "submodule" -> !gitSetting.subsection().isEmpty();
            case "lfs" -> gitSetting.subsection().isEmpty() && gitSetting.key().equals("repositoryformatversion");
            case "core" -> place.submodule() && isWorktree(gitSetting);
            default -> false;
        };
    }

    /** Whether the value of such a setting is harmless. */
    boolean isHarmless(GitSetting gitSetting) {
        String value = gitSetting.value();
        return switch (gitSetting.section() + "." + gitSetting.key()) {
            case "user.name", "user.email" -> gitSetting.subsection().isEmpty() && isText(value);
            case "core.worktree" ->
                isWorktree(gitSetting) && place.worktree().filter(value::equals).isPresent();
            case "branch.merge" -> BRANCH.matcher(value).matches();
            case "branch.description" -> LINES.matcher(value).matches();
            case "branch.pushremote" -> isKnownRemote(value);
            case "branch.remote" -> value.equals(THIS_REPOSITORY) || isKnownRemote(value);
            case "branch.rebase" -> REBASE.contains(value);
            case "submodule.url" -> isSubmodule(gitSetting) && PlainUrl.isOne(value, place.workspace(), place.top());
            case "submodule.active" -> isSubmodule(gitSetting) && BOOLEANS.contains(value);
            // what git-lfs writes when it first works in a repository
            case "lfs.repositoryformatversion" -> gitSetting.subsection().isEmpty() && value.equals("0");
            case "submodule.update" -> isSubmodule(gitSetting) && UPDATE.contains(value);
            default -> false;
        };
    }

    /** Whether a new repository may come with it. */
    boolean isHarmlessInNew(GitSetting gitSetting) {
        if (gitSetting.section().equals("remote")) {
            return isHarmlessRemote(gitSetting);
        }
        String name = gitSetting.section() + "." + gitSetting.key();
        return isHarmless(gitSetting)
                || (gitSetting.subsection().isEmpty() && comesWithANewRepository(name, gitSetting.value()));
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

    private boolean isHarmlessRemote(GitSetting gitSetting) {
        return REMOTE.matcher(gitSetting.subsection()).matches()
                && switch (gitSetting.key()) {
                    case "url" -> PlainUrl.isOne(gitSetting.value(), place.workspace(), place.top());
                    case "fetch" -> FETCH.matcher(gitSetting.value()).matches();
                    case "tagopt" -> Set.of("--no-tags", "--tags").contains(gitSetting.value());
                    default -> false;
                };
    }

    private static boolean isWorktree(GitSetting gitSetting) {
        return gitSetting.subsection().isEmpty() && gitSetting.key().equals("worktree");
    }

    private static boolean isText(String value) {
        return WORDS.matcher(value).matches();
    }

    private static boolean isSubmodule(GitSetting gitSetting) {
        return SUBMODULE.matcher(gitSetting.subsection()).matches();
    }

    private boolean isKnownRemote(String name) {
        return REMOTE.matcher(name).matches() && remotes.contains(name);
    }
}
