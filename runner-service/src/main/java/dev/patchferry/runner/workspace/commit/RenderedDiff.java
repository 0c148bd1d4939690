package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.HiddenFile;
import dev.patchferry.engine.plan.Bytes;
import java.util.List;

/**
 * The diff of a change set.
 *
 * @param text as git writes it, in the files' own bytes, nothing covered
 * @param hidden the files of which a reader of the text does not see everything
 * @param unlisted how many more are not even in that list
 * @param incomplete why {@code git apply} cannot make the change from it; empty if it can
 */
public record RenderedDiff(Bytes text, List<HiddenFile> hidden, int unlisted, List<String> incomplete) {
    public static final RenderedDiff NONE = new RenderedDiff(Bytes.of(new byte[0]), List.of(), 0, List.of());

    public RenderedDiff {
        hidden = List.copyOf(hidden);
        incomplete = List.copyOf(incomplete);
    }
}
