package dev.patchferry.webhook;

import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.ProblemType;
import java.util.List;
import java.util.function.Function;

/**
 * Answers {@code GET /patches/{id}} by a journal; a patch that was taken and has no event is not known.
 *
 * @param eventsOf what the journal tells of a patch
 */
record TellsOfAPatch(Function<String, List<PatchEvent>> eventsOf) implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent request) {
        List<PatchEvent> events = eventsOf.apply(request.getRequest().getUrl().replaceFirst("/patches/", ""));
        return events.isEmpty()
                ? RunnerAnswers.problem(ProblemType.PATCH_NOT_FOUND).build()
                : RunnerAnswers.json(200, Samples.runnerPatch(events)).build();
    }

    @Override
    public String getName() {
        return "tells-of-a-patch";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }
}
