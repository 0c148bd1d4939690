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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                .toList();
    }

    /** The methods of a path, sorted; empty if there is nothing at it. */
    List<String> of(String path) {
        List<String> methods = endpoints.stream()
                .filter(endpoint -> endpoint.path().matcher(trim(path)).matches())
                .map(Endpoint::method)
                .toList();
        Stream<String> implied = methods.contains("GET") ? Stream.of("HEAD", "OPTIONS") : Stream.of("OPTIONS");
        return methods.isEmpty()
                ? List.of()
                : Stream.concat(methods.stream(), implied).distinct().sorted().toList();
    }

    private static Stream<Endpoint> endpoints(Class<?> resource) {
        return Stream.concat(Stream.of(resource), Arrays.stream(resource.getInterfaces()))
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .flatMap(method -> endpoint(type.getAnnotation(Path.class), method)));
    }

    private static Stream<Endpoint> endpoint(Path root, Method method) {
        Path below = method.getAnnotation(Path.class);
        Pattern path = pattern(trim(trim(root.value()) + "/" + (below == null ? "" : trim(below.value()))));
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> new Endpoint(type.getAnnotation(HttpMethod.class).value(), path));
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                Arrays.stream(PARAMETER.split(template, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+")));
    }

    private static String trim(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private record Endpoint(String method, Pattern path) {}
}
