package dev.patchferry.foundation.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The settings that there are, from {@code META-INF/patch-ferry/settings.txt}. */
final class KnownSettings {
    private static final String FILE = "/META-INF/patch-ferry/settings.txt";
    /** What Kubernetes and Docker links set for each Service: {@code ferry-webhook} among them. */
    private static final Pattern SERVICE = Pattern.compile(
            "FERRY(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_PORT = Pattern.compile("FERRY(_[A-Z0-9_]+)?_PORT");
    private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.*");
    /** A name that differs in more than this part of its letters is no slip. */
    private static final int LETTERS_FOR_A_SLIP = 3;

    private final List<Setting> all;

    private KnownSettings(List<Setting> all) {
        this.all = all;
    }

    static KnownSettings load() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KnownSettings.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8))) {
            return new KnownSettings(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Setting::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Setting> all() {
        return all;
    }

    /** Whether a name claims to be a setting of ours. */
    static boolean isOurs(String name) {
        return name.startsWith("ferry.")
                || (isVariable(name) && name.toUpperCase(Locale.ROOT).startsWith("FERRY_"));
    }

    /** Whether Kubernetes sets this variable for a Service of ours. */
    static boolean isInjected(String variable, String value) {
        return SERVICE.matcher(variable).matches()
                || (SERVICE_PORT.matcher(variable).matches()
                        && SERVICE_URL.matcher(value).matches());
    }

    /** The settings of this name: one property; a variable may be two, FERRY_RUNNER_TOKEN for example. */
    List<Setting> find(String name) {
        Function<Setting, Pattern> form = isVariable(name) ? Setting::variables : Setting::properties;
        return all.stream()
                .filter(setting -> form.apply(setting).matcher(name).matches())
                .toList();
    }

    /** The name that this one is most likely a slip for. */
    Optional<String> nearest(String name) {
        String separator = isVariable(name) ? "_" : ".";
        List<String> candidates = all.stream()
                .flatMap(setting -> filledIn(
                        List.of((isVariable(name) ? setting.variable() : setting.name())
                                .split(Pattern.quote(separator))),
                        List.of(name.split(Pattern.quote(separator), -1)),
                        isVariable(name))
                        .stream())
                .map(words -> String.join(separator, words))
                .toList();
        int most = Math.max(1, (name.length() - "ferry.".length()) / LETTERS_FOR_A_SLIP);
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> EditDistance.between(name, candidate)))
                .filter(candidate -> EditDistance.between(name, candidate) <= most);
    }

    /** A known name with the owner's own names in place of its wildcards: in a variable they may hold separators. */
    private static List<List<String>> filledIn(List<String> known, List<String> given, boolean mayBeLong) {
        int wildcard = known.indexOf("*");
        if (wildcard < 0) {
            return List.of(known);
        }
        List<List<String>> filled = new ArrayList<>();
        int longest = mayBeLong ? given.size() - wildcard : Math.min(1, given.size() - wildcard);
        for (int length = 1; length <= longest; length++) {
            List<String> words = new ArrayList<>(known.subList(0, wildcard));
            words.addAll(given.subList(wildcard, wildcard + length));
            List<String> rest = new ArrayList<>(known.subList(wildcard + 1, known.size()));
            if (rest.contains("*")) {
                int begin = Math.min(given.size(), words.size() + rest.indexOf("*"));
                rest.remove("*");
                words.addAll(rest);
                words.addAll(given.subList(begin, given.size()));
            } else {
                words.addAll(rest);
            }
            filled.add(words);
        }
        return filled;
    }

    private static boolean isVariable(String name) {
        return !name.contains(".");
    }
}
