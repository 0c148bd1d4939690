package dev.patchferry.system.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which paths {@code cloudflared/config.yml} lets in. The rules are read and matched as cloudflared does: unanchored, on
 * the decoded path, the first match decides.
 */
@Tag("containers")
class TunnelRulesTest {
    private static final Pattern RULE =
            Pattern.compile("(?m)^  - (?:path: (?<path>.*)\\n    )?service: (?<service>.*)$");

    private final List<Rule> rules = read();

    TunnelRulesTest() throws IOException {}

    private record Rule(Pattern path, String service) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhook",
                "/patches",
                "/patches/add-footer-7",
                "/patches/fix(1)+v2.0:a@b_c",
                "/patches/add-footer-7/log",
                "/patches/add-footer-7/diff",
                "/patches/add-footer-7/cancel",
                "/workspaces",
                "/workspaces/default/files",
                "/workspaces/a.b-c_1/file",
                "/workspaces/default/search",
                "/health",
                "/openapi.yaml"
            })
    void aPublicPathReachesTheWebhook(String path) {
        assertThat(serviceFor(path)).isEqualTo("http://webhook:5555");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/ready",
                "/q/metrics",
                "/patches/../q/metrics",
                "/patches/x/../../q/metrics",
                "/webhook/../q/metrics",
                "/x/webhook",
                "/webhook/more",
                "/health/",
                "/workspaces/../files",
                "/workspaces/default/files/x",
                "/workspaces/default",
                "/openapiXyaml",
                "/"
            })
    void anythingElseIsAnsweredByTheTunnel(String path) {
        assertThat(serviceFor(path)).isEqualTo("http_status:404");
    }

    @Test
    void theLastRuleCatchesAll() {
        assertThat(rules.getLast().service()).isEqualTo("http_status:404");
        assertThat(rules.getLast().path().pattern()).isEmpty();
    }

    private String serviceFor(String path) {
        return rules.stream()
                .filter(rule -> rule.path().matcher(path).find())
                .findFirst()
                .orElseThrow()
                .service();
    }

    private static List<Rule> read() throws IOException {
        String config = Files.readString(Checkout.underTest().root().resolve("cloudflared/config.yml"));
        return RULE.matcher(config).results().map(TunnelRulesTest::rule).toList();
    }

    private static Rule rule(MatchResult match) {
        String path = match.group("path");
        return new Rule(Pattern.compile(path == null ? "" : path), match.group("service"));
    }
}
