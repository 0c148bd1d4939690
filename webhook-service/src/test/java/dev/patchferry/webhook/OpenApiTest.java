package dev.patchferry.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.patchferry.contract.FieldForm;
import dev.patchferry.contract.FieldSpec;
import dev.patchferry.contract.PatchFormat;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document that models read says what the service does. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class OpenApiTest {
    private JsonNode api;

    @BeforeEach
    void read() throws Exception {
        api = new YAMLMapper()
                .readTree(given().get("/openapi.yaml")
                        .then()
                        .statusCode(200)
                        .contentType("application/yaml")
                        .extract()
                        .asString());
    }

    @Test
    void namesEveryPathAndMethodAndNoOther() {
        Set<String> documented = new TreeSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(documented).isEqualTo(resources());
    }

    @Test
    void knowsEveryStateFormatAndFieldOfTheReceipt() {
        assertThat(texts(schema("Status").path("enum")))
                .containsExactlyElementsOf(Arrays.stream(PatchStatus.values())
                        .map(PatchStatus::wireName)
                        .toList());
        assertThat(texts(schema("Patch").at("/properties/format/enum")))
                .containsExactlyElementsOf(Arrays.stream(PatchFormat.values())
                        .map(PatchFormat::wireName)
                        .toList());
        assertThat(schema("Receipt").path("properties").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Arrays.stream(Receipt.class.getRecordComponents())
                        .map(component -> snake(component.getName()))
                        .toList());
    }

    @Test
    void everyOperationMayBeTooMany() {
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> assertThat(operation.getValue().at("/responses/429"))
                                .as(operation.getKey() + " " + path.getKey())
                                .isNotEmpty()));
    }

    @Test
    void hasTheFieldsOfEveryFormThatDoSomething() {
        assertThat(fields("Patch")).isEqualTo(doing(FieldForm.DOCUMENT));
        assertThat(fields("Mutation")).isEqualTo(doing(FieldForm.MUTATION));
        assertThat(fields("Change")).isEqualTo(doing(FieldForm.CHANGE));
    }

    private Set<String> fields(String name) {
        Set<String> fields = new TreeSet<>();
        schema(name).path("properties").fieldNames().forEachRemaining(fields::add);
        fields.remove("description");
        return fields;
    }

    private static Set<String> doing(FieldForm form) {
        return form.fields().stream()
                .filter(field -> field.effect() != FieldSpec.Effect.HARMLESS)
                .filter(field -> field.effect() != FieldSpec.Effect.REFUSED)
                .map(FieldSpec::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void tellsWhichCallsNeedAToken() {
        assertThat(api.at("/components/securitySchemes/bearer/scheme").asText()).isEqualTo("bearer");
        assertThat(api.at("/security/0").has("bearer")).isTrue();
        assertThat(api.at("/paths/~1health/get/security").isEmpty()).isTrue();
    }

    private static Set<String> resources() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.patchferry.webhook")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                        .flatMap(type -> Arrays.stream(type.reflect().getDeclaredMethods()))
                        .filter(method ->
                                method.isAnnotationPresent(GET.class) || method.isAnnotationPresent(POST.class))
                        .map(OpenApiTest::operation)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String operation(Method method) {
        Path below = method.getAnnotation(Path.class);
        return (method.isAnnotationPresent(GET.class) ? "GET /" : "POST /")
                + method.getDeclaringClass().getAnnotation(Path.class).value()
                + (below == null ? "" : "/" + below.value());
    }

    private JsonNode schema(String name) {
        return api.at("/components/schemas/" + name);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z]|(?<=[a-z])(?=[0-9]))", "_$1").toLowerCase(Locale.ROOT);
    }
}
