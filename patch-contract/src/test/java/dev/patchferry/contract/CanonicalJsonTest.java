package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** Held against the RFC's own example and against its author's implementation. */
class CanonicalJsonTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** RFC 8785, section 3.2.2. */
    @Test
    void writesTheExampleOfTheRfc() throws JsonProcessingException {
        assertThat(canonical(Json.MAPPER.readTree("""
                        {
                          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                          "literals": [null, true, false]
                        }
                        """))).isEqualTo("""
                        {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                        "string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}\
                        """);
    }

    /** RFC 8785, section 3.2.3: by UTF-16 code units, so that a face comes before a Hebrew letter with a dot. */
    @Test
    void ordersKeysByTheirUtf16CodeUnits() throws JsonProcessingException {
        String document = """
                {"\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4, "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": 7}
                """;

        assertThat(canonical(Json.MAPPER.readTree(document)))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,"
                        + "\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void agreesWithTheLibraryOnAnyDocument() throws IOException {
        Random random = new Random(8785);
        for (int i = 0; i < 2_000; i++) {
            JsonNode document = object(random, 4);

            assertThat(canonical(document)).isEqualTo(new JsonCanonicalizer(document.toString()).getEncodedString());
        }
    }

    @Test
    void refusesANumberThatIsNone() {
        ObjectNode huge = JSON.objectNode().put("n", Double.POSITIVE_INFINITY);

        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(huge));
    }

    private static String canonical(JsonNode document) {
        return new String(CanonicalJson.of(document), StandardCharsets.UTF_8);
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(text(random), value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.textNode(text(random));
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
            case 4 -> JSON.booleanNode(random.nextBoolean());
            case 5 -> JSON.nullNode();
            case 6 -> JSON.numberNode(new BigInteger(80, random));
            case 7 -> object(random, depth);
            default -> JSON.arrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0x1_0300)
                .map(point -> Character.isSurrogate((char) point) && point < 0x1_0000 ? '"' : point)
                .map(point -> random.nextInt(3) == 0 ? point % 0x80 : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
