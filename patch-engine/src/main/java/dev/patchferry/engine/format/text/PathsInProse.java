package dev.patchferry.engine.format.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the paths that a line of prose names, a heading, a comment or a sentence. */
public final class PathsInProse {
    private static final Pattern QUOTED =
            Pattern.compile("`([^`\\s]+)`|\\*\\*([^*\\s]+)\\*\\*|\"([^\"\\s]+)\"|'([^'\\s]+)'");
    private static final Pattern BARE = Pattern.compile("(?<![\\w@/.:-])[\\w@.+~-]+(?:/[\\w@.+~-]+)*(?![\\w/(])");
    private static final Pattern EXTENSION = Pattern.compile(".*[\\w)\\]-]\\.[A-Za-z][A-Za-z0-9]{0,7}");
    private static final Pattern KNOWN_EXTENSION = Pattern.compile(
            "(?i).*\\.(?:adoc|asm|astro|bash|bat|bazel|c|cc|cfg|cjs|clj|cmake|cmd|conf|cpp|cs|csproj|css|csv|cxx|dart|diff|"
                    + "ejs|env|erl|ex|exs|fs|go|gradle|graphql|groovy|h|hbs|hpp|hs|htm|html|hxx|ini|ipynb|java|jl|js|json|"
                    + "jsonc|jsx|kt|kts|less|lock|lua|m|md|mdx|mjs|ml|mm|nix|patch|php|pl|plist|pm|po|properties|proto|ps1|"
                    + "py|pyi|pyx|r|rb|rs|rst|sass|scala|scss|sh|sol|sql|svelte|svg|swift|tex|tf|toml|ts|tsx|txt|vim|vue|"
                    + "xml|yaml|yml|zig|zsh)");
    /** Names of files that have no extension. */
    private static final Pattern KNOWN_NAME = Pattern.compile(
            "(?:.*/)?(?:[A-Z][a-z]+file|README|LICENSE|CHANGELOG|NOTICE|AUTHORS|CODEOWNERS|GNUmakefile|\\.[a-z]\\w*)");

    /** No prose is longer that names a file for a patch. */
    private static final int LONGEST_LINE = 1_000;

    private PathsInProse() {}

    /** The paths, each once, in order; prose that only talks about code names none. */
    public static List<String> in(String line) {
        if (line.length() > LONGEST_LINE) {
            return List.of();
        }
        Set<String> found = new LinkedHashSet<>();
        Matcher quoted = QUOTED.matcher(line);
        while (quoted.find()) {
            for (int group = 1; group <= quoted.groupCount(); group++) {
                String text = quoted.group(group);
                if (text != null && isPath(text, true)) {
                    found.add(text);
                }
            }
        }
        Matcher bare = BARE.matcher(QUOTED.matcher(line).replaceAll(" "));
        while (bare.find()) {
            String text = bare.group().endsWith(".")
                    ? bare.group().substring(0, bare.group().length() - 1)
                    : bare.group();
            if (isPath(text, false)) {
                found.add(text);
            }
        }
        return List.copyOf(found);
    }

    /** Whether a word without white space is certainly a path rather than a word. */
    public static boolean isPath(String text, boolean quoted) {
        if (text.contains("://") || text.chars().noneMatch(Character::isLetter)) {
            return false;
        }
        boolean ends = KNOWN_EXTENSION.matcher(text).matches()
                || KNOWN_NAME.matcher(text).matches();
        boolean folders = text.contains("/") && EXTENSION.matcher(text).matches();
        return ends
                || folders
                || (quoted && !text.contains("(") && EXTENSION.matcher(text).matches());
    }
}
