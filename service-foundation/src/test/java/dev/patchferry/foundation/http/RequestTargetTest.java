package dev.patchferry.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/webhook",
                "/webhook/",
                "/webhook?wait=25",
                "/patches/a.b..c(1)+x:y@z-_",
                "/patches/..a",
                "/patches/...",
                "/patches/mutate%281%29%2Bx%3A%40",
                "/patches?after=7&status=succeeded&x=a/../b//c%2F%2E",
                "/openapi.yaml",
                "http://ferry.example.com/webhook?wait=1",
                "https://ferry.example.com:8443/patches/x"
            })
    void letsPassWhatCanBeReadInOneWay(String target) {
        assertThat(RequestTarget.fault(target)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "webhook",
                "?wait=1",
                "ftp://x/webhook",
                "http://",
                "//",
                "//webhook",
                "/patches//x",
                "/patches/x//",
                "/..",
                "/.",
                "/./webhook",
                "/../q/metrics",
                "/patches/../q/metrics",
                "/patches/x/..",
                "/patches/x/.",
                "http://x//webhook",
                "/patches/%2e%2e/q/metrics",
                "/patches/%2E",
                "/patches%2fx",
                "/patches%2Fx",
                "/patches/a%5cb",
                "/patches/a\\b",
                "/patches/%00",
                "/patches/%0d%0aX: y",
                "/patches/%7f",
                "/patches/%252e%252e",
                "/%",
                "/%z",
                "/%zz",
                "/%4",
                "/patches?x=%",
                "/patches?x=%zz",
                "/patches?x=%00",
                "/patches?x=a%0ab",
                "/patches/a b",
                "/patches/\u0001",
                "/patches/é",
                "/patches#x",
                "/patches?x=#y"
            })
    void refusesWhatTwoProgramsCouldReadDifferently(String target) {
        assertThat(RequestTarget.fault(target)).isPresent();
    }

    @Test
    void refusesNone() {
        assertThat(RequestTarget.fault(null)).isPresent();
    }
}
