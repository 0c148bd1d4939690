/**
 * Decisions about patches that wait for one: taking them, carrying an approval out, ending what nobody decided about.
 *
 * <p>The first decision about a patch counts and is in the journal before anybody is answered. An approval names what was shown
 * ({@code ShownChange}); a proposal that differs from that by now, or a workspace that does, is refused. The queue of the
 * workspace runs {@code ApprovalWork} between its patches; the API calls {@code Approvals}.
 */
@NullMarked
package dev.patchferry.runner.approval;

import org.jspecify.annotations.NullMarked;
