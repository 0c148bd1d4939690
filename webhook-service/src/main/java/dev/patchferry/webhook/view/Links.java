package dev.patchferry.webhook.view;

import dev.patchferry.contract.PatchId;

/**
 * Where to go from a patch; paths on this service.
 *
 * @param self the patch
 * @param log its output
 * @param diff what it changed
 */
public record Links(String self, String log, String diff) {
    public static Links of(PatchId id) {
        String self = "/patches/" + id;
        return new Links(self, self + "/log", self + "/diff");
    }
}
