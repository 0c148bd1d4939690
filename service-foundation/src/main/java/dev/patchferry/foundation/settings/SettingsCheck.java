package dev.patchferry.foundation.settings;

import io.smallrye.config.SmallRyeConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Looks at all settings at once: refuses those that there are not, and values that mean nothing. */
public final class SettingsCheck {
    private static final Pattern PROFILE = Pattern.compile("^%[^.]+\\.");
    private static final String WHERE_THEY_ARE = "docs/operations.md lists the settings";

    private final KnownSettings known = KnownSettings.load();

    /**
     * Checks the settings that a service was given.
     *
     * @param reader {@code webhook} or {@code runner}: only the values that it reads are looked at
     * @return variables that Kubernetes sets for its Services, which hold no setting
     * @throws SettingException naming the first setting that is wrong
     */
    public Set<String> check(SmallRyeConfig config, String reader) {
        Set<String> injected = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (ConfigSource source : sources(config)) {
            for (Map.Entry<String, String> given : new TreeMap<>(source.getProperties()).entrySet()) {
                String name = PROFILE.matcher(given.getKey()).replaceFirst("");
                if (!KnownSettings.isOurs(name)) {
                    continue;
                }
                if (KnownSettings.isInjected(name, given.getValue())) {
                    injected.add(name);
                    continue;
                }
                List<Setting> settings = require(name, source);
                // The sources come in their order: what follows is overruled.
                if (seen.add(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))) {
                    settings.stream()
                            .filter(setting -> setting.readers().contains(reader))
                            .findFirst()
                            .ifPresent(setting -> requireValue(setting, name, value(config, given.getKey())));
                }
            }
        }
        return injected;
    }

    /**
     * Checks the names of variables, for commands that start no service.
     *
     * @throws SettingException naming the first that is no setting
     */
    public void checkNames(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (KnownSettings.isOurs(name) && !KnownSettings.isInjected(name, value)) {
                require(name, null);
            }
        });
    }

    private List<Setting> require(String name, @Nullable ConfigSource source) {
        String origin = source == null ? "" : source.getName();
        boolean inFile = origin.contains(".properties");
        if (inFile && name.startsWith("FERRY_")) {
            throw new SettingException(name + " is the name of a variable, and stands in " + origin
                    + "; a file takes "
                    + known.find(name).stream().findFirst().map(Setting::name).orElse("the name of a setting"));
        }
        List<Setting> found = known.find(name);
        if (found.isEmpty()) {
            throw new SettingException(name + " is no setting"
                    + (inFile ? " (in " + origin + ")" : "")
                    + known.nearest(name).map(near -> "; did you mean " + near + "?").orElse("; " + WHERE_THEY_ARE));
        }
        return found;
    }

    private static void requireValue(Setting setting, String name, Optional<String> value) {
        value.filter(text -> !text.isBlank())
                .ifPresent(text -> setting.fault(text).ifPresent(fault -> {
                    throw new SettingException(
                            setting.choices().isEmpty()
                                    ? name + ": `" + text + "` " + fault
                                    : name + " is `" + text + "`; it " + fault);
                }));
    }

    private static String describe(Setting setting, String name, String value, String fault) {
        if (setting.kind() == SettingKind.SECRET) {
            return name + " " + fault;
        }
        return setting.choices().isEmpty()
                ? name + ": `" + value + "` " + fault
                : name + " is `" + value + "`; it " + fault;
    }

    private static Optional<String> value(SmallRyeConfig config, String name) {
        try {
            return Optional.ofNullable(config.getConfigValue(name).getValue());
        } catch (NoSuchElementException e) {
            throw new SettingException(name + " refers to a setting that is not given: " + e.getMessage(), e);
        }
    }

    private static List<ConfigSource> sources(SmallRyeConfig config) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .toList();
    }
}
