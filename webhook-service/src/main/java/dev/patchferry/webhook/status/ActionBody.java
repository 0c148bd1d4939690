package dev.patchferry.webhook.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The body of an action that takes none: what somebody wrote there would have no effect, so it is refused by name. */
final class ActionBody {
    private ActionBody() {}

    /**
     * Takes nothing, blanks, or an empty object.
     *
     * @throws ProblemException 422 naming what it holds
     */
    static void requireEmpty(InputStream body, String action) {
        byte[] bytes = RequestBody.read(body);
        JsonNode sent;
        try {
            sent = Json.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw refused(action, List.of());
        }
        if (sent.isMissingNode() || (sent.isObject() && sent.isEmpty())) {
            return;
        }
        List<FieldFault> faults = new ArrayList<>();
        sent.fieldNames()
                .forEachRemaining(field -> faults.add(new FieldFault(
                        "/" + field.replace("~", "~0").replace("/", "~1"),
                        action.equals("undo") && field.equals("redo")
                                ? "goes into the address: POST …/undo?redo=true"
                                : "is no field of " + action)));
        throw refused(action, faults);
    }

    private static ProblemException refused(String action, List<FieldFault> faults) {
        String names = faults.isEmpty()
                ? ""
                : " (it has `"
                        + String.join(
                                "`, `",
                                faults.stream()
                                        .map(fault -> fault.pointer().substring(1))
                                        .toList())
                        + "`)";
        return new ProblemException(Problem.of(
                        ProblemType.INVALID_DECISION,
                        "`" + action + "` takes no body" + names + "; send none. Nothing was changed.")
                .withErrors(faults));
    }
}
