package dev.patchferry.runner.reads;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * The files that somebody asks for, as a line of a {@code .gitignore} would name them: {@code *.java} at any depth, {@code
 * src/**}{@code /*.java} from the root; {@code {a,b}} is either.
 */
final class PathFilter {
    static final PathFilter ALL = new PathFilter(List.of());

    private static final int MAX_ALTERNATIVES = 64;

    private final List<FastIgnoreRule> rules;

    private PathFilter(List<FastIgnoreRule> rules) {
        this.rules = List.copyOf(rules);
    }

    static PathFilter of(String glob) throws ReadRefused {
        List<FastIgnoreRule> rules = new ArrayList<>();
        for (String alternative : alternatives(glob)) {
            FastIgnoreRule rule = new FastIgnoreRule(alternative);
            if (rule.isEmpty() || rule.getNegation()) {
                throw ReadRefused.badRequest("`glob` is a pattern of paths, for example *.java, src/**/*.ts or"
                        + " *.{yml,yaml}; `!` and `#` at its beginning mean nothing here.");
            }
            rules.add(rule);
        }
        return new PathFilter(rules);
    }

    boolean matches(String path, boolean isFolder) {
        return rules.isEmpty() || rules.stream().anyMatch(rule -> rule.isMatch(path, isFolder, /* pathMatch= */ true));
    }

    private static List<String> alternatives(String glob) throws ReadRefused {
        int close = glob.indexOf('}');
        int open = close < 0 ? -1 : glob.lastIndexOf('{', close);
        if (open < 0) {
            return List.of(glob);
        }
        List<String> all = new ArrayList<>();
        for (String middle : glob.substring(open + 1, close).split(",", -1)) {
            all.addAll(alternatives(glob.substring(0, open) + middle + glob.substring(close + 1)));
            if (all.size() > MAX_ALTERNATIVES) {
                throw ReadRefused.badRequest("`glob` has more than " + MAX_ALTERNATIVES + " alternatives.");
            }
        }
        return all;
    }
}
