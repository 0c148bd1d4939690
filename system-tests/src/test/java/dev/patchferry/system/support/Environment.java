package dev.patchferry.system.support;

import java.util.HashMap;
import java.util.Map;

/**
 * The environment of a process under test: this process's own, without what would configure Patch Ferry or a test run,
 * and with the JDK that runs the tests. Immutable.
 */
public record Environment(Map<String, String> variables) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** Nothing configured. */
    public static Environment plain() {
        Map<String, String> plain = new HashMap<>(System.getenv());
        plain.keySet()
                .removeIf(name -> name.startsWith("FERRY_")
                        || name.startsWith("QUARKUS_")
                        || name.startsWith("MAVEN_")
                        || name.startsWith("MVNW_")
                        || name.equals("CI"));
        plain.put("JAVA_HOME", System.getProperty("java.home"));
        return new Environment(plain);
    }

    public Environment with(String name, Object value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(name, value.toString());
        return new Environment(more);
    }

    public Environment without(String name) {
        Map<String, String> fewer = new HashMap<>(variables);
        fewer.remove(name);
        return new Environment(fewer);
    }
}
