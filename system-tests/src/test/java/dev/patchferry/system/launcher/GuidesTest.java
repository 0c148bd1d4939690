package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the guides tell people to type. */
@Tag("launcher")
class GuidesTest {
    @Test
    void Y25_noGuideUsesAFixedNameInAFolderThatOthersCanWrite() throws Exception {
        assertThat(Guides.linesWith(Pattern.compile("/(tmp|var/tmp|dev/shm)/[\\w.-]")))
                .isEmpty();
    }

    @Test
    void Y2_noGuideKeepsASecretWhereCommandsRead() throws Exception {
        assertThat(Guides.linesWith(Pattern.compile("(?i)(_FILE|env-files[.]\\w+)[=:] */(etc|usr|opt|bin|lib)")))
                .isEmpty();
    }

    @Test
    void everyGuideGivesWhatRunsTheSameTimeToFinish() throws Exception {
        Pattern grace = Pattern.compile(
                "(DRAIN_SECONDS=|stop_grace_period: |terminationGracePeriodSeconds: |runner get )(\\d+)");

        assertThat(Guides.linesWith(grace)).hasSize(5).allSatisfy(line -> {
            Matcher seconds = grace.matcher(line);
            assertThat(seconds.find()).isTrue();
            assertThat(seconds.group(2)).isEqualTo("35");
        });
    }
}
