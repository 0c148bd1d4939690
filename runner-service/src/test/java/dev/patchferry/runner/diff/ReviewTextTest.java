package dev.patchferry.runner.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A diff on a page shows what is there, and nothing in it does anything to the page. */
class ReviewTextTest {
    @Test
    void Y8_controlCharactersAndWhatTurnsTheDirectionOfWritingAreVisible() throws IOException {
        assertThat(review(utf8("+\u001B[2Jgone\r\n+if (a\u202E/*) {\u2066 \u200B\u00A0\u0085\uFEFF\n\tplain ä 船 🚢\n")))
                .isEqualTo(
                        "+\\x1b[2Jgone\\x0d\n+if (a<U+202E>/*) {<U+2066> <U+200B><U+00A0><U+0085><U+FEFF>\n\tplain ä 船 🚢\n");
    }

    @Test
    void Y8_lettersThatNobodySeesAreVisible() throws IOException {
        assertThat(review(utf8("\u3164\uFFA0\u115F\u034F\uFE0F\uE000\u2028\uDB40\uDC41")))
                .isEqualTo("<U+3164><U+FFA0><U+115F><U+034F><U+FE0F><U+E000><U+2028><U+E0041>");
    }

    @Test
    void Y8_bytesThatAreNoTextAreVisible() throws IOException {
        assertThat(review(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', (byte) 0xE2, (byte) 0x80, 0x7F, 0}))
                .isEqualTo("a\\xff\\xc3b\\xe2\\x80\\x7f\\x00");
        assertThat(review(new byte[] {(byte) 0xC0, (byte) 0x8A})).isEqualTo("\\xc0\\x8a");
    }

    private static String review(byte[] text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReviewText.write(text, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
