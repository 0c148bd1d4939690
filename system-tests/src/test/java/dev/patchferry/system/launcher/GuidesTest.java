package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

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
}
