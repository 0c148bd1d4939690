package dev.patchferry.runner.api;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerApi;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.journal.EventLog;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Turns away who takes this journal for another one. A sender that does not know what became of a patch names the journal
 * that may know of it; under a new one, or an older copy, the patch would run a second time.
 */
class JournalIdentityFilter {
    private final EventLog events;

    JournalIdentityFilter(EventLog events) {
        this.events = events;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        String cursor = request.getHeaderString(RunnerApi.JOURNAL);
        if (cursor != null) {
            require(cursor, events);
        }
    }

    /**
     * The cursor that is written so.
     *
     * @throws ProblemException 410 unless this journal gave it out
     */
    static EventCursor require(String cursor, EventLog events) {
        return EventCursor.parse(cursor)
                .filter(events::knows)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CURSOR_UNKNOWN,
                        "This journal never gave out that cursor. Ask for each patch by its id, then follow from the"
                                + " cursor in the header " + RunnerApi.JOURNAL + " of GET /events."));
    }
}
