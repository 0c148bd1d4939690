package dev.patchferry.runner.workspace.fs;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the JDK's flight recorder: a file system on its way to the disk, from the call until everything is there. */
@Name("dev.patchferry.FileSystemSync")
@Label("File System Sync")
@Category("Patch Ferry")
@StackTrace(false)
final class FileSystemSync extends Event {
    @Label("Path")
    String path = "";
}
