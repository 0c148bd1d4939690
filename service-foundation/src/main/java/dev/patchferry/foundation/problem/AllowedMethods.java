package dev.patchferry.foundation.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which methods a path allows, for the {@code Allow} header that RFC 9110 demands with a 405. The framework does not
 * tell, so it is read from the same annotations that the framework reads.
 */
@Singleton
final class AllowedMethods {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final List<Endpoint> endpoints;

    AllowedMethods(BeanManager beans) {
        this.endpoints = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .flatMap(AllowedMethods::endpoints)
                .distinct()
                .toList();
    }

    /** The methods of a path, sorted and joined; empty if it has none. */
    Optional<String> of(String path) {
        String allow = endpoints.stream()
                .filter(endpoint -> Pattern.matches(endpoint.path(), trim(path)))
                .flatMap(endpoint ->
                        endpoint.method().equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(endpoint.method()))
                .distinct()
                .sorted()
                .reduce("OPTIONS", (all, method) -> all + ", " + method);
        return Optional.of(allow).filter(all -> all.contains(","));
    }

    private static Stream<Endpoint> endpoints(Class<?> resource) {
        return Stream.concat(Stream.of(resource), Arrays.stream(resource.getInterfaces()))
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .flatMap(method -> endpoint(type.getAnnotation(Path.class), method)));
    }

    private static Stream<Endpoint> endpoint(Path root, Method method) {
        Path below = method.getAnnotation(Path.class);
        String template = trim(root.value()) + (below == null ? "" : "/" + trim(below.value()));
        String path = String.join(
                "[^/]+",
                Arrays.stream(PARAMETER.split(trim(template), -1))
                        .map(Pattern::quote)
                        .toList());
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> new Endpoint(type.getAnnotation(HttpMethod.class).value(), path));
    }

    private static String trim(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private record Endpoint(String method, String path) {}
}
