package dev.patchferry.runner.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** How the journal's values stand in its tables. */
final class RowMappers {
    private RowMappers() {}

    static JournaledPatch entry(ResultSet row, StatementContext context) throws SQLException {
        return new JournaledPatch(
                row.getLong("seq"),
                new PatchId(row.getString("id")),
                new ContentHash(row.getString("content_hash")),
                new WorkspaceName(row.getString("workspace")),
                row.getString("principal"),
                roles(row.getString("roles")),
                row.getInt("attempt"),
                status(row),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                Optional.ofNullable((Number) row.getObject("decide_by"))
                        .map(at -> Instant.ofEpochMilli(at.longValue())));
    }

    static List<String> roles(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    static PatchStatus status(ResultSet row) throws SQLException {
        String name = row.getString("status");
        return PatchStatus.named(name)
                .orElseThrow(() -> new IllegalStateException("the journal holds a state of a newer version: " + name));
    }

    static String write(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of the contract can always be written", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds what this version cannot read: " + e.getMessage(), e);
        }
    }
}
