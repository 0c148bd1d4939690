package dev.patchferry.foundation.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchferry.contract.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the framework read and write JSON exactly as the contract does. */
final class WireJson {
    private WireJson() {}

    @Produces
    @Singleton
    static ObjectMapper mapper() {
        return Json.MAPPER;
    }
}
