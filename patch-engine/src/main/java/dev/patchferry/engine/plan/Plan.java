package dev.patchferry.engine.plan;

import java.util.List;

/**
 * What a document asks for, as steps to be done in order. The first step that fails ends the patch.
 *
 * @param format the form the document was read as
 * @param detectedBy why it was read as that form, as a short sentence
 * @param steps at least one
 * @param ignored what of the document nobody acts on, one readable phrase each
 */
public record Plan(String format, String detectedBy, List<Step> steps, List<String> ignored) {
    public Plan {
        steps = List.copyOf(steps);
        ignored = List.copyOf(ignored);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan without a step would succeed by doing nothing");
        }
    }
}
