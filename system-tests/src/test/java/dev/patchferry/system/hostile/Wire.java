package dev.patchferry.system.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection on which any bytes at all can be sent. */
final class Wire implements AutoCloseable {
    /** What an answer ends with that had no end within patience. */
    static final String NO_END = "\n[no end within patience]";

    private final Socket socket;

    Wire(int port, Duration patience) throws IOException {
        socket = new Socket();
        socket.setSoTimeout((int) patience.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
    }

    /** Sends; a peer that has heard enough and closed meanwhile is no failure. */
    boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Says that nothing more comes. */
    void endOfInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // Closed by the other end already, which comes to the same.
            return;
        }
    }

    /** Everything that comes back until the peer closes, or for as long as patience lasts. */
    String answer() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.write(buffer, 0, read);
            }
        } catch (SocketTimeoutException e) {
            all.writeBytes(NO_END.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // A reset: what had come until then is the answer.
            return all.toString(StandardCharsets.UTF_8);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
