package dev.patchferry.runner.workspace;

import dev.patchferry.foundation.redaction.Redactor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the owner of a workspace gives its commands beyond the workspace itself.
 *
 * @param read further paths that they may read
 * @param environment further variables; their values are secrets and are never shown, but for PATH and the locale
 * @param notSecret those of them whose values may be shown
 * @param hostNetwork whether they use the machine's network; none otherwise
 * @param debuggers whether processes of a command may trace one another
 */
public record CommandGrants(
        List<Path> read,
        Map<String, String> environment,
        Set<String> notSecret,
        boolean hostNetwork,
        boolean debuggers) {
    public static final CommandGrants NONE = new CommandGrants(List.of(), Map.of(), false);

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** These would load code into the programs that build the sandbox, not only into the command. */
    private static final Pattern LOADS_CODE = Pattern.compile("LD_.*|BASH_ENV|ENV|GCONV_PATH");

    /** Where programs lie and how they speak: to cover that would cover half of every log. */
    private static final Pattern NEVER_SECRET = Pattern.compile("PATH|MANPATH|LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM");

    public CommandGrants {
        read = List.copyOf(read);
        environment = Map.copyOf(environment);
        notSecret = Set.copyOf(notSecret);
        read.stream().filter(path -> !path.isAbsolute()).findFirst().ifPresent(path -> {
            throw new IllegalArgumentException("`read` takes absolute paths, not " + path);
        });
        environment.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches()
                        || LOADS_CODE.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("`env` cannot set a variable " + name);
                });
    }

    /** With debuggers. */
    public CommandGrants(List<Path> read, Map<String, String> environment, Set<String> notSecret, boolean hostNetwork) {
        this(read, environment, notSecret, hostNetwork, true);
    }

    /** With variables whose values are all secrets, and with debuggers. */
    public CommandGrants(List<Path> read, Map<String, String> environment, boolean hostNetwork) {
        this(read, environment, Set.of(), hostNetwork);
    }

    /** The same whose processes may not trace one another. */
    public CommandGrants withoutDebuggers() {
        return new CommandGrants(read, environment, notSecret, hostNetwork, false);
    }

    /** For a patch whose effect is only looked at. */
    public CommandGrants withoutNetwork() {
        return new CommandGrants(read, environment, notSecret, false, debuggers);
    }

    /** The values that must not be shown, by variable. */
    public Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>(environment);
        secrets.keySet().removeIf(this::isShown);
        secrets.values().removeIf(CommandGrants::isTooShort);
        return secrets;
    }

    /** The variables whose values would be covered if they were long enough to be told from other text. */
    public List<String> tooShort() {
        return variables().stream()
                .filter(name -> !isShown(name) && isTooShort(environment.getOrDefault(name, "")))
                .toList();
    }

    private boolean isShown(String name) {
        return notSecret.contains(name) || NEVER_SECRET.matcher(name).matches();
    }

    private static boolean isTooShort(String value) {
        return value.strip().length() < Redactor.SHORTEST;
    }

    /** {@code host} or {@code none}. */
    public String network() {
        return hostNetwork ? "host" : "none";
    }

    /** The variables, without their values. */
    public List<String> variables() {
        return List.copyOf(new TreeMap<>(environment).keySet());
    }

    /** For a receipt: what was given. */
    public List<String> words() {
        return Stream.of(
                        read.stream().map(path -> "read=" + path),
                        variables().stream().map(name -> "env=" + name),
                        tooShort().stream().map(name -> "too_short_to_redact=" + name))
                .flatMap(words -> words)
                .toList();
    }

    /** Values stay out of whatever this is written into. */
    @Override
    public String toString() {
        return "Surroundings[network=" + network() + ", debuggers=" + (debuggers ? "on" : "off") + ", "
                + String.join(", ", words()) + "]";
    }
}
