package dev.patchferry.engine.plan;

/** What becomes of the content of a file that is not text. */
public sealed interface BinaryChange {
    /** Exactly this content. */
    record Whole(Bytes content) implements BinaryChange {}

    /**
     * What git's instructions make of the content that is there: copies of its parts, and new bytes between.
     *
     * @param instructions in the form of git's pack files ({@code gitformat-pack}, "Deltified representation")
     */
    record Delta(Bytes instructions) implements BinaryChange {}
}
