package dev.patchferry.system.access;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table itself. */
final class Matrix {
    static final List<Endpoint> ENDPOINTS = List.of(
            Endpoint.sending("POST /webhook", 202),
            Endpoint.listing("GET /patches", 200),
            Endpoint.reading("GET /patches/{id}", 200),
            Endpoint.reading("GET /patches/{id}/log", 200),
            Endpoint.reading("GET /patches/{id}/diff", 200),
            Endpoint.reading("GET /patches/{id}/events", 200),
            Endpoint.changing("POST /patches/{id}/cancel", 200),
            Endpoint.changing("POST /patches/{id}/undo", 503),
            Endpoint.deciding("POST /patches/{id}/approve", 503),
            Endpoint.deciding("POST /patches/{id}/deny", 503),
            Endpoint.operating("POST /patches/{id}/redeliver", 409),
            Endpoint.operating("POST /patches/{id}/execute", 503),
            Endpoint.choosing("GET /workspaces", 503),
            Endpoint.looking("GET /workspaces/{workspace}/files", 503),
            Endpoint.looking("GET /workspaces/{workspace}/file", 503),
            Endpoint.looking("GET /workspaces/{workspace}/search", 503),
            Endpoint.listing("GET /events", 200),
            Endpoint.operating("GET /audit", 200),
            Endpoint.operating("GET /q/metrics", 200),
            Endpoint.open("GET /health", 200),
            Endpoint.open("GET /q/health/live", 200),
            Endpoint.open("GET /q/health/ready", 200),
            Endpoint.open("GET /q/health/started", 200),
            Endpoint.open("GET /openapi.yaml", 200));

    private Matrix() {}

    /** In Markdown. */
    static String table() {
        String head = Arrays.stream(Who.values()).map(Who::title).collect(Collectors.joining(" | ", "| | ", " |"));
        String line = "|---|" + "---|".repeat(Who.values().length);
        return Stream.concat(Stream.of(head, line), ENDPOINTS.stream().map(Endpoint::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
