package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;

/**
 * A file of a workspace, or some of its lines.
 *
 * @param sha256 of the whole file's bytes, in lower-case hex; what a document names under {@code base}
 * @param size of the whole file in bytes
 * @param encoding {@code utf-8}, {@code utf-8 with bom}, or {@code not utf-8}: then each byte that is none is U+FFFD in
 *     {@code content}
 * @param lineEndings {@code lf}, {@code crlf}, {@code cr}, {@code mixed} or {@code none}; {@code content} has them as they are
 * @param totalLines of the whole file
 * @param startLine the first line of {@code content}, from 1; 0 if the file is empty
 * @param endLine its last
 * @param content the lines, without numbers
 * @param redacted whether secrets in {@code content} are covered with stars: such a line cannot be sent back as old text
 * @param nextLine where to go on if there is more in the file
 * @param cut whether the last line of {@code content} is longer than what is shown of it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FileText(
        WorkspaceName workspace,
        String path,
        String sha256,
        long size,
        boolean executable,
        String encoding,
        String lineEndings,
        int totalLines,
        int startLine,
        int endLine,
        String content,
        boolean redacted,
        Optional<Integer> nextLine,
        boolean cut) {}
