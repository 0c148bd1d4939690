package dev.patchferry.foundation.settings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A setting is wrong. The message is for the owner: it names the setting, its value and what to do. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }

    public SettingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What reads a setting. */
    public interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads a setting; what is wrong with it becomes this exception, with the same message. */
    public static <T> T unlessWrong(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SettingException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw new SettingException(describe(e.getCause()), e);
        } catch (IOException e) {
            throw new SettingException(describe(e), e);
        } catch (IllegalArgumentException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What went wrong with a file, without the name of a class. */
    public static String describe(Throwable trouble) {
        return switch (trouble) {
            case NoSuchFileException e -> "there is no file " + e.getFile();
            case FileNotFoundException e -> String.valueOf(e.getMessage());
            case AccessDeniedException e -> e.getFile() + " cannot be read by this user";
            default -> String.valueOf(trouble.getMessage());
        };
    }
}
