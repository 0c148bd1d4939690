package dev.patchferry.foundation.redaction;

import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.UnaryOperator;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Covers secrets in what a service logs, exceptions included. {@code quarkus.log.console.filter=redaction} puts it in front
 * of the console. There is one console, so what it covers is set for the whole process.
 */
@LoggingFilter(name = "redaction")
public final class RedactingLogFilter implements Filter {
    private static final ExtFormatter MESSAGE = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord message) {
            String said = formatMessage(message);
            return said == null ? "" : said;
        }
    };

    private static volatile UnaryOperator<String> redaction = Redactor.SHAPES::text;

    /** From now on everything that is logged goes through this. */
    public static void use(UnaryOperator<String> other) {
        redaction = other;
    }

    /** Lets everything pass, as it may be shown. */
    @Override
    public boolean isLoggable(LogRecord logged) {
        if (logged instanceof ExtLogRecord message) {
            cover(message);
        }
        return true;
    }

    private static void cover(ExtLogRecord message) {
        String said = MESSAGE.format(message);
        String shown = redaction.apply(said);
        String trace = trace(message.getThrown());
        String shownTrace = redaction.apply(trace);
        boolean covered = !trace.equals(shownTrace);
        if (covered || !said.equals(shown)) {
            message.setMessage(covered ? shown + "\n" + shownTrace : shown, ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        if (covered) {
            message.setThrown(null);
        }
    }

    private static String trace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
