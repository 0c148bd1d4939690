package dev.patchferry.runner.workspace.fs;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the JDK's flight recorder: a rename or exchange that was made. */
@Name("dev.patchferry.FileRename")
@Label("File Rename")
@Category("Patch Ferry")
@StackTrace(false)
final class FileRename extends Event {
    @Label("To")
    String to = "";
}
