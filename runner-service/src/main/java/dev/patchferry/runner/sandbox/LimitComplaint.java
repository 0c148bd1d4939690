package dev.patchferry.runner.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The complaint of a program whose system call a limit may have refused, in the words of C libraries, shells, compilers,
 * Java, Node, Python, Go and Rust.
 *
 * @param limit which limit that would be
 * @param isCertain whether nothing but an answer of the kernel is told in these words
 */
record LimitComplaint(Limit limit, boolean isCertain) {
    private static final String ENOSPC = "No space left on device";
    private static final String EAGAIN = "Resource temporarily unavailable";

    /** What is told in words of its own, and has nothing to do with room in a folder. */
    private static final Pattern OTHER_SPACE =
            Pattern.compile("file watchers|inotify|(?:sem|msg|shm)(?:get|op|snd)", Pattern.CASE_INSENSITIVE);

    /** A heap that a program bounds itself, whatever memory it could have. */
    private static final Pattern OWN_HEAP =
            Pattern.compile("OutOfMemoryError: (?:Java heap space|GC overhead limit exceeded"
                    + "|Metaspace)|Reached heap limit|Ineffective mark-compacts near heap limit");

    private enum Words {
        CERTAIN_FILE(
                Limit.FILE,
                true,
                "EFBIG\\b|\\[Errno 27\\]|\\(os error 27\\)|IOException: File too large"
                        + "|(?:write|writing|truncate|fallocate)\\b[^\\n]{0,200}: File too large"
                        + "|File size limit exceeded|file size limit exceeded"),
        FILE(Limit.FILE, false, ": File too large\\b|: file too large\\b"),
        CERTAIN_TMP(
                Limit.TMP,
                true,
                "ENOSPC: no space|\\[Errno 28\\]|\\(os error 28\\)|IOException: " + ENOSPC
                        + "|(?:/tmp|/dev/shm)[^\\n]{0,300}" + ENOSPC + "|" + ENOSPC
                        + "[^\\n]{0,40}'(?:/tmp|/dev/shm)|(?:/tmp|/dev/shm)[^\\n]{0,300}: no space left"),
        TMP(Limit.TMP, false, ": " + ENOSPC + "|: no space left on device|errno 28\\b"),
        PROCESSES(
                Limit.PROCESSES,
                true,
                "unable to create native thread|can't start new thread|spawn\\w* [^\\n]{0,200}EAGAIN|spawn EAGAIN"
                        + "|fork: (?:retry: )?" + EAGAIN + "|(?:fork|clone|vfork)[^\\n]{0,40}" + EAGAIN
                        + "|[Cc]annot fork|failed to create new OS thread|pthread_create[^\\n]{0,80}" + EAGAIN
                        + "|BlockingIOError: \\[Errno 11\\]|failed to spawn thread|Thread creation failed"),
        MEMORY(
                Limit.MEMORY,
                true,
                "\\bMemoryError\\b|Cannot allocate memory|cannot allocate memory|std::bad_alloc|\\bENOMEM\\b"
                        + "|memory allocation of \\d+ bytes failed|virtual memory exhausted|memory exhausted"
                        + "|fatal error: (?:runtime: )?out of memory|runtime: cannot allocate memory"
                        + "|insufficient memory for the Java Runtime Environment|Array buffer allocation failed"
                        + "|Could not reserve enough space for|Allocation failed - (?:JavaScript|process) heap out of memory"
                        + "|Fatal process out of memory|ReserveShadowMemoryRange failed|Sanitizer failed to allocate|\\bout of memory$");

        private final Limit limit;
        private final boolean certain;

        @SuppressWarnings("ImmutableEnumChecker") // a pattern does not change
        private final Pattern pattern;

        Words(Limit limit, boolean certain, String words) {
            this.limit = limit;
            this.certain = certain;
            this.pattern = Pattern.compile(words, Pattern.MULTILINE);
        }

        boolean in(String line) {
            return pattern.matcher(line).find();
        }
    }

    /** Every complaint in what a command wrote, those first that are certain. */
    static List<LimitComplaint> in(String output) {
        String relevant = String.join(
                "\n",
                output.lines().filter(line -> !OTHER_SPACE.matcher(line).find()).toList());
        boolean ownHeap = OWN_HEAP.matcher(output).find();
        return Arrays.stream(Words.values())
                .filter(words -> !(ownHeap && words == Words.MEMORY))
                .filter(words -> words.in(relevant))
                .map(words -> new LimitComplaint(words.limit, words.certain))
                .toList();
    }

    /** What to say of a program that ran into a bound of its own making. */
    static Optional<String> ofAnotherLimit(String output) {
        return OWN_HEAP.matcher(output).find()
                ? Optional.of("ran out of its own heap, which is no limit of the workspace: Java's is set by `-Xmx` or"
                        + " MaxMetaspaceSize, Node's by `--max-old-space-size`, both also in JAVA_TOOL_OPTIONS and"
                        + " NODE_OPTIONS")
                : Optional.empty();
    }
}
