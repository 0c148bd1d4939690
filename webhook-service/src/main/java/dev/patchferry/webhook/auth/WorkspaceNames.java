package dev.patchferry.webhook.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.Json;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which workspaces there are: the runner's own answer or, while a runner of this machine does not answer, its settings.
 *
 * @param home {@code FERRY_HOME}
 */
record WorkspaceNames(Path home, Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern PROPERTY = Pattern.compile("ferry\\.workspaces\\.(?:\"([^\"]+)\"|([^.\"]+))\\..+");
    private static final Pattern VARIABLE = Pattern.compile("FERRY_WORKSPACES_(.+)_PATH");
    private static final String STANDARD = "default";

    /** Their names; empty if nobody here knows them. */
    Optional<Set<String>> known() throws IOException {
        Optional<Set<String>> told = toldByRunner();
        return told.isPresent() || given("FERRY_RUNNER_URL").isPresent() ? told : Optional.of(configured());
    }

    private Optional<Set<String>> toldByRunner() throws IOException {
        URI runner = URI.create(given("FERRY_RUNNER_URL")
                .orElseGet(
                        () -> "http://127.0.0.1:" + given("FERRY_RUNNER_PORT").orElse("5053")));
        Optional<String> token = token();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(runner.resolve("/workspaces"))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token.get())
                    .build();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    ? Optional.of(names(Json.MAPPER.readTree(answer.body())))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            // No runner, or none that talks to us: the settings are asked instead, or its absence is said.
            return Optional.empty();
        }
    }

    private static Set<String> names(JsonNode workspaces) {
        Set<String> names = new TreeSet<>();
        workspaces.forEach(workspace -> names.add(workspace.path("name").asText()));
        return names;
    }

    private Optional<String> token() throws IOException {
        Optional<String> outright = given("FERRY_RUNNER_TOKEN");
        Path file = given("FERRY_RUNNER_TOKEN_FILE").map(Path::of).orElseGet(() -> home.resolve("tokens/runner"));
        return outright.isPresent() || !Files.isReadable(file)
                ? outright
                : Optional.of(Files.readString(file).strip());
    }

    private Set<String> configured() throws IOException {
        Set<String> names = new TreeSet<>(Set.of(STANDARD));
        Properties settings = new Properties();
        Path file = home.resolve("config/application.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
        }
        for (String key : settings.stringPropertyNames()) {
            Matcher property = PROPERTY.matcher(key);
            if (property.matches()) {
                names.add(property.group(1) == null ? property.group(2) : property.group(1));
            }
        }
        for (String name : environment.keySet()) {
            Matcher variable = VARIABLE.matcher(name);
            if (variable.matches()) {
                names.add(variable.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return names;
    }

    private Optional<String> given(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }
}
