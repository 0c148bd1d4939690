package dev.patchferry.system.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes HTTP requests whole from a connection. */
final class Requests {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)\r\n");

    private Requests() {}

    /** Head and body of the next one; empty at the end. */
    static byte[] next(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        int ending = 0;
        for (int each = in.read(); each >= 0; each = in.read()) {
            request.write(each);
            ending = each == '\n' ? ending + 1 : each == '\r' ? ending : 0;
            if (ending == 2) {
                request.write(in.readNBytes(bodyLength(request)));
                return request.toByteArray();
            }
        }
        return new byte[0];
    }

    private static int bodyLength(ByteArrayOutputStream head) {
        Matcher length =
                LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }
}
