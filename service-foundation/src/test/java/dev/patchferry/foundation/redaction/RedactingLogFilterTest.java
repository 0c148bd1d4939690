package dev.patchferry.foundation.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedactingLogFilterTest {
    private static final String SECRET = "swordfish";
    private static final String STARS = "*********";

    private final RedactingLogFilter filter = new RedactingLogFilter();

    @BeforeEach
    void coverTheSecret() {
        RedactingLogFilter.use(Redactor.of(List.of(), List.of(SECRET))::text);
    }

    @AfterEach
    void coverShapesAlone() {
        RedactingLogFilter.use(Redactor.SHAPES::text);
    }

    @Test
    void coversASecretInAMessage() {
        assertThat(said(message("the word is " + SECRET))).isEqualTo("the word is " + STARS);
    }

    @Test
    void coversASecretAmongTheArgumentsInEitherStyle() {
        ExtLogRecord braces = new ExtLogRecord(Level.INFO, "the word is {0}", FormatStyle.MESSAGE_FORMAT, "test");
        braces.setParameters(new Object[] {SECRET});
        ExtLogRecord percent = new ExtLogRecord(Level.INFO, "the word is %s", FormatStyle.PRINTF, "test");
        percent.setParameters(new Object[] {SECRET});

        assertThat(said(braces)).isEqualTo("the word is " + STARS);
        assertThat(said(percent)).isEqualTo("the word is " + STARS);
    }

    @Test
    void coversASecretAnywhereInAnExceptionAndKeepsItsTrace() {
        ExtLogRecord logged = message("it failed");
        logged.setThrown(new IllegalStateException("outside", new IllegalArgumentException("not " + SECRET)));

        assertThat(said(logged))
                .startsWith("it failed\njava.lang.IllegalStateException: outside")
                .contains(
                        "Caused by: java.lang.IllegalArgumentException: not " + STARS,
                        "at " + getClass().getName())
                .doesNotContain(SECRET);
        assertThat(logged.getThrown()).isNull();
    }

    @Test
    void leavesWhatHoldsNoSecretAsItIs() {
        ExtLogRecord logged = new ExtLogRecord(Level.INFO, "100 %% of {0}", FormatStyle.MESSAGE_FORMAT, "test");
        logged.setParameters(new Object[] {"it"});
        IllegalStateException thrown = new IllegalStateException("outside");
        logged.setThrown(thrown);

        assertThat(said(logged)).isEqualTo("100 %% of it");
        assertThat(logged.getMessage()).isEqualTo("100 %% of {0}");
        assertThat(logged.getThrown()).isSameAs(thrown);
    }

    @Test
    void coversTokensByTheirShapeIfNothingElseIsSaid() {
        RedactingLogFilter.use(Redactor.SHAPES::text);
        String token = "ghp_" + "a1B2".repeat(9);

        assertThat(said(message("pushed with " + token + " by " + SECRET)))
                .isEqualTo("pushed with " + "*".repeat(token.length()) + " by " + SECRET);
    }

    @Test
    void letsEverythingPass() {
        assertThat(filter.isLoggable(message(SECRET))).isTrue();
        assertThat(filter.isLoggable(new LogRecord(Level.INFO, "of another kind")))
                .isTrue();
    }

    private static ExtLogRecord message(String text) {
        return new ExtLogRecord(Level.INFO, text, FormatStyle.NO_FORMAT, "test");
    }

    private String said(ExtLogRecord logged) {
        assertThat(filter.isLoggable(logged)).isTrue();
        return new PatternFormatter("%s").format(logged);
    }
}
