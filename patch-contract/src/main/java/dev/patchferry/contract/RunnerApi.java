package dev.patchferry.contract;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The runner's private HTTP interface: implemented by the runner, called by the webhook. Every request carries the
 * runner token as a bearer token. Errors are {@link Problem}s.
 *
 * <p>Beside it stands {@code GET /events?after=CURSOR}, the journal as server-sent events without an end: the id of each
 * is its {@link EventCursor}, its data a {@link PatchEvent}; an event named {@code heartbeat} with empty data comes every
 * 15 s. {@code after=0} starts at the beginning; a cursor that the journal does not know answers 410. Both answers name
 * the newest cursor in the header {@link #JOURNAL}. It is not in this interface because the two ends of a stream have
 * different types.
 */
@Path("/")
public interface RunnerApi {
    /** The sender that the webhook vouches for. */
    String PRINCIPAL = "Ferry-Principal";
    /** That sender's roles, separated by commas. */
    String ROLES = "Ferry-Roles";

    /** A cursor: in a request one that the journal must know, in an answer its newest. */
    String JOURNAL = "Ferry-Journal";

    /**
     * In a request for a change of a patch, the newest event about it that its sender knows, from {@link
     * RunnerPatch#event}. The request is refused once another event has followed, so that one that the network held back
     * changes nothing. Without it, the request is about the patch as it is.
     */
    String EVENT = "Ferry-Event";

    /** In a request, the number of the {@link HashRule} under which its sender knows the document; the current one if none. */
    String HASH_RULE = "Ferry-Hash-Rule";

    /** The check in {@code /q/health/ready} by which a runner is told from another program that says it is up. */
    String READINESS_CHECK = "runner can execute patches";

    /**
     * Accepts a document for execution; idempotent by id and content.
     *
     * @param hashRule the rule that the answer's and the events' content hash is to keep to
     * @param document the bytes the sender sent
     * @param journal a cursor; nothing is accepted unless this runner's journal gave it out, so that what an earlier journal
     *     may have run is not run again. Null if the caller knows none
     * @param wait seconds to wait for the end, clamped; null answers at once
     * @return a {@link RunnerPatch}: 202 once journalled, 200 if it was known or has ended; 409 other content under
     *     this id, 410 the journal is another one, 422 impossible, 429 with {@code Retry-After} when the workspace's queue is full
     */
    @POST
    @Path("patch")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response submit(
            @HeaderParam(PRINCIPAL) @Nullable String principal,
            @HeaderParam(ROLES) @Nullable String roles,
            @HeaderParam(JOURNAL) @Nullable String journal,
            @HeaderParam(HASH_RULE) @Nullable String hashRule,
            @QueryParam("wait") @Nullable Integer wait,
            InputStream document);

    /** One patch as a {@link RunnerPatch}; 404 if this runner does not know it. */
    @GET
    @Path("patches/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response patch(@PathParam("id") String id);

    /**
     * Ends a patch, or makes sure that it will not run when it comes: who tells its content and workspace may also cancel
     * an id that this runner does not know yet.
     *
     * @return a {@link RunnerPatch}: 200 once it is cancelled, 202 while its command is being ended; 404 for an unknown
     *     id about which nothing is told, 409 if it has ended otherwise, is being committed or has other content
     */
    @POST
    @Path("patches/{id}/cancel")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response cancel(
            @PathParam("id") String id,
            @HeaderParam(PRINCIPAL) @Nullable String principal,
            @HeaderParam(ROLES) @Nullable String roles,
            @QueryParam("content_hash") @Nullable String contentHash,
            @QueryParam("workspace") @Nullable String workspace);

    /**
     * Takes a patch back that took effect, or brings one back that was taken back; in the order of the workspace's queue.
     * Idempotent: a patch that is undone already stays so, and a request that waits is not queued twice.
     *
     * @param event as {@link #EVENT} says
     * @param redo whether to bring it back
     * @return a {@link RunnerPatch}: 200 once it is as asked for, 202 while other patches run before it (ask again); 409
     *     if it never took effect, if something happened to it since {@code event}, if the opposite waits for its turn, if
     *     somebody changed since what it changed, naming the paths, or if what it replaced is not kept any more
     */
    @POST
    @Path("patches/{id}/undo")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response undo(
            @PathParam("id") String id,
            @HeaderParam(PRINCIPAL) @Nullable String principal,
            @HeaderParam(ROLES) @Nullable String roles,
            @HeaderParam(EVENT) @Nullable String event,
            @QueryParam("redo") @DefaultValue("false") boolean redo);

    /**
     * Lets a held patch run, or a proposed one take effect; in the order of the workspace's queue. Idempotent.
     *
     * @param contentHash if given, what the approver looked at; 409 if this runner has other content under the id
     * @param note a {@link DecisionNote} that names the change set
     * @return a {@link RunnerPatch}: 200 once it has ended, 202 while it runs or waits for its turn; 403 for the patch's own
     *     sender and for who may not operate, 409 if it does not wait for a decision, or no longer, or another change set is
     *     named than the one that waits, 428 if none is, or if files could not be shown and are not included by name
     */
    @POST
    @Path("patches/{id}/approve")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response approve(
            @PathParam("id") String id,
            @HeaderParam(PRINCIPAL) @Nullable String principal,
            @HeaderParam(ROLES) @Nullable String roles,
            @QueryParam("content_hash") @Nullable String contentHash,
            InputStream note);

    /** Ends a held or proposed patch without effect; names no change set, and is otherwise as {@link #approve}. */
    @POST
    @Path("patches/{id}/deny")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response deny(
            @PathParam("id") String id,
            @HeaderParam(PRINCIPAL) @Nullable String principal,
            @HeaderParam(ROLES) @Nullable String roles,
            @QueryParam("content_hash") @Nullable String contentHash,
            InputStream note);

    /**
     * The output so far, as text: at most {@code limit} bytes from byte {@code offset} on, or the last {@code tail} bytes;
     * honours {@code Range}.
     */
    @GET
    @Path("patches/{id}/log")
    @Produces({MediaType.TEXT_PLAIN, Problem.MEDIA_TYPE})
    Response log(
            @PathParam("id") String id,
            @QueryParam("offset") @Nullable Long offset,
            @QueryParam("limit") @Nullable Long limit,
            @QueryParam("tail") @Nullable Long tail,
            @HeaderParam("Range") @Nullable String range);

    /**
     * The whole unified diff of what took effect, as text.
     *
     * @param view null for the files' own bytes, as {@code git apply} takes them; {@code review} for a page or a message,
     *     with every character escaped that could hide something
     */
    @GET
    @Path("patches/{id}/diff")
    @Produces({MediaType.TEXT_PLAIN, Problem.MEDIA_TYPE})
    Response diff(@PathParam("id") String id, @QueryParam("view") @Nullable String view);

    /** Every workspace, as a list of {@link WorkspaceView}. */
    @GET
    @Path("workspaces")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response workspaces();

    /**
     * A page of what is in a workspace, as a {@link FileListing}; 404 if there is no such workspace or folder, 400 if the
     * query means nothing. Each parameter may be null.
     *
     * @param path the folder, relative to the workspace; all of it if null
     * @param glob which entries, as a line of a {@code .gitignore} would name them
     * @param depth how many folders deep, 1 for the folder's own entries
     * @param ignored {@code true} for what git ignores, too
     * @param limit how many entries
     * @param after {@link FileListing#next} of the page before
     */
    @GET
    @Path("workspaces/{workspace}/files")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response files(
            @PathParam("workspace") String workspace,
            @QueryParam("path") @Nullable String path,
            @QueryParam("glob") @Nullable String glob,
            @QueryParam("depth") @Nullable String depth,
            @QueryParam("ignored") @Nullable String ignored,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after);

    /**
     * Lines of a file, as a {@link FileText}; 404 if there is none, 422 if it is no text, 400 if the query means nothing.
     *
     * @param startLine the first, from 1; null from the beginning
     * @param endLine the last; null to the end
     */
    @GET
    @Path("workspaces/{workspace}/file")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response file(
            @PathParam("workspace") String workspace,
            @QueryParam("path") @Nullable String path,
            @QueryParam("start_line") @Nullable String startLine,
            @QueryParam("end_line") @Nullable String endLine);

    /**
     * A page of lines in which something is found, as a {@link SearchResult}; errors as for {@link #files}.
     *
     * @param text the characters as they are; null if {@code regex} is given
     * @param regex an expression of RE2
     * @param anyCase {@code true} if upper and lower case are the same
     * @param context how many lines above and below are shown
     */
    @GET
    @Path("workspaces/{workspace}/search")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Response search(
            @PathParam("workspace") String workspace,
            @QueryParam("text") @Nullable String text,
            @QueryParam("regex") @Nullable String regex,
            @QueryParam("any_case") @Nullable String anyCase,
            @QueryParam("path") @Nullable String path,
            @QueryParam("glob") @Nullable String glob,
            @QueryParam("ignored") @Nullable String ignored,
            @QueryParam("context") @Nullable String context,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after);

    /** The bearer credential of a request. */
    static String bearer(String token) {
        return "Bearer " + token;
    }

    /** Where that credential goes. */
    String AUTHORIZATION = HttpHeaders.AUTHORIZATION;
}
