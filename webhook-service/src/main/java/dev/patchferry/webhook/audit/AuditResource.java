package dev.patchferry.webhook.audit;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Principal;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.PatchStore;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * {@code GET /audit}: pages for reading, lines for keeping. Oldest first unless asked otherwise, so that a reader who follows
 * goes on where it was.
 */
@Path("audit")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATE)
class AuditResource {
    private static final String LINES = "application/x-ndjson";

    private final PatchStore store;
    private final RefusalAggregator refusalAggregator;
    private final SecurityIdentity identity;

    AuditResource(PatchStore store, RefusalAggregator refusalAggregator, SecurityIdentity identity) {
        this.store = store;
        this.refusalAggregator = refusalAggregator;
        this.identity = identity;
    }

    /** What was counted so far is noted first, so that a reader misses nothing. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, LINES, Problem.MEDIA_TYPE})
    public Response read(@BeanParam AuditFilter filter, @Context HttpHeaders headers) {
        requireEverywhere();
        filter.check();
        refusalAggregator.flush();
        AuditTrail trail = new AuditTrail(store.activityLog(), filter);
        if (filter.asLines() || headers.getAcceptableMediaTypes().stream().anyMatch(AuditResource::isLines)) {
            StreamingOutput lines = out -> write(trail, filter.lines(), out);
            return Response.ok(lines, LINES).build();
        }
        return Response.ok(trail.page(), MediaType.APPLICATION_JSON).build();
    }

    /** The record is about all workspaces. */
    private void requireEverywhere() {
        if (Principal.of(identity).reach().only().isPresent()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The audit record is about every workspace, and this credential reaches some only.");
        }
    }

    private static boolean isLines(MediaType type) {
        return LINES.equals(type.getType() + "/" + type.getSubtype());
    }

    private static void write(AuditTrail trail, long most, OutputStream out) throws IOException {
        ObjectWriter json = Json.MAPPER.writer();
        OutputStream lines = new BufferedOutputStream(out, 32 << 10);
        long[] written = {0};
        trail.<IOException>read(Long.MAX_VALUE, entry -> {
            lines.write(json.writeValueAsBytes(entry));
            lines.write('\n');
            return ++written[0] < most;
        });
        lines.flush();
    }
}
