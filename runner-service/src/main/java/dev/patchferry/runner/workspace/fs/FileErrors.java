package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What a file system said, in words for whoever sent the patch. */
public final class FileErrors {
    public static final String ABSENT = "does not exist";

    private static final int LONGEST = 200;

    private FileErrors() {}

    /** The path as the sender knows it, and what is wrong with it. */
    public static String inWords(FileSystemException e) {
        return PathText.shown(String.valueOf(e.getFile())) + ": " + problem(e);
    }

    /** The same, with the path as it is below one of the runner's own folders, and no longer than a person reads. */
    public static FileSystemException below(Path folder, FileSystemException e) {
        String path = String.valueOf(e.getFile());
        String relative =
                path.startsWith(folder + "/") ? path.substring(folder.toString().length() + 1) : path;
        String shown = relative.length() > LONGEST ? relative.substring(0, LONGEST) + "…" : relative;
        return new FileSystemException(PathText.shownIn(shown), null, problem(e));
    }

    /** Only what is wrong. */
    public static String problem(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> ABSENT;
            case FileAlreadyExistsException _ -> "exists already";
            case NotDirectoryException _ -> "is not a directory";
            case DirectoryNotEmptyException _ -> "is not empty";
            case FileSystemException other -> other.getReason() == null ? "cannot be used" : other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
