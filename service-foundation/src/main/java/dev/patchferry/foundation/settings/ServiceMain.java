package dev.patchferry.foundation.settings;

import dev.patchferry.foundation.files.DiskFull;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts a service, unless its settings are wrong or its state cannot be used: then the process ends at once, with 78 and one
 * line that says why.
 */
public final class ServiceMain {
    /** {@code EX_CONFIG} of sysexits.h. */
    public static final int WRONG_SETTING = 78;

    private static final Logger LOG = Logger.getLogger(ServiceMain.class);
    private static final Pattern CODE = Pattern.compile("(?:[a-z]+\\.)+[A-Z]\\w+: |SRCFG\\d+: ");

    private ServiceMain() {}

    /**
     * Runs the service until it is stopped.
     *
     * @param service {@code webhook} or {@code runner}
     */
    public static void run(String service, String... arguments) {
        try {
            new SettingsCheck()
                    .check(ConfigUtils.configBuilder().build(), service)
                    .forEach(ServiceMain::takeNoNotice);
        } catch (SettingException e) {
            end(wrongSetting(String.valueOf(e.getMessage())));
        }
        Quarkus.run(null, ServiceMain::ended, arguments);
    }

    /**
     * Kubernetes gives every container variables about its Services, FERRY_WEBHOOK_PORT=tcp://10.0.0.7:5555 among them. One
     * that has the name of a setting is overruled by the setting's default.
     */
    private static void takeNoNotice(String variable) {
        String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        Optional<String> usual = switch (variable) {
            case "FERRY_WEBHOOK_PORT" -> Optional.of("5555");
            case "FERRY_RUNNER_PORT" -> Optional.of("5053");
            default -> Optional.empty();
        };
        usual.filter(_ -> System.getProperty(property) == null).ifPresent(port -> {
            LOG.infof(
                    "no setting, but a variable that Kubernetes sets for a Service: the default is used name=%s port=%s",
                    variable, port);
            System.setProperty(property, port);
        });
    }

    private static void ended(int status, @Nullable Throwable trouble) {
        if (trouble != null) {
            refusal(trouble).ifPresent(ServiceMain::end);
            LOG.error("the service does not start", trouble);
        }
        System.exit(status);
    }

    /** The line to print, if this is a word to the owner and no fault of the service. */
    static Optional<String> refusal(Throwable trouble) {
        for (Throwable each = trouble; each != null; each = each.getCause()) {
            if (each instanceof StartRefusal) {
                return Optional.of(String.valueOf(each.getMessage()));
            }
            if (each instanceof SettingException) {
                return Optional.of(wrongSetting(String.valueOf(each.getMessage())));
            }
            if (each instanceof FileSystemException file && !DiskFull.isCauseOf(file)) {
                return Optional.of("The service cannot use " + file.getFile() + ": " + reason(file)
                        + " (docs/operations.md, \"Folders\").");
            }
            if (each instanceof ConfigValidationException) {
                return Optional.of(wrongSetting(
                        CODE.matcher(String.valueOf(each.getMessage())).replaceAll("")));
            }
        }
        return Optional.empty();
    }

    private static String reason(FileSystemException trouble) {
        return switch (trouble) {
            case NoSuchFileException _ -> "it is not there and cannot be made";
            case AccessDeniedException _ -> "this user may not";
            case FileAlreadyExistsException _, NotDirectoryException _ -> "it is no folder";
            default -> Objects.requireNonNullElse(trouble.getReason(), String.valueOf(trouble.getMessage()));
        };
    }

    private static String wrongSetting(String message) {
        return "wrong setting: " + message;
    }

    private static void end(String message) {
        System.err.println(message);
        System.exit(WRONG_SETTING);
    }
}
